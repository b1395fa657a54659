import { DatabaseSync, type StatementSync } from "node:sqlite";
import { must } from "@onsale/core/shared/assert";
import type { OrderId } from "@onsale/core/shared/ids";
import type { SandboxBook, SandboxEntry, SandboxPayment } from "@onsale/core/payment/sandbox-book";
import type { Clock } from "@onsale/core/shared/clock";

/**
 * One process has the file, and a second one is refused. What was written outlives that process, however it ends; a machine
 * that loses power may forget the last moment (`synchronous` is NORMAL).
 */
const OPEN = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS payment (
    id INTEGER PRIMARY KEY,
    provider_ref TEXT NOT NULL UNIQUE,
    idempotency_key TEXT NOT NULL UNIQUE,
    order_id TEXT NOT NULL,
    state TEXT NOT NULL,
    method TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    return_url TEXT NOT NULL,
    action_url TEXT,
    decline_reason TEXT,
    opened_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS payment_by_order ON payment (order_id);
  -- Takes the lock now, and not at the first payment.
  BEGIN IMMEDIATE; COMMIT;`;

type Row = {
  provider_ref: string;
  order_id: OrderId;
  state: SandboxPayment["state"];
  method: string;
  amount_minor: number;
  currency: string;
  return_url: string;
  action_url: string | null;
  decline_reason: string | null;
  opened_at_ms: number;
};

export type SqliteSandboxBook = SandboxBook & { close(): void };

/** The books of a sandbox that is a process of its own: a file, or `:memory:` for one that may forget. */
export function openSqliteSandboxBook(file: string, clock: Clock): SqliteSandboxBook {
  const database = new DatabaseSync(file);
  database.exec(OPEN);
  const insert = database.prepare(
    `INSERT INTO payment (provider_ref, idempotency_key, order_id, state, method, amount_minor, currency, return_url,
       action_url, decline_reason, opened_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const byRef = database.prepare("SELECT * FROM payment WHERE provider_ref = ?;");
  const byKey = database.prepare("SELECT * FROM payment WHERE idempotency_key = ?;");
  const byOrder = database.prepare("SELECT * FROM payment WHERE order_id = ? ORDER BY id DESC LIMIT 1;");
  const page = database.prepare(
    "SELECT * FROM payment WHERE provider_ref > ? ORDER BY provider_ref LIMIT ?;",
  );
  const update = database.prepare(
    `UPDATE payment SET state = ? WHERE provider_ref = ? AND state IN (SELECT value FROM json_each(?)) RETURNING *`,
  );
  const find = (ref: string) => one(byRef, ref);

  return {
    async open(key, payment) {
      const { providerRef, orderId, state, method, amountMinor, currency, returnUrl } = payment;
      const { changes } = insert.run(
        providerRef,
        key,
        orderId,
        state,
        method,
        amountMinor,
        currency,
        returnUrl,
        payment.actionUrl,
        payment.declineReason,
        clock.nowMs(),
      );
      return changes === 1 ? payment : must(one(byKey, key), "a key that stands in the way has its row");
    },
    find: async (ref) => find(ref),
    findByKey: async (key) => one(byKey, key),
    findByOrder: async (orderId) => one(byOrder, orderId),
    list: async ({ after, limit }) => (page.all(after ?? "", limit) as Row[]).map(entryOf),
    async move(ref, from, to) {
      const moved = one(update, to, ref, JSON.stringify(from));
      if (moved) return { payment: moved, moved: true };
      const payment = find(ref);
      return payment && { payment, moved: false };
    },
    close: () => database.close(),
  };
}

function one(statement: StatementSync, ...values: string[]): SandboxPayment | null {
  const row = statement.get(...values) as Row | undefined; // the columns of the table above
  return row ? paymentOf(row) : null;
}

const entryOf = (row: Row): SandboxEntry => ({ ...paymentOf(row), openedAtMs: row.opened_at_ms });

const paymentOf = (row: Row): SandboxPayment => ({
  providerRef: row.provider_ref,
  orderId: row.order_id,
  state: row.state,
  method: row.method,
  amountMinor: row.amount_minor,
  currency: row.currency,
  returnUrl: row.return_url,
  actionUrl: row.action_url,
  declineReason: row.decline_reason,
});
