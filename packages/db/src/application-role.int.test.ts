import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { beforeAll, expect, it } from "vitest";
import { roleOf } from "./application-role.ts";
import { migrate } from "./migrate.ts";
import { sqlState } from "./pg-errors.ts";

import { buy, openSale, orderDraft } from "./testing/sale-fixture.ts";
import { describeWithDatabase } from "./testing/template-db.ts";
import { makePgOrderStore } from "./order/pg-order-store.ts";

const INSUFFICIENT_PRIVILEGE = "42501";

/** What the server answered, "done" when it did as it was told. */
const answerTo = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => "done",
    (error: unknown) => sqlState(error) ?? error,
  );

describeWithDatabase("the application's role", (database) => {
  let tables: string[];
  beforeAll(async () => {
    const rows = await database().sql<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`;
    tables = rows.map((row) => row.name);
    const eventId = await openSale(database(), { seats: 2 });
    await buy(makePgOrderStore(database()), orderDraft(eventId, { seats: [0] }));
  });

  it("cannot empty, alter, drop, disarm, index or take any table", async () => {
    expect(tables.length).toBeGreaterThan(30);
    const { sql } = database();
    const went: string[] = [];
    for (const table of tables) {
      for (const attempt of [
        `truncate "${table}" cascade`,
        `alter table "${table}" disable trigger all`,
        `alter table "${table}" disable trigger user`,
        `alter table "${table}" add column x integer`,
        `drop table "${table}" cascade`,
        `create index on "${table}" ((1))`,
        `create trigger x before insert on "${table}" for each row execute function refuse_change()`,
        `create rule x as on insert to "${table}" do instead nothing`,
        `alter table "${table}" owner to current_user`,
      ])
        if ((await answerTo(sql.unsafe(attempt))) !== INSUFFICIENT_PRIVILEGE) went.push(attempt);
    }
    expect(went).toEqual([]);
  });

  it("cannot make objects, switch triggers off for its session, or act as another role", async () => {
    const { sql, owner } = database();
    const [row] = await owner.sql<{ name: string }[]>`select current_user as name`;
    const went: string[] = [];
    for (const attempt of [
      "create table x (n integer)",
      "create temporary table audit (n integer)",
      "create schema x",
      "create function x() returns integer language sql as 'select 1'",
      "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
      "drop function need_tx cascade",
      "set session_replication_role = replica",
      `set role "${row?.name}"`,
      "create role x",
      "create database x",
      "alter role current_user superuser",
      "select setval('fence_seq', 1)",
    ])
      if ((await answerTo(sql.unsafe(attempt))) !== INSUFFICIENT_PRIVILEGE) went.push(attempt);
    expect(went).toEqual([]);
  });

  it("adds to what is append-only and changes none of it, beside the triggers that refuse it too", async () => {
    const { sql } = database();
    const appendOnly = [
      "audit",
      "ledger_entry",
      "ledger_posting",
      "event_price_list",
      "line_wave",
      "line_seed",
    ];
    for (const table of appendOnly) {
      const [column] = await sql<{ name: string }[]>`
        select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum = 1`;
      for (const attempt of [`update ${table} set ${column?.name} = ${column?.name}`, `delete from ${table}`])
        expect({ attempt, answer: await answerTo(sql.unsafe(attempt)) }).toEqual({
          attempt,
          answer: INSUFFICIENT_PRIVILEGE,
        });
    }
    const [row] = await sql`select count(*)::int > 0 as written from audit`;
    expect(row).toEqual({ written: true });
    expect(await answerTo(sql`update schema_migration set sha256 = ''`)).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await answerTo(sql`insert into schema_migration values ('x', 'x')`)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it("loses what somebody gave it by hand at the next migration", async () => {
    const { sql, owner, url } = database();
    const role = roleOf(url);
    await owner.sql`grant all on audit to ${owner.sql(role.name)}`;
    expect(await answerTo(sql`update audit set actor = actor where false`)).toBe("done");
    await migrate(owner.url, { application: role });
    expect(await answerTo(sql`update audit set actor = actor where false`)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it("is made with the password of its URL, which never reaches the server as it is", async () => {
    const { owner } = database();
    const role = { name: `onsale_test_${randomBytes(6).toString("hex")}`, password: "pass wörd'$" };
    try {
      await migrate(owner.url, { application: role });
      const url = new URL(owner.url);
      url.username = role.name;
      url.password = encodeURIComponent(role.password);
      expect(roleOf(url.href)).toEqual(role);
      const own = postgres(url.href, { max: 1 });
      expect(await own`select current_user as name`).toEqual([{ name: role.name }]);
      await own.end();
      const [kept] = await owner.sql<{ secret: string }[]>`
        select rolpassword as secret from pg_authid where rolname = ${role.name}`;
      expect(kept?.secret).toMatch(/^SCRAM-SHA-256\$/);
    } finally {
      await owner.sql.unsafe(`drop owned by "${role.name}"; drop role "${role.name}"`);
    }
  });

  it.each([
    ["superuser", "is a superuser"],
    ["createrole", "may make roles"],
    ["bypassrls", "passes by row security"],
    ["replication", "may replicate"],
  ])("is refused with a word when it was made as %s", async (right, words) => {
    const { owner } = database();
    const name = `onsale_test_${randomBytes(6).toString("hex")}`;
    await owner.sql.unsafe(`create role "${name}" login ${right}`);
    try {
      await expect(migrate(owner.url, { application: { name, password: "" } })).rejects.toMatchObject({
        code: "database.role_too_powerful",
        details: { role: name, power: words },
      });
    } finally {
      await owner.sql.unsafe(`drop owned by "${name}"; drop role "${name}"`);
    }
  });

  it("is refused with a word when it is a member of the owner, or owns a table", async () => {
    const { owner } = database();
    const [row] = await owner.sql<{ name: string }[]>`select current_user as name`;
    const name = `onsale_test_${randomBytes(6).toString("hex")}`;
    const granting = () => migrate(owner.url, { application: { name, password: "" } });
    await owner.sql.unsafe(`create role "${name}" login in role "${row?.name}"`);
    try {
      await expect(granting()).rejects.toMatchObject({
        details: { power: expect.stringContaining("may act as") },
      });
      await owner.sql.unsafe(`revoke "${row?.name}" from "${name}"`);
      await granting();
      await owner.sql.unsafe(`create table own_table (n integer); alter table own_table owner to "${name}"`);
      await expect(granting()).rejects.toMatchObject({
        details: { power: "owns tables of this database" },
      });
    } finally {
      await owner.sql.unsafe(`drop owned by "${name}"; drop role "${name}"`);
    }
  });
});
