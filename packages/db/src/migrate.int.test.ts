import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { expect, it } from "vitest";
import { roleOf } from "./application-role.ts";
import { makeDatabase } from "./client.ts";
import { SQL_OBJECTS } from "./generated/functions.ts";
import { MIGRATIONS } from "./generated/migrations.ts";
import { migrate, type Schema } from "./migrate.ts";
import { parseFunctionFile } from "./schema/parse-function-file.ts";
import { describeWithDatabase } from "./testing/template-db.ts";

const NAMES = MIGRATIONS.map(({ name }) => name);
const OBJECTS = SQL_OBJECTS.map(({ name }) => name);

const schemaOf = (migrations: Schema["migrations"], ...objects: Schema["objects"][]): { schema: Schema } => ({
  schema: { migrations, objects: objects.flat() },
});
const tableOf = (name: string, more = "") => ({
  name: `0001_${name}`,
  sql: `create table ${name} (n integer);${more}`,
});
/** As a file of functions/ would have it: "one(a integer) RETURNS text", what it does, and its triggers. */
const fn = (head: string, body: string, triggers = "") =>
  parseFunctionFile(
    `test/${head.slice(0, head.indexOf("("))}.sql`,
    `CREATE OR REPLACE FUNCTION ${head} LANGUAGE plpgsql AS $$\nBEGIN\n  ${body}\nEND $$;\n${triggers}`,
  );
const count = (table: string, { when = "INSERT", by = 1 } = {}) =>
  fn(
    "count_up() RETURNS trigger",
    `new.n := new.n + ${by}; RETURN new;`,
    `CREATE TRIGGER ${table}_counts BEFORE ${when} ON ${table} FOR EACH ROW EXECUTE FUNCTION count_up();`,
  );

