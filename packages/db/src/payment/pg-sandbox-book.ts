import type { OrderId } from "@onsale/core/shared/ids";
import type { SandboxBook, SandboxEntry, SandboxPayment } from "@onsale/core/payment/sandbox-book";
import { must } from "@onsale/core/shared/assert";
import type { Database } from "../client.ts";

type Row = {
  provider_ref: string;
  order_id: OrderId;
  state: SandboxPayment["state"];
  method: string;
  amount_minor: string;
  currency: string;
  return_url: string;
  action_url: string | null;
  decline_reason: string | null;
  created_at: string;
};

/** One statement per write, so each is all or nothing by itself. */
export function makePgSandboxBook({ sql }: Database): SandboxBook {
  async function one(rows: Promise<Row[]>): Promise<SandboxPayment | null> {
    const [row] = await rows;
    return row ? paymentOf(row) : null;
  }
  const find = (providerRef: string) =>
    one(sql<Row[]>`select * from sandbox_payment where provider_ref = ${providerRef}`);
  const findByKey = (idempotencyKey: string) =>
    one(sql<Row[]>`select * from sandbox_payment where idempotency_key = ${idempotencyKey}`);

  return {
    find,
    findByKey,
    async open(idempotencyKey, payment) {
      const rows = await sql<Row[]>`
        insert into sandbox_payment
          (provider_ref, idempotency_key, order_id, state, method, amount_minor, currency, return_url, action_url, decline_reason)
        values (${payment.providerRef}, ${idempotencyKey}, ${payment.orderId}, ${payment.state}, ${payment.method},
          ${payment.amountMinor}, ${payment.currency}, ${payment.returnUrl}, ${payment.actionUrl}, ${payment.declineReason})
        on conflict do nothing
        returning *`;
      if (rows[0]) return paymentOf(rows[0]);
      // Whichever of the two unique columns stood in the way: a conflict target would make the other one an error.
      return must(await findByKey(idempotencyKey), "a key that stands in the way has its row");
    },
    findByOrder: (orderId) =>
      one(
        sql<
          Row[]
        >`select * from sandbox_payment where order_id = ${orderId} order by created_at desc limit 1`,
      ),
    async list({ after, limit }) {
      const rows = await sql<Row[]>`
        select * from sandbox_payment where provider_ref > ${after ?? ""} order by provider_ref limit ${limit}`;
      return rows.map(entryOf);
    },
    async move(providerRef, from, to) {
      const [row] = await sql<Row[]>`
        update sandbox_payment set state = ${to} where provider_ref = ${providerRef} and state = any(${[...from]}::text[])
        returning *`;
      if (row) return { payment: paymentOf(row), moved: true };
      const payment = await find(providerRef);
      return payment && { payment, moved: false };
    },
  };
}

const entryOf = (row: Row): SandboxEntry => ({ ...paymentOf(row), openedAtMs: Date.parse(row.created_at) });

function paymentOf(row: Row): SandboxPayment {
  return {
    providerRef: row.provider_ref,
    orderId: row.order_id,
    state: row.state,
    method: row.method,
    amountMinor: Number(row.amount_minor),
    currency: row.currency,
    returnUrl: row.return_url,
    actionUrl: row.action_url,
    declineReason: row.decline_reason,
  };
}
