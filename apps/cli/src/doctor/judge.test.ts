import { expect, test } from "vitest";
import { EventId } from "@onsale/core/shared/ids";
import { judgeJobs, judgeMail, judgeOrders } from "./backlog.ts";
import { within } from "./check.ts";
import { judgeSkew } from "./clock-skew.ts";
import { checkNode, judgeDisk } from "./machine.ts";
import { judgePostgres } from "./postgres.ts";
import { judgeRedis } from "./redis.ts";
import { judgeWeb } from "./web.ts";
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

test("what waits for a worker: orders are broken after ten seconds; other work is a warning after a minute and broken after ten", () => {
  const eventId = EventId.parse("0195e1a2-7c4b-7d10-8a00-000000000001");
  const orders = (oldestMs: number) => judgeOrders([{ eventId, waiting: 3, oldestMs }], "the-night");
  expect([judgeOrders([], null), orders(9_000), orders(11_000)].map((check) => check.health)).toEqual([
    "good",
    "good",
    "bad",
  ]);
  expect(orders(75_000).found).toBe("3 entries wait for a worker, the oldest for 1 min 15 s (the-night)");
  expect(orders(75_000).todo).toMatch(/ticketctl worker/);
  const mail = (oldestMs: number) => [{ kind: "mail.order_paid", waiting: 500, oldestMs }];
  const ages = [0, 59_000, 61_000, 599_000, 601_000];
  expect(ages.map((age) => judgeMail(mail(age)).health)).toEqual([
    "good",
    "good",
    "warning",
    "warning",
    "bad",
  ]);
  expect(judgeMail(mail(7_260_000)).found).toBe(
    "mail.order_paid 500 or more; the oldest (mail.order_paid) for 2 h 1 min",
  );
  expect(judgeMail(mail(61_000)).todo).toMatch(/ticketctl jobs list.*MAIL_URL/);
  // Each part is told by itself: a mail that waits says nothing of money that goes back.
  expect(judgeJobs(mail(601_000))).toMatchObject({ health: "good", found: "none is due" });
  expect(judgeJobs([{ kind: "payment.return", waiting: 1, oldestMs: 61_000 }]).health).toBe("warning");
});

test("the web server: away is a warning, somebody else's answer and a store that it does not reach are broken", () => {
  const body = (health: object) => ({ status: 200, body: JSON.stringify(health) });
  const url = "https://tickets.example";
  expect(judgeWeb(url, null).health).toBe("warning");
  expect(judgeWeb(url, { status: 404, body: "<h1>Not here</h1>" })).toMatchObject({ health: "bad" });
  expect(judgeWeb(url, body({ ok: true, postgres: "ok", redis: "ok" })).health).toBe("good");
  expect(judgeWeb(url, body({ ok: false, postgres: "ok", redis: "unreachable" }))).toMatchObject({
    health: "bad",
    found: "https://tickets.example answers, and does not reach Redis",
  });
});
