import { expect, test } from "vitest";
import { within } from "./check.ts";
import { judgeSkew } from "./clock-skew.ts";
import { checkNode, judgeDisk } from "./machine.ts";
import { judgePostgres } from "./postgres.ts";
import { judgeRedis } from "./redis.ts";
import { judgeWorker } from "./worker.ts";

const health = (checks: readonly { id: string; health: string }[]) =>
  Object.fromEntries(checks.map((one) => [one.id, one.health]));

test("Redis: an old one and one that evicts seats are broken; one that forgets is a warning", () => {
  const info = (...lines: string[]) => judgeRedis(["# Server", ...lines].join("\r\n"));
  expect(
    health(info("redis_version:7.0.15", "aof_enabled:1", "maxmemory:0", "maxmemory_policy:noeviction")),
  ).toEqual({
    redis: "good",
    "redis.persistence": "good",
    "redis.eviction": "good",
  });
  expect(
    health(info("redis_version:6.2.1", "aof_enabled:0", "maxmemory:100", "maxmemory_policy:allkeys-lru")),
  ).toEqual({
    redis: "bad",
    "redis.persistence": "warning",
    "redis.eviction": "bad",
  });
  const valkey = info(
    "redis_version:7.2.4",
    "valkey_version:8.1.0",
    "aof_enabled:1",
    "aof_last_write_status:err",
    "maxmemory_policy:allkeys-lru",
  );
  expect(valkey[0]?.found).toBe("Valkey 8.1.0");
  expect(health(valkey)).toMatchObject({ "redis.persistence": "bad", "redis.eviction": "warning" });
});

test("Postgres: too old is broken; no fsync, too few connections or a role that owns tables are warnings", () => {
  const row = {
    version: "18.4",
    number: 180_004,
    fsync: "on",
    maxConnections: 100,
    nowMs: 0,
    role: "app",
    mayChangeSchema: false,
  };
  expect(health(judgePostgres(row, 16))).toEqual({
    postgres: "good",
    "postgres.durable": "good",
    "postgres.connections": "good",
    "postgres.role": "good",
  });
  expect(
    health(
      judgePostgres({ ...row, number: 140_009, fsync: "off", maxConnections: 30, mayChangeSchema: true }, 16),
    ),
  ).toEqual({
    postgres: "bad",
    "postgres.durable": "warning",
    "postgres.connections": "warning",
    "postgres.role": "warning",
  });
});

test("clocks apart by a second are a warning, by five are broken, either way", () => {
  expect([0, 999, -1_000, 4_999, 5_000, -60_000].map((ms) => judgeSkew("clock", ms).health)).toEqual([
    "good",
    "good",
    "warning",
    "warning",
    "bad",
    "bad",
  ]);
});

test("machine: Node and the disk", () => {
  const versions = ["v24.22.3", "v24.21.0", "v20.20.2"];
  expect(versions.map((version) => checkNode(version).health)).toEqual(["good", "warning", "bad"]);
  expect(checkNode("v24.21.0").todo).toContain("24.22.1");
  expect([5e9, 5e8, 1e8].map((bytes) => judgeDisk(bytes, "/").health)).toEqual(["good", "warning", "bad"]);
});

test("a check that throws becomes a broken check with what to do", async () => {
  const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  expect(await within("redis", "Start it.", () => Promise.reject(refused))).toEqual([
    { id: "redis", health: "bad", found: "nothing answers there", todo: "Start it." },
  ]);
});

test("worker: one that fell silent is broken, an installation that never had one is warned, a running one is counted", () => {
  expect(judgeWorker({ running: 2, silentMs: 400 })).toMatchObject({
    health: "good",
    found: "2 workers running",
  });
  expect(judgeWorker({ running: 0, silentMs: null })).toMatchObject({ health: "warning" });
  const silent = judgeWorker({ running: 0, silentMs: 7_000 });
  expect(silent).toMatchObject({ health: "bad", found: expect.stringContaining("for 7 s") });
  expect(silent.todo).toContain("ticketctl worker");
});