describeWithDatabase("migrate", (database) => {
  async function emptyDatabase() {
    const name = `onsale_test_${randomBytes(6).toString("hex")}`;
    await database().owner.sql`create database ${database().owner.sql(name)}`;
    const url = new URL(database().owner.url);
    url.pathname = `/${name}`;
    const own = makeDatabase(url.href, { poolMax: 1 });
    const { sql } = own;
    return {
      url: url.href,
      sql,
      names: async () =>
        (
          await sql<{ name: string }[]>`
            select proname as name from pg_proc where pronamespace = 'public'::regnamespace
            union all select tgname || ' ON ' || tgrelid::regclass from pg_trigger where not tgisinternal order by name`
        ).map((row) => row.name),
      [Symbol.asyncDispose]: async () => {
        await own.close();
        await database().owner.sql`drop database ${database().owner.sql(name)} with (force)`;
      },
    };
  }

  it("applies each file once and nothing the second time", async () => {
    await using empty = await emptyDatabase();
    expect(await migrate(empty.url)).toEqual({ migrations: NAMES, objects: OBJECTS });
    expect(await migrate(empty.url)).toEqual({ migrations: [], objects: [] });
  });

  it("lets two deploys at once take turns", async () => {
    await using empty = await emptyDatabase();
    const [one, two] = await Promise.all([migrate(empty.url), migrate(empty.url)]);
    expect([...one.migrations, ...two.migrations]).toEqual(NAMES);
    expect([...one.objects, ...two.objects]).toEqual(OBJECTS);
  });

  it("refuses a migration that was changed or is missing after it was applied", async () => {
    await using empty = await emptyDatabase();
    const first = tableOf("a");
    await migrate(empty.url, schemaOf([first]));
    await expect(
      migrate(empty.url, schemaOf([{ ...first, sql: "create table a (n bigint);" }])),
    ).rejects.toMatchObject({
      code: "database.other_version",
      details: { why: "changed", applied: first.name },
    });
    await expect(migrate(empty.url, schemaOf([]))).rejects.toMatchObject({
      code: "database.other_version",
      details: { why: "migration", applied: first.name, here: null },
    });
  });

  it("refuses a database from before functions had files of their own", async () => {
    await using empty = await emptyDatabase();
    await empty.sql`create table schema_migration (name text, sha256 text)`;
    await expect(migrate(empty.url)).rejects.toMatchObject({
      code: "database.other_version",
      details: { why: "no_record" },
    });
  });

  it("tells a role that may not change the schema who can, and that nothing is to be done where it is so", async () => {
    const { url } = database();
    expect(await migrate(url)).toEqual({ migrations: [], objects: [] });
    const next = { name: "9999_next", sql: "create table next (n integer);" };
    for (const schema of [
      { migrations: [...MIGRATIONS, next], objects: SQL_OBJECTS },
      { migrations: MIGRATIONS, objects: SQL_OBJECTS.slice(1) },
    ])
      await expect(migrate(url, { schema })).rejects.toMatchObject({
        code: "database.not_owner",
      });
  });

  it("leaves nothing when a migration, a function or what a function says fails: all is one transaction", async () => {
    await using empty = await emptyDatabase();
    const half = tableOf("half");
    const wrong: [{ schema: Schema }, string][] = [
      [schemaOf([tableOf("half", "select 1 / 0;")]), "division by zero"],
      [schemaOf([half], count("nowhere")), "does not exist"],
      [schemaOf([half], fn("bad() RETURNS integer", "this is no statement;")), "syntax error"],
    ];
    for (const [options, words] of wrong) await expect(migrate(empty.url, options)).rejects.toThrow(words);
    const [row] = await empty.sql`
      select to_regclass('half') as half, (select count(*)::int from schema_migration) as migrations,
        (select count(*)::int from schema_object) as objects`;
    expect(row).toEqual({ half: null, migrations: 0, objects: 0 });
    expect(await empty.names()).toEqual([]);
  });

  it("writes a function over the one before when its content changed, and leaves its triggers alone", async () => {
    await using empty = await emptyDatabase();
    const first = tableOf("a");
    await migrate(empty.url, schemaOf([first], count("a")));
    const [before] = await empty.sql`select oid, xmin::text from pg_trigger where tgname = 'a_counts'`;
    const applied = await migrate(empty.url, schemaOf([first], count("a", { by: 10 })));
    expect(applied).toEqual({ migrations: [], objects: ["FUNCTION count_up"] });
    const [after] = await empty.sql`select oid, xmin::text from pg_trigger where tgname = 'a_counts'`;
    expect(after).toEqual(before);
    expect(await empty.sql`insert into a values (1) returning n`).toEqual([{ n: 11 }]);
  });

  it("drops functions and triggers whose file or line is gone, and what a changed signature leaves behind", async () => {
    await using empty = await emptyDatabase();
    const tables = [tableOf("a", "create table b (n integer);")];
    const one = fn("one(a integer) RETURNS integer", "RETURN 1;");
    await migrate(empty.url, schemaOf(tables, count("a"), one));
    expect(await empty.names()).toEqual(["a_counts ON a", "count_up", "one"]);
    await migrate(
      empty.url,
      schemaOf(tables, count("b"), fn("one(a integer, b integer) RETURNS text", "RETURN 'x';")),
    );
    expect(await empty.names()).toEqual(["b_counts ON b", "count_up", "one"]);
    expect(await empty.sql`select one(1, 2)`).toEqual([{ one: "x" }]);
    await migrate(empty.url, schemaOf(tables));
    expect(await empty.names()).toEqual([]);
    expect(await migrate(empty.url, schemaOf(tables))).toEqual({ migrations: [], objects: [] });
  });

  it("makes a trigger anew when it fires at something else", async () => {
    await using empty = await emptyDatabase();
    const tables = [tableOf("a")];
    await migrate(empty.url, schemaOf(tables, count("a")));
    await migrate(empty.url, schemaOf(tables, count("a", { when: "UPDATE" })));
    await empty.sql`insert into a values (1)`;
    expect(await empty.sql`update a set n = 5 returning n`).toEqual([{ n: 6 }]);
  });

  it("brings a function back that a migration dropped, and refuses one that takes a trigger along unsaid", async () => {
    await using empty = await emptyDatabase();
    const tables = [tableOf("a")];
    const one = fn("one() RETURNS integer", "RETURN 1;");
    await migrate(empty.url, schemaOf(tables, count("a"), one));
    const dropping = { name: "0002_types", sql: "drop function one();" };
    await migrate(empty.url, schemaOf([...tables, dropping], count("a"), one));
    expect(await empty.sql`select one()`).toEqual([{ one: 1 }]);
    const again = { name: "0003_again", sql: "drop table a; create table a (n integer);" };
    await expect(migrate(empty.url, schemaOf([...tables, dropping, again], count("a"), one))).rejects.toThrow(
      "TRIGGER a_counts ON a is gone",
    );
  });

  it("lets a migration write rows of guarded tables", async () => {
    await using empty = await emptyDatabase();
    await migrate(empty.url);
    const next = { name: "9999_rows", sql: "select audit_append(gen_random_uuid(), 'test', 'test', '{}');" };
    const { migrations } = await migrate(empty.url, {
      schema: { migrations: [...MIGRATIONS, next], objects: SQL_OBJECTS },
    });
    expect(migrations).toEqual(["9999_rows"]);
  });

  it("keeps what the application may do with a function that is dropped and made again", async () => {
    await using empty = await emptyDatabase();
    const application = roleOf(database().url);
    const url = new URL(empty.url);
    url.username = application.name;
    url.password = application.password;
    const one = (type: string) => fn(`one(a ${type}) RETURNS integer`, "RETURN 1;");
    await migrate(empty.url, { ...schemaOf([], one("integer")), application });
    await migrate(empty.url, { ...schemaOf([], one("text")), application });
    const own = postgres(url.href, { max: 1 });
    expect(await own`select one('x')`).toEqual([{ one: 1 }]);
    await own.end();
  });
});
