import { randomUUID } from "node:crypto";
import type { AdmissionQuestion, LimitKeys } from "@onsale/core/risk/admission-store";
import { takeCall } from "@onsale/core/risk/limit-count";
import type { LimitName } from "@onsale/core/risk/limits";
import type { MarkStates } from "@onsale/core/risk/mark-states";
import type { CrowdKeys, RiskMarkState } from "@onsale/core/risk/risk-mark";
import { AccountId } from "@onsale/core/shared/ids";
import fc from "fast-check";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RedisClients } from "../client.ts";
import { dropKeys, newPrefix, NO_REDIS, openTestClients, redisAddress } from "../testing/redis.ts";
import { startTcpProxy } from "../testing/tcp-proxy.ts";
import { countedUnder } from "./admission-keys.ts";
import { countCall } from "./admission-scripts.ts";
import { makeRedisAdmissionStore } from "./redis-admission-store.ts";

type Asking = Partial<{ redis: Redis; scale: number; marks: MarkStates; onAway: (error: unknown) => void }>;

const marked = (state: RiskMarkState | null): MarkStates => ({
  atOnce: () => state,
  of: () => Promise.resolve(state),
});
const newAccount = () => AccountId.parse(randomUUID());
const newAddress = () => `2001:db8:${hex()}:${hex()}::1`;
const hex = () => Math.floor(Math.random() * 65_536).toString(16);
const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));

