import type { Account } from "@onsale/core/account/account";
import { Role } from "@onsale/core/account/account";
import type { AccountAdminStore, NewStaffAccount } from "@onsale/core/account/account-admin-store";
import { AccountId } from "@onsale/core/shared/ids";
import type postgres from "postgres";
import type { Database } from "../client.ts";
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
    async create(input) {
      const id = await withTx(database, (tx) => insert(tx, input));
      return id && found(id);
    },
    async createFirstOperator(input) {
      const made = await withTx(database, async (tx) => {
        await tx`select pg_advisory_xact_lock(${FIRST_OPERATOR_LOCK})`;
        const [other] = await tx`select from account where role = 'operator' limit 1`;
        if (other) return { kind: "exists" } as const;
        const id = await insert(tx, { ...input, role: "operator" });
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
  };
}

/** null: the address is taken. */
async function insert(
  tx: postgres.TransactionSql,
  { email, name, passwordHash, role, actor }: NewStaffAccount,
): Promise<AccountId | null> {
  const [row] = await tx`
    insert into account (email, name, password_hash, role, email_verified_at)
    values (${email}, ${name}, ${passwordHash}, ${role}, clock_timestamp())
    on conflict do nothing returning id`;
  if (!row) return null;
  const id = AccountId.parse(row["id"]);
  await tx`select audit_append(${id}, ${actor}, 'account.created', ${JSON.stringify({ role })}::text::jsonb)`;
  return id;
}
