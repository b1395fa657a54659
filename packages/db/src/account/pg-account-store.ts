import type { AccountId } from "@onsale/core/shared/ids";
import { eq, getTableColumns, sql as raw } from "drizzle-orm";
import type { Account } from "@onsale/core/actor/account";
import type { AccountStore } from "@onsale/core/account/account-store";
import { must } from "@onsale/core/shared/assert";
import type { Database } from "../client.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { accounts } from "../schema/tables.ts";

const isMember = raw<boolean>`exists (select from organization_member m where m.account_id = ${accounts.id})`;
const columns = { ...getTableColumns(accounts), isMember };

function accountOf(row: typeof accounts.$inferSelect & { isMember: boolean }): Account {
  const { id, email, name, role, emailVerifiedAt } = row;
  return {
    id,
    email,
    name,
    role,
    emailVerified: emailVerifiedAt !== null,
    isMember: row.isMember,
  };
}

export function makePgAccountStore({ sql, db }: Database): AccountStore {
  return {
    async create(input) {
      try {
        const [row] = await db.insert(accounts).values(input).returning();
        return accountOf({ ...must(row, "an insert returns its row"), isMember: false });
      } catch (error) {
        if (brokenConstraint(error) === "account_email_once") return null;
        throw error;
      }
    },
    async findById(id) {
      const [row] = await db.select(columns).from(accounts).where(eq(accounts.id, id));
      return row ? accountOf(row) : null;
    },
    async findMany(ids) {
      return await sql<Account[]>`
        select id, email, name, role, email_verified_at is not null as "emailVerified",
          exists (select from organization_member m where m.account_id = account.id) as "isMember"
        from account where id = any(${[...ids]}::uuid[])`;
    },
    async findForSignIn(email) {
      const [row] = await db
        .select(columns)
        .from(accounts)
        .where(eq(raw`lower(${accounts.email})`, email.toLowerCase()));
      return row ? { account: accountOf(row), passwordHash: row.disabledAt ? null : row.passwordHash } : null;
    },
    async changePassword({ id, from, to, keep }) {
      const [row] = await sql<{ done: boolean }[]>`
        select change_password(${id}, ${from}, ${to}, ${keep}) as done`;
      return row?.done ?? false;
    },
    async createMany(emails) {
      // An address that is there already keeps its account: a drill that runs again finds its fans. They are counted as
      // confirmed, because no mail can ever reach them.
      await sql`
        insert into account (email, name, role, email_verified_at)
        select e, split_part(e, '@', 1), 'fan', clock_timestamp() from unnest(${[...emails]}::text[]) e
        on conflict (lower(email)) do nothing`;
      const rows = await sql<{ id: AccountId }[]>`
        select a.id from unnest(${[...emails]}::text[]) with ordinality w (email, n)
        join account a on lower(a.email) = lower(w.email) order by w.n`;
      const ids = rows.map((row) => row.id);
      const found = await db
        .select(columns)
        .from(accounts)
        .where(raw`${accounts.id} = any(${raw.param(ids)}::uuid[])`);
      const byId = new Map(found.map((row) => [row.id, accountOf(row)]));
      return ids.map((id) => must(byId.get(id), "the account was just found"));
    },
  };
}
