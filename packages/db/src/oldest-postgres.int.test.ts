import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { MIGRATIONS } from "./generated/migrations.ts";
import { migrate } from "./migrate.ts";

/** A second server, of the oldest version that is promised: docs/configuration.md says how to bring one. */
const OLDEST = process.env["OLDEST_DATABASE_URL"];
const title =
  OLDEST === undefined
    ? "the oldest PostgreSQL that is promised (skipped: set OLDEST_DATABASE_URL to a PostgreSQL 15)"
    : "the oldest PostgreSQL that is promised";

// oxlint-disable-next-line vitest/valid-title -- it is a string
describe.skipIf(OLDEST === undefined)(title, () => {
  it("is version 15 and takes every migration", async () => {
    const server = postgres(OLDEST ?? "", { max: 1, onnotice: () => undefined });
    const name = `onsale_test_${randomBytes(6).toString("hex")}`;
    try {
      const [row] = await server`select current_setting('server_version_num')::int / 10000 as major`;
      expect(row).toEqual({ major: 15 });
      await server`create database ${server(name)}`;
      const url = new URL(OLDEST ?? "");
      url.pathname = `/${name}`;
      const { migrations } = await migrate(url.href);
      expect(migrations).toEqual(MIGRATIONS.map((migration) => migration.name));
    } finally {
      await server`drop database if exists ${server(name)} with (force)`;
      await server.end({ timeout: 5 });
    }
  });
});
