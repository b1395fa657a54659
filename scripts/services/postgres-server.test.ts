import { expect, test } from "vitest";

import { parsePostmasterFile, postgresSettings } from "./postgres-server.ts";

const FILE = "4711\n/srv/onsale/postgres/data\n1795000000\n5442\n\n127.0.0.1\n  1001 0\nready   \n";

test("a postmaster that accepts connections is ready", () => {
  expect(parsePostmasterFile(FILE)).toEqual({ pid: 4711, ready: true });
});

test.each([
  ["that is starting", FILE.replace("ready   ", "starting")],
  ["that is stopping", FILE.replace("ready   ", "stopping")],
  ["whose file is half written", "4711\n/srv"],
])("a postmaster %s is not ready", (_name, text) => {
  expect(parsePostmasterFile(text)).toEqual({ pid: 4711, ready: false });
});

test("a server of tests counts statements, which test the table of paths; one that is measured or sells does not", () => {
  const counting = "shared_preload_libraries=pg_stat_statements";
  expect(postgresSettings({ port: 5442, durable: false })).toContain(counting);
  expect(postgresSettings({ port: 5442, durable: true })).not.toContain(counting);
});

test("what sells is on the disk when it is said to be", () => {
  expect(postgresSettings({ port: 5442, durable: true }).join(" ")).not.toMatch(/fsync|synchronous_commit/);
});
