import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { draftOf } from "@onsale/core/event/event";
import { EventId, IdempotencyKey, LayoutId } from "@onsale/core/shared/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeInventoryFeed } from "./live/inventory-feed.ts";
import { serveApp } from "./testing/serve-app.ts";
import { describeApp, gridLayout, key, seatItems } from "./testing/test-app.ts";

/** What staff wrote of an event, without what the store added. */
const appCode = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code;
const refusalOf = (call: Promise<unknown>) => call.then(() => "answered", appCode);

describeApp("the name of an event", (app) => {
  let server: Awaited<ReturnType<typeof serveApp>>;
  beforeAll(async () => {
    server = await serveApp(app().container);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** As a careless or a hostile client writes it. */
  const shouted = (eventId: EventId) => eventId.toUpperCase() as EventId;
  async function keysOf(eventId: string): Promise<string[]> {
    const { redis, config } = app().container;
    const all = await redis.commands.keys(`${config.redisKeyPrefix}*`);
    return all.filter((name) => name.toLowerCase().includes(eventId.toLowerCase()));
  }
  const stock = (eventId: string) => fetch(`${server.url}/api/events/${eventId}/stock`);

  /** The status of a live map's first answer, which is then let go. */
  function follow(eventId: string): Promise<number> {
    const input = encodeURIComponent(JSON.stringify({ eventId }));
    return new Promise((resolve, reject) => {
      const req = request(
        `${server.url}/api/trpc/inventory.deltas?input=${input}`,
        { headers: { accept: "text/event-stream" } },
        (res) => {
          resolve(res.statusCode ?? 0);
          res.on("error", () => undefined);
          req.destroy();
        },
      );
      req.on("error", reject).end();
    });
  }

  async function draft(): Promise<EventId> {
    const { container } = app();
    const eventId = await app().openEvent();
    const event = await container.services.events.require(eventId);
    const copy = { ...draftOf(event), slug: `draft-${randomUUID().slice(0, 8)}` };
    const created = EventId.parse(
      (await container.services.events.create(TESTER, event.organizationId, copy)).id,
    );
    const prices = await container.priceLists.find(eventId, event.priceVersion);
    if (!prices) throw new Error("the event that was copied has prices");
    await container.services.events.publishPrices(TESTER, created, { version: 0, list: prices });
    return created;
  }

  test("is one in any case: one feed, one shard, one budget of guesses", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    const fan = app().as(await app().account());
    const operationId = IdempotencyKey.parse(key());
    const first = await fan.hold.create({ eventId, operationId, items: seatItems(0, 1) });
    const again = await fan.hold.create({ eventId: shouted(eventId), operationId, items: seatItems(0, 1) });
    expect(again.hold.id).toBe(first.hold.id);
    expect(await fan.hold.mine({ eventId: shouted(eventId) })).toHaveLength(1);
    for (const name of [eventId, shouted(eventId)]) {
      expect((await stock(name)).status).toBe(200);
      expect(await follow(name)).toBe(200);
      expect(await refusalOf(fan.access.redeem({ eventId: name as EventId, code: "ABCDEFGHJK" }))).toBe(
        "access.code_refused",
      );
    }
    expect(container.feed.openEvents().filter((id) => id.toLowerCase() === eventId)).toEqual([eventId]);
    expect((await keysOf(eventId)).filter((name) => !name.includes(eventId))).toEqual([]);
  });

  test("that nobody has is not found, at every door, and nothing is rebuilt for it", async () => {
    const eventId = EventId.parse(randomUUID());
    const fan = app().as(await app().account());
    const organizer = app().as(await app().member());
    const holdId = randomUUID() as never;
    const one = { eventId, holdId };
    const items = seatItems(0);
    const calls: Record<string, () => Promise<unknown>> = {
      "hold.create": () => fan.hold.create({ eventId, operationId: key(), items }),
      "hold.bestAvailable": () =>
        fan.hold.bestAvailable({ eventId, operationId: key(), quantity: 1, ticketType: "adult" }),
      "hold.mine": () => fan.hold.mine({ eventId }),
      "hold.reprice": () => fan.hold.reprice({ ...one, items }),
      "hold.extend": () => fan.hold.extend(one),
      "hold.release": () => fan.hold.release(one),
      "access.redeem": () => fan.access.redeem({ eventId, code: "ABCDEFGHJK" }),
      "access.mine": () => fan.access.mine({ eventId }),
      "waitlist.join": () =>
        fan.waitlist.join({
          eventId,
          wishes: { quantity: 1, ticketType: "adult" },
        }),
      "admin.events.sales": () => organizer.admin.events.sales({ eventId }),
      "admin.events.setBlocked": () =>
        organizer.admin.events.setBlocked({ eventId, seatNos: [1], blocked: true, reason: "test" }),
    };
    for (const [name, call] of Object.entries(calls))
      expect.soft({ name, code: await refusalOf(call()) }).toMatchObject({ name, code: "event.not_found" });
    expect((await stock(eventId)).status).toBe(404);
    expect(await follow(eventId)).toBe(404);
    expect((await keysOf(eventId)).filter((name) => name.includes("sh:{"))).toEqual([]);
    expect(app().container.feed.openEvents()).not.toContain(eventId);
  });

  test("that is a draft's opens no stock, and builds no shard", async () => {
    const eventId = await draft();
    expect((await stock(eventId)).status).toBe(404);
    expect(await follow(eventId)).toBe(404);
    const fan = app().as(await app().account());
    expect(await refusalOf(fan.hold.release({ eventId, holdId: randomUUID() as never }))).toBe(
      "event.not_found",
    );
    await expect(app().container.feed.encoded(eventId)).rejects.toMatchObject({ code: "event.not_found" });
    const organizer = app().as(await app().member());
    expect(await organizer.admin.events.sales({ eventId })).toMatchObject({ held: 0, sold: 0 });
    expect((await keysOf(eventId)).filter((name) => name.includes("sh:{"))).toEqual([]);
  });

  test("that was published, taken back and given another layout has the stock of that layout", async () => {
    const { services, inventoryFacts, feed } = app().container;
    const eventId = await draft();
    await services.events.move(TESTER, { idOrSlug: eventId, to: "published" });
    expect(await feed.seatsOf(eventId)).toHaveLength(30);
    await services.events.move(TESTER, { idOrSlug: eventId, to: "draft" });
    expect((await stock(eventId)).status).toBe(404);
    const event = await services.events.require(eventId);
    const layout = await services.layouts.save(TESTER, gridLayout({ rows: 2, seats: 4, standing: 20 }), {
      organizationId: event.organizationId,
      venueId: event.venueId,
    });
    await app().changeEvent(eventId, { layoutId: LayoutId.parse(layout.id) });
    await services.events.move(TESTER, { idOrSlug: eventId, to: "published" });
    expect(await inventoryFacts.read(eventId)).toMatchObject({ seatCount: 8 });
    await expect.poll(async () => (await feed.seatsOf(eventId)).length, { timeout: 20_000 }).toBe(8);
  });

  test("that is over keeps its shard for a day at most, also when somebody looks at it again", async () => {
    const { services, redis, inventory } = app().container;
    const eventId = await app().openEvent();
    const timesLeft = async () => {
      const shard = (await keysOf(eventId)).filter(
        (name) => name.includes("sh:{") && !name.endsWith(":orders"),
      );
      return Promise.all(shard.map((name) => redis.commands.pttl(name)));
    };
    expect(Math.max(...(await timesLeft()))).toBe(-1);
    await services.events.move(TESTER, { idOrSlug: eventId, to: "ended" });
    const left = await timesLeft();
    expect(left.length).toBeGreaterThan(0);
    for (const ms of left) expect([ms > 0, ms <= 86_400_000]).toEqual([true, true]);
    await app().forgetRedis(eventId);
    await services.events.rebuild(eventId, null);
    expect(await inventory.epoch(eventId)).not.toBeNull();
    for (const ms of await timesLeft()) expect([ms > 0, ms <= 86_400_000]).toEqual([true, true]);
  });

  test("keeps a feed open only while somebody listens or asks, and not more seats than there is room for", async () => {
    const { container } = app();
    let nowMs = 1_000_000;
    const feed = makeInventoryFeed({
      inventory: container.inventory,
      rebuild: async () => undefined,
      clock: { nowMs: () => nowMs },
      seatsKeptMax: 100,
    });
    const [asked, heard] = [await app().openEvent(), await app().openEvent()];
    await feed.seatsOf(asked);
    const stop = await feed.listen(heard, () => undefined);
    nowMs += 59_000;
    await feed.seatsOf(asked);
    nowMs += 59_000;
    feed.closeIdle();
    expect(feed.openEvents()).toEqual([heard, asked]);
    nowMs += 1_000;
    feed.closeIdle();
    expect(feed.openEvents()).toEqual([heard]);
    stop();
    feed.closeIdle();
    expect(feed.openEvents()).toEqual([]);

    const more: EventId[] = [];
    while (more.length < 6) more.push(await app().openEvent());
    const kept = await feed.listen(more[0] ?? asked, () => undefined);
    for (const eventId of more) await feed.seatsOf(eventId);
    // Thirty seats each: three of them, the one that is listened to and those asked for last.
    expect(feed.openEvents()).toEqual([more[0], more[4], more[5]]);
    kept();
    await feed.close();
    expect(feed.openEvents()).toEqual([]);
  });
});
