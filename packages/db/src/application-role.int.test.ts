import { randomBytes, randomUUID } from "node:crypto";
import { OrganizationId } from "@onsale/core/shared/ids";
import postgres from "postgres";
import { beforeAll, describe, expect, it } from "vitest";
import { roleOf } from "./application-role.ts";
import { makeDatabase } from "./client.ts";
import { migrate } from "./migrate.ts";
import { inOrganization } from "./organization/in-organization.ts";
import { sqlState } from "./pg-errors.ts";
import { portalOf } from "./portal-role.ts";

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

async function dropRoles(sql: postgres.Sql, name: string): Promise<void> {
  for (const role of [portalOf(name), name])
    // oxlint-disable-next-line no-await-in-loop -- the second one is a member of the first
    await sql.unsafe(`drop owned by "${role}"; drop role "${role}"`);
}

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
      await dropRoles(owner.sql, role.name);
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
      await dropRoles(owner.sql, name);
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
      await dropRoles(owner.sql, name);
    }
  });

  describe("has a role beside it for the portals", () => {
    const own = async (work: (role: { name: string; url: string }) => Promise<void>) => {
      const { owner } = database();
      const role = { name: `onsale_test_${randomBytes(6).toString("hex")}`, password: "secret" };
      const url = new URL(owner.url);
      url.username = role.name;
      url.password = role.password;
      try {
        await migrate(owner.url, { application: role });
        await work({ name: role.name, url: url.href });
      } finally {
        await dropRoles(owner.sql, role.name);
      }
    };

    it("which is nobody's login, may do nothing of its own and has no rights of the application", () =>
      own(async ({ name }) => {
        const { sql } = database().owner;
        const [portal] = await sql`
          select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
            pg_has_role(rolname, ${name}, 'member') as "isApplication",
            pg_has_role(${name}, rolname, 'member') as "isTakenOn",
            exists (select from pg_class where relowner = r.oid) as owns
          from pg_roles r where rolname = ${portalOf(name)}`;
        expect(portal).toEqual({
          rolcanlogin: false,
          rolsuper: false,
          rolbypassrls: false,
          rolcreaterole: false,
          rolcreatedb: false,
          isApplication: false,
          isTakenOn: true,
          owns: false,
        });
      }));

    it("without which work for an organization is refused rather than done as the application", () =>
      own(async ({ name, url }) => {
        const { owner } = database();
        const application = makeDatabase(url, { poolMax: 1 });
        const look = () =>
          inOrganization(
            application,
            OrganizationId.parse(randomUUID()),
            ({ sql }) => sql`select from event`,
          );
        try {
          expect(await look()).toHaveLength(0);
          await owner.sql.unsafe(`revoke "${portalOf(name)}" from "${name}"`);
          expect(await answerTo(look())).toBe(INSUFFICIENT_PRIVILEGE);
          await migrate(owner.url, { application: { name, password: "" } });
          expect(await look()).toHaveLength(0);
        } finally {
          await application.close();
        }
      }));

    it("which loses at the next migration what was given or changed by hand, and keeps what is right untouched", () =>
      own(async ({ name }) => {
        const { owner } = database();
        const again = () => migrate(owner.url, { application: { name, password: "" } });
        const policies = async () =>
          (await owner.sql`select oid, polrelid::regclass::text as table from pg_policy order by oid`).map(
            (row) => ({ ...row }),
          );
        const before = await policies();
        await again();
        expect(await policies()).toEqual(before);
        const portal = portalOf(name);
        await owner.sql.unsafe(`
          grant select on session to "${portal}"; drop policy "${portal}" on event;
          alter table venue disable row level security`);
        await again();
        const [row] = await owner.sql`
          select has_table_privilege(${portal}, 'session', 'select') as session,
            (select count(*)::int from pg_policy where polname = ${portal} and polrelid = 'event'::regclass) as policies,
            (select relrowsecurity from pg_class where oid = 'venue'::regclass) as secured`;
        expect(row).toEqual({ session: false, policies: 1, secured: true });
      }));

    it("which is refused when it may pass by row security", async () => {
      const { owner } = database();
      const name = `onsale_test_${randomBytes(6).toString("hex")}`;
      await owner.sql.unsafe(`create role "${portalOf(name)}" bypassrls`);
      try {
        await expect(migrate(owner.url, { application: { name, password: "" } })).rejects.toMatchObject({
          details: { role: portalOf(name), power: "passes by row security" },
        });
      } finally {
        await dropRoles(owner.sql, name);
      }
    });
  });

  it("may own everything itself: then no policy binds it, and work for an organization is done as the owner", async () => {
    const { owner } = database();
    const alone = makeDatabase(owner.url, { poolMax: 1 });
    try {
      const all = await alone.sql`select id from event`;
      const seen = await inOrganization(
        alone,
        OrganizationId.parse(randomUUID()),
        ({ sql }) => sql`select id from event`,
      );
      expect([...seen]).toEqual([...all]);
    } finally {
      await alone.close();
    }
  });
});
