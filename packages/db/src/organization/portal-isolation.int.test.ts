import type { OrganizationId } from "@onsale/core/shared/ids";
import type postgres from "postgres";
import { beforeAll, describe, expect, it } from "vitest";
import { roleOf } from "../application-role.ts";
import { sqlState } from "../pg-errors.ts";
import { portalOf } from "../portal-role.ts";
import { sqlName } from "../sql-name.ts";
import { fullOrganization, otherOrganization } from "../testing/full-organization.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { PORTAL_SCOPES } from "./portal-scopes.ts";

const INSUFFICIENT_PRIVILEGE = "42501";
const TABLES = PORTAL_SCOPES.map(({ table }) => table);
const VERBS = ["select", "insert", "update", "delete"] as const;

class Undone extends Error {}

describeWithDatabase("row security of the portal", (database) => {
  let own: OrganizationId;
  let other: OrganizationId;
  let portal: string;

  beforeAll(async () => {
    ({ organization: own } = await fullOrganization(database()));
    other = await otherOrganization(database());
    portal = sqlName(portalOf(roleOf(database().url).name));
  });

  /** In a transaction of the portal that leaves nothing behind; the answer, or the code of the refusal. */
  async function as<T>(
    organization: OrganizationId,
    ask: (tx: postgres.TransactionSql) => Promise<T>,
  ): Promise<T | string> {
    let answer: T | string = "nothing";
    await database()
      .sql.begin(async (tx) => {
        await tx`select guard_portal(${organization})`;
        answer = await ask(tx);
        throw new Undone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) answer = sqlState(error) ?? String(error);
      });
    return answer;
  }

  const count = async (tx: Pick<postgres.Sql, "unsafe">, table: string): Promise<number> => {
    const [row] = await tx.unsafe<{ n: number }[]>(`select count(*)::int as n from ${sqlName(table)}`);
    return row?.n ?? -1;
  };

  /** What the other organization's portal gets of a row that is not its own. */
  async function attempt(verb: (typeof VERBS)[number], table: string): Promise<unknown> {
    const name = sqlName(table);
    // The other organization has a row of its own here, and in the audit one of its making.
    const foreign = `${name} t where not (to_jsonb(t)::text like '%${other}%')`;
    const { sql: owner } = database().owner;
    if (verb === "insert") {
      const [row] = await owner.unsafe<{ text: string }[]>(
        `select to_jsonb(t)::text as text from ${foreign} limit 1`,
      );
      const copy = `insert into ${name} overriding system value select * from jsonb_populate_record(null::public.${name}, $1::text::jsonb)`;
      return as(other, async (tx) => (await tx.unsafe(copy, [row?.text ?? ""])).count);
    }
    if (verb === "select") return as(other, async (tx) => (await tx.unsafe(`select from ${foreign}`)).count);
    if (verb === "delete") return as(other, async (tx) => (await tx.unsafe(`delete from ${foreign}`)).count);
    const [column] = await owner<{ name: string }[]>`
      select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum = 1`;
    const first = sqlName(column?.name ?? "");
    return as(
      other,
      async (tx) =>
        (await tx.unsafe(`update ${foreign.replace(" where", ` set ${first} = t.${first} where`)}`)).count,
    );
  }

  /** What of the table is not as it should be: rows of others within reach, or own ones out of it. */
  async function faults(table: string): Promise<string[]> {
    const found: string[] = [];
    for (const verb of VERBS) {
      // oxlint-disable-next-line no-await-in-loop -- each in a transaction of its own
      const answer = await attempt(verb, table);
      if (answer !== (verb === "insert" ? INSUFFICIENT_PRIVILEGE : 0))
        found.push(`${verb} ${table}: ${String(answer)}`);
    }
    const seen = await as(own, (tx) => count(tx, table));
    if (typeof seen !== "number" || seen < 1) found.push(`own ${table}: ${seen}`);
    return found;
  }

  const allFaults = async (): Promise<string[]> => {
    const all: string[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one table after the other
    for (const table of TABLES) all.push(...(await faults(table)));
    return all;
  };

  it("covers every table that hangs on an organization", async () => {
    const rows = await database().owner.sql<{ table: string }[]>`
      select distinct c.relname as table from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
        and (a.attname in ('organization_id', 'event_id', 'order_id', 'line_no', 'entry_id', 'offer_id', 'venue_id')
          or c.relname = 'organization')
        and c.relname not in ('webhook_event', 'event_owner', 'parked_order')`;
    expect(rows.map(({ table }) => table).filter((table) => !TABLES.includes(table))).toEqual([]);
    const bare = await Promise.all(
      TABLES.map(async (table) => ((await count(database().owner.sql, table)) > 0 ? [] : [table])),
    );
    expect(bare.flat()).toEqual([]);
    expect(TABLES.length).toBeGreaterThan(30);
  });

  it("has no right that its work does not need: no secrets of accounts, nothing of the installation", async () => {
    const closed = [
      "session",
      "password_reset",
      "sign_up",
      "email_code",
      "risk_mark",
      "webhook_event",
      "line_controller",
      "worker_lease",
      "event_owner",
      "parked_order",
      "payment",
      "sandbox_payment",
      "ledger_entry",
      "ledger_posting",
      "schema_migration",
    ];
    for (const table of closed)
      // oxlint-disable-next-line no-await-in-loop -- each in a transaction of its own
      expect({ table, answer: await as(own, (tx) => count(tx, table)) }).toEqual({
        table,
        answer: INSUFFICIENT_PRIVILEGE,
      });
    const refused = [
      "select password_hash from account",
      "update account set role = 'operator'",
      "select payload from job",
      "delete from job",
      "update orders set state = 'paid'",
      "insert into organization (slug) values ('x')",
      "delete from organization",
      "update audit set actor = 'x'",
      "truncate event",
    ];
    for (const statement of refused)
      // oxlint-disable-next-line no-await-in-loop -- each in a transaction of its own
      expect({ statement, answer: await as(own, (tx) => tx.unsafe(statement)) }).toEqual({
        statement,
        answer: INSUFFICIENT_PRIVILEGE,
      });
  });

  it("shows nothing where no organization was named", async () => {
    const seen = await database().sql.begin(async (tx) => {
      await tx.unsafe(`set local role ${portal}`);
      return count(tx, "event");
    });
    expect(seen).toBe(0);
  });

  it("adds nothing to what the application's own role does: its plans are those of the owner, table by table", async () => {
    const { sql, owner } = database();
    const plan = async (by: postgres.Sql, statement: string) =>
      (await by.unsafe<{ "QUERY PLAN": string }[]>(`explain (costs off) ${statement}`)).map(
        (row) => row["QUERY PLAN"],
      );
    const denied = new Map(
      (
        await sql<{ table: string; update: boolean; delete: boolean }[]>`
      select relname as table, has_table_privilege(oid, 'update') as update, has_table_privilege(oid, 'delete') as delete
      from pg_class where relname = any(${TABLES})`
      ).map((row) => [row.table, row]),
    );
    let compared = 0;
    for (const table of TABLES) {
      const name = sqlName(table);
      const [column] = await sql<{ name: string }[]>`
        select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum = 1`;
      const first = sqlName(column?.name ?? "");
      const statements = [
        `select * from ${name} where ${first} is not null`,
        `insert into ${name} overriding system value select * from ${name}`,
        ...(denied.get(table)?.update ? [`update ${name} set ${first} = ${first}`] : []),
        ...(denied.get(table)?.delete ? [`delete from ${name} where ${first} is not null`] : []),
      ];
      for (const statement of statements) {
        expect({ statement, plan: await plan(sql, statement) }).toEqual({
          statement,
          plan: await plan(owner.sql, statement),
        });
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(100);
    const guarded = await as(own, async (tx) =>
      (await tx.unsafe("explain (costs off) select * from orders")).map((row) => row["QUERY PLAN"] as string),
    );
    expect(String(guarded)).toContain("Filter");
  });

  describe("by its policies alone, when every right was given by hand", () => {
    beforeAll(async () => {
      const { sql } = database().owner;
      for (const table of TABLES)
        // oxlint-disable-next-line no-await-in-loop -- one connection
        await sql.unsafe(`grant all on ${sqlName(table)} to ${portal}`);
    });

    it("reaches all of its own and no row of another organization, to read, write, change or remove", async () => {
      expect(await allFaults()).toEqual([]);
    });

    it.each([
      ["dropped", (table: string) => `drop policy ${portal} on ${table}`],
      ["opened", (table: string) => `alter policy ${portal} on ${table} using (true) with check (true)`],
      ["opened to writes", (table: string) => `alter policy ${portal} on ${table} with check (true)`],
      ["switched off", (table: string) => `alter table ${table} disable row level security`],
    ])("is seen to fail for every table whose policy is %s", async (_, mutation) => {
      const { sql } = database().owner;
      const unseen: string[] = [];
      for (const { table, rows } of PORTAL_SCOPES) {
        const name = sqlName(table);
        await sql.unsafe(mutation(name));
        if ((await faults(table)).length === 0) unseen.push(table);
        await sql
          .unsafe(`alter table ${name} enable row level security; drop policy if exists ${portal} on ${name};
          create policy ${portal} on ${name} to ${portal} using (${rows}) with check (${rows})`)
          .simple();
      }
      expect(unseen).toEqual([]);
      expect(await allFaults()).toEqual([]);
    });
  });
});
