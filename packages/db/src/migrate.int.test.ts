import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { makeDatabase } from "./client.ts";
import { MIGRATIONS } from "./generated/migrations.ts";
import { migrate } from "./migrate.ts";
import { describeWithDatabase } from "./testing/template-db.ts";

describeWithDatabase("migrate", (database) => {
  async function emptyDatabase(): Promise<{ url: string } & AsyncDisposable> {
    const name = `onsale_test_${randomBytes(6).toString("hex")}`;
    await database().owner.sql`create database ${database().owner.sql(name)}`;
    const url = new URL(database().owner.url);
    url.pathname = `/${name}`;
    return {
      url: url.href,
      [Symbol.asyncDispose]: async () => {
        await database().owner.sql`drop database ${database().owner.sql(name)} with (force)`;
      },
    };
  }

  it("applies each file once and nothing the second time", async () => {
    await using empty = await emptyDatabase();
    expect(await migrate(empty.url)).toEqual(MIGRATIONS.map(({ name }) => name));
    expect(await migrate(empty.url)).toEqual([]);
  });

  it("lets two deploys at once take turns", async () => {
    await using empty = await emptyDatabase();
    const [one, two] = await Promise.all([migrate(empty.url), migrate(empty.url)]);
    expect([...one, ...two]).toEqual(MIGRATIONS.map(({ name }) => name));
  });

  it("refuses a file that was changed after it was applied", async () => {
    await using empty = await emptyDatabase();
    const first = { name: "0001_a", sql: "create table a (n integer);" };
    await migrate(empty.url, { migrations: [first] });
    await expect(
      migrate(empty.url, { migrations: [{ ...first, sql: "create table a (n bigint);" }] }),
    ).rejects.toThrow("was changed");
    await expect(migrate(empty.url, { migrations: [] })).rejects.toThrow("no such file");
  });

  it("tells a role that may not change the schema who can, and that nothing is to be done where it is so", async () => {
    const { url } = database();
    expect(await migrate(url)).toEqual([]);
    const next = { name: "9999_next", sql: "create table next (n integer);" };
    await expect(migrate(url, { migrations: [...MIGRATIONS, next] })).rejects.toMatchObject({
      code: "input.invalid",
      message: expect.stringContaining("MIGRATION_DATABASE_URL"),
    });
  });

  it("leaves nothing of a file that fails half way", async () => {
    await using empty = await emptyDatabase();
    const bad = { name: "0001_bad", sql: "create table half (n integer); select 1 / 0;" };
    await expect(migrate(empty.url, { migrations: [bad] })).rejects.toThrow("division by zero");
    const there = makeDatabase(empty.url, { poolMax: 1 });
    const [row] =
      await there.sql`select to_regclass('half') as half, (select count(*)::int from schema_migration) as n`;
    expect(row).toEqual({ half: null, n: 0 });
    await there.close();
  });
});