describe.skipIf(NO_REDIS)("what is counted before a sale (needs TEST_REDIS_URL)", () => {
  const prefix = newPrefix();
  let clients: RedisClients;
  beforeAll(() => {
    clients = openTestClients();
  });
  afterAll(async () => {
    await dropKeys(clients, prefix);
    await clients.close();
  });

  /** What one more API process counts with. */
  const newProcess = (more: Asking = {}) =>
    makeRedisAdmissionStore({
      redis: clients.commands,
      prefix,
      scale: 1,
      marks: marked(null),
      onAway: () => undefined,
      ...more,
    });
  const someone = (more: Partial<CrowdKeys> = {}): CrowdKeys => ({
    accountId: newAccount(),
    address: newAddress(),
    device: null,
    ...more,
  });
  const asking = (
    name: LimitName | null,
    who: CrowdKeys,
    more: Partial<LimitKeys> = {},
  ): AdmissionQuestion => ({
    limit: name && { name, keys: { account: who.accountId, address: who.address, ...more } },
    accountId: who.accountId,
    scored: who,
  });
  /** What is known of them, by a process that has never heard of them. */
  const countsOf = async (who: CrowdKeys) => {
    const answer = await newProcess().admit(asking(null, who));
    return answer.kind === "counted" ? answer.counts : null;
  };
  const keysOf = (found: readonly string[], kind: string) => found.filter((key) => key.includes(`{${kind}:`));

  test("goes out in one round trip: no script waits for the answer of another", async () => {
    const proxy = await startTcpProxy(redisAddress());
    const slow = openTestClients(undefined, { url: `redis://127.0.0.1:${proxy.port}` });
    await slow.commands.ping();
    const own = `${prefix}one-turn:`;
    const store = makeRedisAdmissionStore({
      redis: slow.commands,
      prefix: own,
      scale: 1,
      marks: marked(null),
      onAway: () => undefined,
    });
    proxy.stall();
    const who = someone({ device: randomUUID() });
    const answer = store.admit(asking("checkout", who, { instrument: randomUUID() })).catch(() => "cut");
    const kinds = async () => {
      const found = await clients.commands.keys(`${own}*`);
      return ["account", "address", "device", "instrument"].filter((kind) => keysOf(found, kind).length > 0);
    };
    // The server has heard all of it, and this process nothing.
    await expect.poll(kinds).toEqual(["account", "address", "device", "instrument"]);
    await slow.close();
    await proxy.close();
    await answer;
  });

  describe("a limit", () => {
    test("takes calls from its purses as the core says, of whatever size they are", async () => {
      const purse = fc.record({ points: fc.integer({ min: 1, max: 6 }), seconds: fc.constant(3_600) });
      await fc.assert(
        fc.asyncProperty(
          purse,
          fc.option(purse),
          fc.integer({ min: 1, max: 15 }),
          async (main, burst, calls) => {
            const bucket = burst ? { ...main, burst } : main;
            const under = countedUnder("account", randomUUID());
            const ask = {
              prefix,
              under,
              limit: { name: "hold", bucket },
              scored: false,
              crowdOf: null,
            } as const;
            let windows: Parameters<typeof takeCall>[1] = [];
            for (let n = 0; n < calls; n++) {
              const { waitMs } = await countCall(clients.commands, ask);
              const told = takeCall(bucket, windows, 0);
              windows = told.windows;
              expect(waitMs > 0).toBe(told.waitMs > 0);
            }
          },
        ),
        { numRuns: 50 },
      );
    });

    test("has room again when its window is over", async () => {
      const under = countedUnder("account", randomUUID());
      const limit = { name: "join", bucket: { points: 1, seconds: 0.05 } } as const;
      const take = async () =>
        (await countCall(clients.commands, { prefix, under, limit, scored: false, crowdOf: null })).waitMs;
      expect(await take()).toBe(0);
      await expect.poll(take, { interval: 5 }).toBeGreaterThan(0);
      await expect.poll(take, { interval: 5 }).toBe(0);
    });

    test("that is over makes the call no sign, whichever key it was", async () => {
      const byAccount = someone();
      for (let n = 0; n < 15; n++) await newProcess().admit(asking("join", byAccount));
      expect(await countsOf(byAccount)).toMatchObject({ callsThisMinute: 10 + 1 });

      const [crowded, byAddress] = [newAddress(), someone()];
      const few = () => newProcess({ scale: 0.01 });
      for (let n = 0; n < 6; n++) await few().admit(asking("join", someone({ address: crowded })));
      const refused = await few().admit(asking("join", { ...byAddress, address: crowded }));
      expect(refused).toMatchObject({ kind: "over", key: "address" });
      expect(await countsOf(byAddress)).toMatchObject({ callsThisMinute: 1 });
    });

    test("of an account, hammered by a thousand calls at once, leaves its neighbours their address", async () => {
      const { accountId, address } = someone();
      const store = newProcess({ scale: 0.1 });
      const at = (who: AccountId) => store.admit(asking("join", someone({ address, accountId: who })));
      const hammered = await Promise.all(times(1_000, () => at(accountId)));
      expect(hammered.filter(({ kind }) => kind === "counted")).toHaveLength(1);
      const neighbours = [];
      for (let n = 0; n < 60; n++)
        neighbours.push(await newProcess({ scale: 0.1 }).admit(asking("join", someone({ address }))));
      expect(neighbours.filter(({ kind }) => kind === "counted")).toHaveLength(59);
    });

    test("is asked about before marks are read, so that no outage of Postgres lets anybody hammer", async () => {
      const silent: MarkStates = { atOnce: () => undefined, of: () => new Promise(() => undefined) };
      const who = someone();
      const hold = () => newProcess({ marks: silent }).admit(asking("verifyStart", who));
      void hold();
      void hold();
      void hold();
      expect(await hold()).toMatchObject({ kind: "over", key: "account" });
    });
  });

  describe("while Redis is away", () => {
    const away = () => {
      // Nobody listens on the discard port.
      const redis = new Redis({
        port: 9,
        lazyConnect: true,
        maxRetriesPerRequest: 0,
        retryStrategy: () => null,
      });
      redis.on("error", () => undefined);
      return redis;
    };

    test("each process counts limits for itself, the account before the address, and nobody is scored", async () => {
      const told: unknown[] = [];
      const store = newProcess({ redis: away(), onAway: (error) => told.push(error) });
      const who = someone();
      for (let n = 0; n < 10; n++)
        expect(await store.admit(asking("join", who))).toEqual({ kind: "counted", mark: null, counts: null });
      expect(told).toHaveLength(10);
      for (let n = 0; n < 700; n++)
        expect(await store.admit(asking("join", who))).toMatchObject({ kind: "over", key: "account" });
      const neighbour = await store.admit(asking("join", someone({ address: who.address })));
      expect(neighbour.kind).toBe("counted");
    });
  });

  describe("signs", () => {
    test("are counted of nobody whom staff marked", async () => {
      const who = someone();
      for (const mark of ["blocked", "cleared"] as const)
        expect(await newProcess({ marks: marked(mark) }).admit(asking("hold", who))).toEqual({
          kind: "counted",
          mark,
          counts: null,
        });
      expect(await countsOf(who)).toMatchObject({ callsThisMinute: 1, accountsAtAddress: 1 });
    });

    test("tell a household to the head and a crowd to a few percent, to every process", async () => {
      const [address, device] = [newAddress(), randomUUID()];
      const seen = new Map<number, number>();
      for (let n = 1; n <= 1_000; n++) {
        const counts = await countsOf(someone({ address, device }));
        expect(counts?.accountsOnDevice).toBe(counts?.accountsAtAddress);
        seen.set(n, counts?.accountsAtAddress ?? 0);
      }
      for (const exact of [1, 2, 10, 32]) expect(seen.get(exact)).toBe(exact);
      for (const about of [33, 100, 1_000]) {
        expect(seen.get(about)).toBeGreaterThanOrEqual(about * 0.95);
        expect(seen.get(about)).toBeLessThanOrEqual(about * 1.05);
      }
    });

    test("count an account in its crowd once, listed or not", async () => {
      const address = newAddress();
      const accounts = times(40, newAccount);
      const listed = [];
      for (const accountId of [...accounts.slice(0, 32), ...accounts.slice(0, 32)])
        listed.push((await countsOf(someone({ address, accountId })))?.accountsAtAddress);
      expect(listed.slice(32)).toEqual(times(32, () => 32));
      for (const accountId of accounts) await countsOf(someone({ address, accountId }));
      const [first] = accounts;
      const known = await countsOf(someone({ address, ...(first ? { accountId: first } : {}) }));
      expect(Math.abs((known?.accountsAtAddress ?? 0) - 40)).toBeLessThanOrEqual(2);
    });

    test("know a fact told again from a new one, and an answered bank from one that was given up", async () => {
      const [store, who, order] = [newProcess(), someone(), randomUUID()];
      for (const _ of [1, 2]) await store.note("hold", who, order);
      expect(await countsOf(who)).toMatchObject({ unboughtHolds: 1, failedPayments: 0 });
      for (const _ of [1, 2]) await store.note("asked", who, order);
      expect(await countsOf(who)).toMatchObject({ failedPayments: 1, failedPaymentsAtAddress: 1 });
      for (const _ of [1, 2]) await store.note("decline", who, order);
      expect(await countsOf(who)).toMatchObject({ failedPayments: 1, failedPaymentsAtAddress: 1 });
      await store.note("asked", who, order);
      await store.note("purchase", who, order);
      expect(await countsOf(who)).toMatchObject({
        unboughtHolds: 0,
        failedPayments: 1,
        failedPaymentsAtAddress: 1,
      });
      for (const _ of [1, 2]) await store.note("decline", who, null);
      expect(await countsOf(who)).toMatchObject({ failedPayments: 3, failedPaymentsAtAddress: 3 });
    });

    test("count each declined try to pay one order, and its answered bank no more", async () => {
      const [store, who, order] = [newProcess(), someone(), randomUUID()];
      await store.note("asked", who, `${order} 1`);
      for (const attempt of [1, 1, 2, 3]) await store.note("decline", who, `${order} ${attempt}`);
      expect(await countsOf(who)).toMatchObject({ failedPayments: 3, failedPaymentsAtAddress: 3 });
    });

    test("count each try of one order that was left at the bank, until it is declined or the order is paid", async () => {
      const [store, who, order, other] = [newProcess(), someone(), randomUUID(), randomUUID()];
      const failed = async () => {
        const counts = await countsOf(who);
        return [counts?.failedPayments, counts?.failedPaymentsAtAddress];
      };
      for (const attempt of [1, 2, 2, 3]) await store.note("asked", who, `${order} ${attempt}`);
      expect(await failed()).toEqual([3, 3]);
      await store.note("decline", who, `${order} 2`);
      // An answer of before the decline that comes after it.
      await store.note("asked", who, `${order} 2`);
      expect(await failed()).toEqual([3, 3]);
      await store.note("asked", who, `${other} 1`);
      await store.note("purchase", who, order);
      expect(await failed()).toEqual([2, 2]);
    });

    test("are forgotten when an account is forgiven; its limits and what was told of it stay", async () => {
      const [store, who, order] = [newProcess(), someone(), randomUUID()];
      for (let n = 0; n < 10; n++) await store.admit(asking("join", who));
      await store.note("decline", who, order);
      await store.forgive(who.accountId);
      await store.note("decline", who, order);
      expect(await countsOf(who)).toMatchObject({ callsThisMinute: 1, failedPayments: 0 });
      expect(await newProcess().admit(asking("join", who))).toMatchObject({ kind: "over", key: "account" });
    });
  });

  test("ends by itself: calls with their window, everything within the hour", async () => {
    const own = `${prefix}ends:`;
    const store = makeRedisAdmissionStore({
      redis: clients.commands,
      prefix: own,
      scale: 1,
      marks: marked(null),
      onAway: () => undefined,
    });
    const address = newAddress();
    for (let n = 0; n < 40; n++) {
      const who = someone({ address, device: randomUUID() });
      await store.admit(asking("join", who));
      await store.note("decline", who, randomUUID());
    }
    const keys = await clients.commands.keys(`${own}*`);
    expect(keys.length).toBeGreaterThan(120);
    for (const key of keys) {
      const maxMs = key.includes("{account:") && key.endsWith(":calls") ? 60_000 : 3_600_000;
      const endsInMs = await clients.commands.pttl(key);
      expect(endsInMs).toBeGreaterThan(0);
      expect(endsInMs).toBeLessThanOrEqual(maxMs);
    }
  });

  test("is kept under hashes: no address and no session stands in a key or a value", async () => {
    const own = `${prefix}hashed:`;
    const store = makeRedisAdmissionStore({
      redis: clients.commands,
      prefix: own,
      scale: 1,
      marks: marked(null),
      onAway: () => undefined,
    });
    const [who, session] = [someone({ address: "198.51.100.77" }), randomUUID()];
    await store.admit(asking("join", who, { session }));
    await store.note("decline", who, randomUUID());
    const keys = await clients.commands.keys(`${own}*`);
    const kept = (await clients.commands.mget(keys)).join(" ") + keys.join(" ");
    expect(keys.length).toBeGreaterThanOrEqual(5);
    for (const text of ["198.51.100.77", session]) expect(kept).not.toContain(text);
  });
});
