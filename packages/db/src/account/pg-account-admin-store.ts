import type { Actor } from "@onsale/core/actor/actor";
import type { Account } from "@onsale/core/actor/account";
import { Role } from "@onsale/core/actor/account";
import type {
  AccountAdminStore,
  AccountRow,
  NewStaffAccount,
} from "@onsale/core/account/account-admin-store";
import { AccountId } from "@onsale/core/shared/ids";
import { cutPage, readCursor, writeCursor } from "@onsale/core/shared/page";
import type postgres from "postgres";
import { z } from "zod";
import { auditAppend } from "../audit/audited.ts";
import type { Database, Sql } from "../client.ts";
import { withTx } from "../with-tx.ts";
import { makePgAccountStore } from "./pg-account-store.ts";

/** "oper" in ASCII. Processes that start at once take turns to look whether there is an operator. */
const FIRST_OPERATOR_LOCK = 1_869_636_978;

export function makePgAccountAdminStore(database: Database): AccountAdminStore {
  const { sql } = database;
  const accounts = makePgAccountStore(database);

  async function found(id: AccountId): Promise<Account> {
    const account = await accounts.findById(id);
    if (!account) throw new Error(`account ${id} was made a moment ago and is not there`);
    return account;
  }

  return {
    async create(actor, input) {
      const id = await withTx(database, (tx) => insert(tx, actor, input));
      return id && found(id);
    },
    async createFirstOperator(actor, input) {
      const made = await withTx(database, async (tx) => {
        await tx`select pg_advisory_xact_lock(${FIRST_OPERATOR_LOCK})`;
        const [other] = await tx`select from account where role = 'operator' limit 1`;
        if (other) return { kind: "exists" } as const;
        const id = await insert(tx, actor, { ...input, role: "operator" });
        if (id) return { kind: "created", id } as const;
        const [row] = await tx`select role from account where lower(email) = lower(${input.email})`;
        return { kind: "taken", role: Role.parse(row?.["role"]) } as const;
      });
      return made.kind === "created" ? { kind: "created", account: await found(made.id) } : made;
    },
    async hasOperator() {
      const [row] = await sql`select from account where role = 'operator' limit 1`;
      return row !== undefined;
    },
    setRole: (actor, { role, ...change }) =>
      withTx(database, async (tx) => {
        const before = await lock(tx, change.key);
        if (!before || before.role === role) return before;
        await tx`update account set role = ${role} where id = ${before.id}`;
        const detail = { from: before.role, to: role, reason: change.reason };
        await auditAppend(tx, actor, { chain: before.id, action: "account.role", detail });
        return { ...before, role };
      }),
    setDisabled: (actor, { disabled, ...change }) =>
      withTx(database, async (tx) => {
        const before = await lock(tx, change.key);
        if (!before || (before.disabledAtMs !== null) === disabled) return before;
        await tx`
          update account set disabled_at = case when ${disabled} then clock_timestamp() end where id = ${before.id}`;
        const action = disabled ? "account.disabled" : "account.enabled";
        await auditAppend(tx, actor, { chain: before.id, action, detail: { reason: change.reason } });
        return lock(tx, before.id);
      }),
    async list({ after, limit, roles }) {
      const from = readCursor(after);
      const [rows, [counted]] = await Promise.all([
        sql`
          select ${columns(sql)} from account where role = any(${[...roles]}::text[])
            and (${from?.sortKey ?? null}::text is null or (email, id) > (${from?.sortKey ?? ""}, ${from?.id ?? NO_ID}))
          order by email, id limit ${limit + 1}`,
        sql`select count(*)::int as total from account where role = any(${[...roles]}::text[])`,
      ]);
      return cutPage(Rows.parse([...rows]), {
        limit,
        total: z.int().parse(counted?.["total"]),
        cursorOf: ({ email, id }) => writeCursor(email, id),
      });
    },
  };
}

const NO_ID = "00000000-0000-0000-0000-000000000000";
const Rows = z.array(
  z.object({
    id: AccountId,
    email: z.string(),
    name: z.string(),
    role: Role,
    createdAtMs: z.coerce.number(),
    disabledAtMs: z.coerce.number().nullable(),
  }),
);
const columns = (sql: Sql | postgres.TransactionSql) => sql`
  id, email, name, role, ms_of(created_at) as "createdAtMs", ms_of(disabled_at) as "disabledAtMs"`;

/** By address or id, for the rest of the transaction. */
async function lock(tx: postgres.TransactionSql, key: string): Promise<AccountRow | null> {
  const id = AccountId.safeParse(key).data ?? NO_ID;
  const rows = await tx`
    select ${columns(tx)} from account where lower(email) = lower(${key.trim()}) or id = ${id} for no key update`;
  return Rows.parse([...rows])[0] ?? null;
}

/** null: the address is taken. */
async function insert(
  tx: postgres.TransactionSql,
  actor: Actor,
  { email, name, passwordHash, role }: NewStaffAccount,
): Promise<AccountId | null> {
  const [row] = await tx`
    insert into account (email, name, password_hash, role, email_verified_at)
    values (${email}, ${name}, ${passwordHash}, ${role}, clock_timestamp())
    on conflict do nothing returning id`;
  if (!row) return null;
  const id = AccountId.parse(row["id"]);
  await auditAppend(tx, actor, { chain: id, action: "account.created", detail: { role } });
  return id;
}
