import { randomUUID } from "node:crypto";
import type { OrderAnswer } from "@onsale/core/checkout/order-answer";
import type { OrderDraft } from "@onsale/core/order/order-draft";
import { newEventId, planOf, seatsOf } from "@onsale/core/hold/hold-store-harness.contract";
import { must } from "@onsale/core/shared/assert";
import { type EventId, OrderId } from "@onsale/core/shared/ids";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeRedisHarness } from "../testing/harness.ts";
import { NO_REDIS, openTestClients } from "../testing/redis.ts";
import { makeRedisOrderQueue } from "./redis-order-queue.ts";
import { ABANDONED_MS } from "./stream-reader.ts";

describe.skipIf(NO_REDIS)("redis order queue (needs TEST_REDIS_URL)", () => {
  let harness: ReturnType<typeof makeRedisHarness>;
  beforeAll(() => {
    harness = makeRedisHarness();
  });
  afterAll(() => harness.close());

  function openQueue(consumer: string = randomUUID()) {
    const queue = makeRedisOrderQueue(harness.clients, { prefix: harness.prefix, consumer });
    return { ...queue, [Symbol.asyncDispose]: () => queue.close() };
  }
  async function openEvent(seatCount = 100) {
    const eventId = newEventId();
    await harness.open({ eventId, seatCount });
    return eventId;
  }

  /** Holds one seat and claims it, as checkout does; returns the order. */
  async function order(eventId: EventId, seatNo: number, replyTo = "nobody"): Promise<OrderDraft> {
    const plan = planOf({ eventId, items: seatsOf(seatNo) });
    await harness.store.acquire(plan);
    const draft: OrderDraft = {
      orderId: OrderId.parse(randomUUID()),
      eventId,
      accountId: plan.accountId,
      holdId: plan.id,
      idempotencyKey: "k".repeat(16),
      requestHash: "0".repeat(64),
      ticketItems: plan.items,
      items: [
        {
          index: 0,
          seatNo,
          areaNo: null,
          place: { section: "A", row: "1", seat: String(seatNo) },
          ticketType: "adult",
          category: "cat-1",
          faceMinor: 5_000,
        },
      ],
      priceVersion: 1,
      quoteHash: plan.quoteHash,
      currency: "EUR",
      faceMinor: 5_000,
      feeMinor: 0,
      taxAddedMinor: 0,
      totalMinor: 5_000,
      email: "fan@example.org",
      locale: "de-CH",
      maxPerFan: 6,
      windowKey: null,
      payWithinMs: 600_000,
      provider: "test",
      method: "card",
      askedAtMs: 1_700_000_000_000,
      replyTo: { channel: replyTo, name: "test" },
    };
    const { orderId, holdId, accountId, quoteHash } = draft;
    const payload = JSON.stringify(draft);
    const claim = { eventId, holdId, accountId, quoteHash, orderId, payload, queueMax: 1_000 };
    expect((await harness.store.claim(claim)).kind).toBe("queued");
    return draft;
  }
  const read = (queue: ReturnType<typeof openQueue>, eventIds: EventId[], limit = 100) =>
    queue.read({ eventIds, limit, blockMs: 2_000 });
  const idsOf = (batches: Awaited<ReturnType<typeof read>>) =>
    batches.flatMap((batch) => batch.entries.flatMap((one) => one.draft?.orderId ?? []));

  test("orders of an event come in the order of their claims, whole, and leave when acknowledged", async () => {
    await using queue = openQueue();
    const eventId = await openEvent();
    const drafts: OrderDraft[] = [];
    for (let seatNo = 0; seatNo < 30; seatNo += 1) drafts.push(await order(eventId, seatNo));
    expect(await queue.length(eventId)).toBe(30);
    const [batch] = await read(queue, [eventId]);
    expect(batch?.entries.map((one) => one.draft)).toEqual(drafts);
    await queue.acknowledge(eventId, batch?.entries.map((one) => one.entryId) ?? []);
    expect(await queue.length(eventId)).toBe(0);
    expect(await queue.read({ eventIds: [eventId], limit: 10, blockMs: 1 })).toEqual([]);
  });

  test("what was read and not acknowledged is read again first, and nothing newer before it", async () => {
    await using queue = openQueue();
    const eventId = await openEvent();
    const first = await order(eventId, 0);
    const [batch] = await read(queue, [eventId]);
    const second = await order(eventId, 1);
    expect(idsOf(await read(queue, [eventId]))).toEqual([first.orderId]);
    await queue.acknowledge(eventId, [must(batch?.entries[0]?.entryId, "one order")]);
    expect(idsOf(await read(queue, [eventId]))).toEqual([second.orderId]);
  });

  test("the limit is of each event, its orders come in turn and none is left out", async () => {
    await using queue = openQueue();
    const [one, other] = [await openEvent(), await openEvent()];
    const drafts: OrderDraft[] = [];
    for (let seatNo = 0; seatNo < 6; seatNo += 1) drafts.push(await order(seatNo % 2 ? one : other, seatNo));
    const seen: string[] = [];
    while (seen.length < 6) {
      const batches = await read(queue, [one, other], 2);
      const ids = idsOf(batches);
      for (const { entries } of batches) expect(entries.length).toBeLessThanOrEqual(2);
      seen.push(...ids);
      for (const { eventId, entries } of batches) {
        await queue.acknowledge(
          eventId,
          entries.map((entry) => entry.entryId),
        );
      }
    }
    const of = (eventId: EventId) =>
      drafts.filter((draft) => draft.eventId === eventId).map((draft) => draft.orderId);
    for (const eventId of [one, other]) {
      expect(seen.filter((id) => of(eventId).includes(OrderId.parse(id)))).toEqual(of(eventId));
    }
  });

  test("what a dead writer took goes to another one, oldest first; what a live one took does not", async () => {
    const eventId = await openEvent();
    const drafts = [await order(eventId, 0), await order(eventId, 1)];
    await using dead = openQueue("dead");
    await using live = openQueue("live");
    const [batch] = await read(dead, [eventId]);
    const third = await order(eventId, 2);
    expect(idsOf(await read(live, [eventId]))).toEqual([third.orderId]);
    await live.acknowledge(
      eventId,
      (await read(live, [eventId]))[0]?.entries.map((one) => one.entryId) ?? [],
    );

    // The clock of pending entries is the server's: this is what it looks like once the writer has been gone so long.
    const orders = harness.key(eventId, "orders");
    for (const { entryId } of batch?.entries ?? []) {
      await harness.clients.commands.xclaim(orders, "writer", "dead", 0, entryId, "IDLE", ABANDONED_MS + 1);
    }
    await using heir = openQueue("heir");
    expect(idsOf(await read(heir, [eventId]))).toEqual(drafts.map((draft) => draft.orderId));
  });

  test("a writer that restarts under its name finds what it had taken at once", async () => {
    const eventId = await openEvent();
    const draft = await order(eventId, 0);
    const before = openQueue("steady");
    await read(before, [eventId]);
    await before.close();
    await using after = openQueue("steady");
    expect(idsOf(await read(after, [eventId]))).toEqual([draft.orderId]);
  });

  test("an entry nobody can read is moved aside and counted, and the rest go on", async () => {
    await using queue = openQueue();
    const eventId = await openEvent();
    const orders = harness.key(eventId, "orders");
    await harness.clients.commands.xadd(orders, "*", "draft", '{"orderId":"nonsense"}');
    await harness.clients.commands.xadd(orders, "*", "something", "else");
    const draft = await order(eventId, 0);
    expect(idsOf(await read(queue, [eventId]))).toEqual([draft.orderId]);
    expect(await queue.unreadable(eventId)).toBe(2);
    expect(await queue.withUnreadable()).toContain(eventId);
    expect(await queue.length(eventId)).toBe(1);
    const aside = await harness.clients.commands.lrange(harness.key(eventId, "orders:bad"), 0, 0);
    expect(aside[0]).toContain("nonsense");
  });

  test("a queue that lost its streams goes on with the next order", async () => {
    await using queue = openQueue();
    const eventId = await openEvent();
    await queue.read({ eventIds: [eventId], limit: 1, blockMs: 1 });
    await harness.clients.commands.del(harness.key(eventId, "orders"));
    const draft = await order(eventId, 0);
    expect(idsOf(await read(queue, [eventId]))).toEqual([draft.orderId]);
  });

  test("what is asked of an order stands in line with the orders, and is refused where the stream is full", async () => {
    await using queue = openQueue();
    const eventId = await openEvent();
    const { orderId } = await order(eventId, 0);
    const ask = { orderId, want: { kind: "pay", method: "card_two", attempt: 2 }, replyTo: null } as const;
    expect(await queue.ask(eventId, ask, 2)).toEqual({ queueLength: 2 });
    expect(await queue.ask(eventId, ask, 2)).toBeNull();
    const [batch] = await read(queue, [eventId]);
    expect(batch?.entries.map((entry) => entry.ask ?? entry.draft?.orderId)).toEqual([orderId, ask]);
  });

  describe("answers", () => {
    const declined = (attempt: number): OrderAnswer => ({
      progress: { kind: "declined", reason: "no", attempt },
    });
    /** The subscription stands once the server counts one listener. */
    async function listening(queue: ReturnType<typeof openQueue>): Promise<string> {
      const { channel } = queue.await(null, 1).replyTo;
      for (;;) {
        const [, count] = await harness.clients.commands.pubsub("NUMSUB", channel);
        if (Number(count) === 1) return channel;
      }
    }

    test("each process hears its own orders, one message for many", async () => {
      await using one = openQueue();
      await using other = openQueue();
      await Promise.all([listening(one), listening(other)]);
      const waits = Array.from({ length: 50 }, (_, i) => (i % 2 ? one : other).await(null, 5_000));
      await one.answer(waits.map(({ replyTo }, i) => ({ replyTo, answer: declined(i) })));
      expect(await Promise.all(waits.map(({ answer }) => answer))).toEqual(waits.map((_, i) => declined(i)));
    });

    test("an answer to one question is never taken for that of a later one", async () => {
      await using queue = openQueue();
      await listening(queue);
      const late = queue.await(null, 5);
      expect(await late.answer).toBeNull();
      await queue.answer([{ replyTo: late.replyTo, answer: declined(1) }]);
      const next = queue.await(null, 5_000);
      await queue.answer([{ replyTo: next.replyTo, answer: declined(2) }]);
      expect(await next.answer).toEqual(declined(2));
    });

    test("are heard again after the connection that listens was cut, however often", async () => {
      const name = `cut-${randomUUID()}`;
      const clients = openTestClients(5_000, { name });
      const queue = makeRedisOrderQueue(clients, { prefix: `${name}:` });
      const { channel } = queue.await(null, 1).replyTo;
      const { commands } = harness.clients;
      const listener = async () => {
        const all = String(await commands.call("CLIENT", "LIST", "TYPE", "pubsub")).split("\n");
        return all.find((line) => line.includes(` name=${name} `))?.match(/^id=(\d+)/)?.[1] ?? null;
      };
      for (let n = 0; n < 5; n++) {
        await expect.poll(listener).not.toBeNull();
        await commands.call("CLIENT", "KILL", "ID", (await listener()) ?? "");
      }
      await expect.poll(async () => Number((await commands.pubsub("NUMSUB", channel))[1])).toBe(1);
      const again = queue.await(null, 5_000);
      await queue.answer([{ replyTo: again.replyTo, answer: declined(1) }]);
      expect(await again.answer).toEqual(declined(1));
      await queue.close();
      await clients.close();
    });

    test("two calls that wait under one name both hear; one that waits for nothing hears null", async () => {
      await using queue = openQueue();
      await listening(queue);
      const both = [queue.await("order", 5_000), queue.await("order", 5_000)];
      await queue.answer([{ replyTo: both[0]?.replyTo ?? { channel: "", name: "" }, answer: declined(1) }]);
      expect(await Promise.all(both.map(({ answer }) => answer))).toEqual([declined(1), declined(1)]);
      expect(await queue.await("another order", 5).answer).toBeNull();
    });
  });
});
