import { newEventId, newOrderId, planOf, seatsOf } from "@onsale/core/hold/hold-store-harness.contract";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeRedisHarness } from "../testing/harness.ts";
import { NO_REDIS, openTestClients, redisAddress } from "../testing/redis.ts";
import { startTcpProxy, type TcpProxy } from "../testing/tcp-proxy.ts";
import { makeRedisHoldStore } from "./redis-hold-store.ts";

const unavailable = { name: "AppError", code: "service.unavailable" };

describe.skipIf(NO_REDIS)("a reply that is lost (needs TEST_REDIS_URL)", () => {
  let proxy: TcpProxy;
  let direct: ReturnType<typeof makeRedisHarness>;
  beforeAll(async () => {
    proxy = await startTcpProxy(redisAddress());
    direct = makeRedisHarness();
  });
  afterAll(async () => {
    await direct.close();
    await proxy.close();
  });

  async function throughProxy(commandTimeoutMs?: number) {
    const clients = openTestClients(commandTimeoutMs, { url: `redis://127.0.0.1:${proxy.port}` });
    await clients.commands.ping();
    const store = makeRedisHoldStore(clients.commands, { prefix: direct.prefix });
    return { store, [Symbol.asyncDispose]: () => clients.close() };
  }
  async function openEvent() {
    const eventId = newEventId();
    await direct.open({ eventId, seatCount: 10 });
    return eventId;
  }
  /** Changes of the shard since it was opened, which itself is one. */
  const changes = async (eventId: ReturnType<typeof newEventId>) =>
    (await direct.clients.commands.xlen(direct.key(eventId, "deltas"))) - 1;

  test("the hold is taken once, the caller hears 'unavailable', and a retry gets that same hold", async () => {
    await using faulty = await throughProxy();
    const eventId = await openEvent();
    const plan = planOf({ eventId, items: seatsOf(1, 2) });
    proxy.dropNextReply();
    await expect(faulty.store.acquire(plan)).rejects.toMatchObject(unavailable);
    expect(await changes(eventId)).toBe(1);
    expect(await faulty.store.acquire(plan)).toMatchObject({ kind: "acquired", replayed: true });
    expect(await changes(eventId)).toBe(1);
    expect(await direct.store.findByAccount(eventId, plan.accountId)).toHaveLength(1);
  });

  test("the order is queued once", async () => {
    await using faulty = await throughProxy();
    const eventId = await openEvent();
    const plan = planOf({ eventId });
    await direct.store.acquire(plan);
    const { accountId, quoteHash } = plan;
    const claim = {
      eventId,
      holdId: plan.id,
      accountId,
      quoteHash,
      orderId: newOrderId(),
      payload: "{}",
      queueMax: 9,
    };
    proxy.dropNextReply();
    await expect(faulty.store.claim(claim)).rejects.toMatchObject(unavailable);
    expect(await faulty.store.claim(claim)).toEqual({ kind: "queued", replayed: true, queueLength: 1 });
  });

  test("an extension is spent once", async () => {
    await using faulty = await throughProxy();
    const eventId = await openEvent();
    const plan = planOf({ eventId, ttlMs: 60_000 });
    await direct.store.acquire(plan);
    const extend = { eventId, holdId: plan.id, accountId: plan.accountId, ttlMs: 120_000 };
    proxy.dropNextReply();
    await expect(faulty.store.extend(extend)).rejects.toMatchObject(unavailable);
    expect(await faulty.store.extend(extend)).toMatchObject({
      kind: "extended",
      hold: { extensionsLeft: 1 },
    });
  });

  test("a server that goes silent is 'unavailable' within the time-out, and the caller is not kept waiting", async () => {
    const silent = await startTcpProxy(redisAddress());
    const clients = openTestClients(150, { url: `redis://127.0.0.1:${silent.port}` });
    const eventId = await openEvent();
    await clients.commands.ping();
    silent.stall();
    const store = makeRedisHoldStore(clients.commands, { prefix: direct.prefix });
    // Against a timer of this process, which is as late as the answer where the machine has other work.
    const late = new Promise((resolve) => setTimeout(() => resolve("late"), 5_000).unref());
    await expect(Promise.race([store.acquire(planOf({ eventId })), late])).rejects.toMatchObject(unavailable);
    await clients.close();
    await silent.close();
  });

  test("negative control: a client with default settings runs a counting script twice", async () => {
    const key = `${direct.prefix}control`;
    const careless = new Redis(proxy.port, "127.0.0.1");
    await careless.ping();
    proxy.dropNextReply();
    await careless.eval("return redis.call('INCR', KEYS[1])", 1, key);
    careless.disconnect();
    expect(await direct.clients.commands.get(key)).toBe("2");
  });

  test("a server that forgot its scripts is taught them again, unseen", async () => {
    const eventId = await openEvent();
    await direct.store.acquire(planOf({ eventId, items: seatsOf(1) }));
    await direct.clients.commands.script("FLUSH");
    const result = await direct.store.acquire(planOf({ eventId, items: seatsOf(2) }));
    expect(result.kind).toBe("acquired");
  });
});
