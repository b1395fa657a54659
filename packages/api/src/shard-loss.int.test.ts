import { TESTER } from "@onsale/core/actor/testing/staff";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import { EventId, HoldId, OrderId } from "@onsale/core/shared/ids";
import { must } from "@onsale/core/shared/assert";
import { shardKey } from "@onsale/redis/shard";
import { expect, test } from "vitest";
import { describeApp, type TestApp, key, seatItems } from "./testing/test-app.ts";

describeApp("a shard that lost something", (app) => {
  type Caller = ReturnType<TestApp["as"]>;
  type Held = Awaited<ReturnType<Caller["hold"]["create"]>>;
  const hold = (caller: Caller, eventId: EventId, ...seatNos: number[]) =>
    caller.hold.create({ eventId, operationId: key(), items: seatItems(...seatNos) });
  const pay = (caller: Caller, held: Held, { method = "card_ok", idempotencyKey = key() } = {}) =>
    caller.checkout.start({
      eventId: EventId.parse(held.hold.eventId),
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey,
      method,
    });
  const stateOf = async (eventId: EventId, seatNo: number) =>
    (await app().container.inventory.snapshot(eventId))?.seats[seatNo];

  async function loseShard(eventId: EventId) {
    const { container } = app();
    const keys = await container.redis.commands.keys(`${container.config.redisKeyPrefix}*${eventId}*`);
    await container.redis.commands.del(...keys);
    await expect.poll(() => container.inventory.epoch(eventId), { timeout: 10_000 }).not.toBeNull();
  }

  test("a checkout sent again goes on with its order, and the fan's hold opens", async () => {
    app().work();
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const held = await hold(caller, eventId, 0, 1);
    const attempt = { method: "card_3ds", idempotencyKey: key() };
    const first = await pay(caller, held, attempt);
    expect(first.state).toBe("requires_action");
    await loseShard(eventId);
    expect(await stateOf(eventId, 0)).toBe(SEAT_STATE.claimed);
    expect(await pay(caller, held, attempt)).toEqual(first);
    expect(await caller.hold.mine({ eventId })).toEqual([]);
    // Another attempt, as from a second tab, is answered with the order that stands.
    expect(await pay(caller, held)).toEqual(first);
    await caller.checkout.cancel({ orderId: OrderId.parse(first.orderId) });
    expect(await stateOf(eventId, 0)).toBe(SEAT_STATE.free);
  });

  test("seats, standing places and the fan's limit come back when an order of before is given up", async () => {
    const eventId = await app().openEvent({ maxPerFan: 6, standing: 4 });
    const caller = app().as(await app().account());
    const items = { ...seatItems(0, 1), areas: [{ areaNo: 0, ticketType: "adult", quantity: 4 }] };
    const held = await caller.hold.create({ eventId, operationId: key(), items });
    const { orderId } = await pay(caller, held, { method: "card_3ds" });
    await loseShard(eventId);
    expect((await app().container.inventory.snapshot(eventId))?.areas[0]).toMatchObject({ claimed: 4 });
    await caller.checkout.cancel({ orderId: OrderId.parse(orderId) });
    expect((await app().container.inventory.snapshot(eventId))?.areas[0]).toMatchObject({
      claimed: 0,
      sold: 0,
    });
    const again = await caller.hold.create({ eventId, operationId: key(), items });
    expect((await pay(caller, again)).state).toBe("paid");
  });

  test("a shard that was not told how orders ended learns it from the worker", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const given = await pay(caller, await hold(caller, eventId, 0, 1), { method: "card_3ds" });
    const waiting = await pay(caller, await hold(caller, eventId, 4, 5), { method: "card_3ds" });
    await container.orders.endOrders({ orderIds: [given.orderId], to: "cancelled", reason: "expired" });
    expect(await stateOf(eventId, 0)).toBe(SEAT_STATE.claimed);
    const { drift } = await container.services.reconcile.run({ eventId, fix: false });
    expect(drift.map(({ kind }) => kind)).toEqual(["claim_forgotten"]);
    await expect.poll(() => stateOf(eventId, 0), { timeout: 30_000 }).toBe(SEAT_STATE.free);
    expect(await stateOf(eventId, 4)).toBe(SEAT_STATE.claimed);
    await caller.checkout.cancel({ orderId: OrderId.parse(waiting.orderId) });
    expect((await container.services.reconcile.run({ eventId, fix: false })).drift).toEqual([]);
  });

  test("a shard that was not told of a sale learns it from the worker", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const { orderId, actionUrl } = await pay(caller, await hold(caller, eventId, 0, 1), {
      method: "card_3ds",
    });
    const ref = actionUrl?.split("/").at(-1) ?? "";
    const approved = await container.sandboxConfirm.answer(ref, true);
    if (!approved) throw new Error("the sandbox knows its own payment");
    await container.orders.settlePayments([{ orderId, paid: { attempt: 1, answer: approved.payment } }]);
    await expect.poll(() => stateOf(eventId, 0), { timeout: 30_000 }).toBe(SEAT_STATE.sold);
  });
});

describeApp("a shard with marks that nobody made", (app) => {
  const { held, claimed, blocked, sold, free } = SEAT_STATE;
  const overwrite = (eventId: EventId, marks: Readonly<Record<number, number>>) => {
    const { container } = app();
    const seats = shardKey({ prefix: container.config.redisKeyPrefix }, eventId, "seats");
    return Promise.all(
      Object.entries(marks).map(([seatNo, byte]) =>
        container.redis.commands.setrange(seats, Number(seatNo), Buffer.of(byte)),
      ),
    );
  };
  const snapshot = async (eventId: EventId) =>
    must(await app().container.inventory.snapshot(eventId), "open");
  const seatsOf = async (eventId: EventId) => Array.from((await snapshot(eventId)).seats.subarray(0, 8));

  /** Seats 0 and 1 in a hold, 2 blocked, two standing places held; then marks of nobody on 3 to 6 and the area. */
  async function wronged() {
    const { container } = app();
    const eventId = await app().openEvent({ standing: 9 });
    await container.services.events.setBlocked(TESTER, {
      eventId,
      seatNos: [2],
      blocked: true,
      reason: "camera",
    });
    const items = { ...seatItems(0, 1), areas: [{ areaNo: 0, ticketType: "adult", quantity: 2 }] };
    await app()
      .as(await app().account())
      .hold.create({ eventId, operationId: key(), items });
    await overwrite(eventId, { 0: free, 2: sold, 3: held, 4: claimed, 5: blocked, 6: 250 });
    const areas = shardKey({ prefix: container.config.redisKeyPrefix }, eventId, "areas");
    await container.redis.commands.hset(areas, "0", "9|5|1|0");
    return eventId;
  }
  const right = [held, held, blocked, free, free, free, free, free];

  test("is named place by place, and --fix mends each and says so", async () => {
    const eventId = await wronged();
    const { reconcile } = app().container.services;
    const { drift } = await reconcile.run({ eventId, fix: true });
    expect(drift.map(({ kind, fixed }) => [kind, fixed])).toEqual([
      ["hold_overwritten", true],
      ["should_be_blocked", true],
      ["lost_for_sale", true],
      ["lost_for_sale", true],
      ["lost_for_sale", true],
      ["lost_for_sale", true],
      ["area_counts", true],
    ]);
    expect(await seatsOf(eventId)).toEqual(right);
    expect((await snapshot(eventId)).areas).toMatchObject([{ held: 2, claimed: 0, sold: 0 }]);
    expect((await reconcile.run({ eventId, fix: false })).drift).toEqual([]);
  });

  test("is mended by the worker, also while another fan holds and releases seats", async () => {
    const eventId = await wronged();
    app().work();
    const fan = app().as(await app().account());
    await expect
      .poll(
        async () => {
          const items = seatItems(7);
          const { hold } = await fan.hold.create({ eventId, operationId: key(), items });
          const seats = await seatsOf(eventId);
          await fan.hold.release({ eventId, holdId: HoldId.parse(hold.id) });
          return seats;
        },
        { timeout: 30_000, interval: 500 },
      )
      .toEqual([...right.slice(0, 7), held]);
  });

  test.each(["--fix", "the worker"])(
    "%s counts a wrong counter anew before Redis learns from it",
    async (by) => {
      const { container, owner } = app();
      const eventId = await app().openEvent({ standing: 9 });
      await owner.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`update ga_pool set sold = 7 where event_id = ${eventId}`;
      });
      const { reconcile } = container.services;
      if (by === "--fix") await reconcile.run({ eventId, fix: true });
      else await reconcile.heal(eventId);
      const [said] = await owner`
      select actor, detail from audit where chain = ${eventId} and action = 'stock.recounted'`;
      expect(said).toEqual({
        actor: by === "--fix" ? "system:ticketctl" : "system:worker",
        detail: { changed: [{ counter: "area_sold", of: "0", before: 7, after: 0 }] },
      });
      expect((await snapshot(eventId)).areas).toMatchObject([{ held: 0, claimed: 0, sold: 0 }]);
      const { drift, invariants } = await reconcile.run({ eventId, fix: false });
      expect(drift).toEqual([]);
      expect(invariants.filter(({ violations }) => violations > 0)).toEqual([]);
    },
  );

  test("an area that the shard has not got is not said to be mended", async () => {
    const { container } = app();
    const eventId = await app().openEvent({ standing: 9 });
    await container.redis.commands.hdel(
      shardKey({ prefix: container.config.redisKeyPrefix }, eventId, "areas"),
      "0",
    );
    const { drift } = await container.services.reconcile.run({ eventId, fix: true });
    expect(drift).toMatchObject([{ kind: "area_counts", details: { shard: null }, fixed: false }]);
  });
});

/** No worker runs here, so nobody rebuilds the shard. */
describeApp("a lost shard and nobody to mend it", (app) => {
  test("is drift while the event is live, and nothing to speak of once it ended", async () => {
    const eventId = await app().openEvent();
    const { container } = app();
    const lose = async () => {
      const keys = await container.redis.commands.keys(`${container.config.redisKeyPrefix}*${eventId}*`);
      if (keys.length > 0) await container.redis.commands.del(...keys);
    };
    await lose();
    const kinds = async () =>
      (await container.services.reconcile.run({ eventId, fix: false })).drift.map(({ kind }) => kind);
    expect(await kinds()).toEqual(["epoch_missing"]);
    await container.services.events.move(TESTER, { idOrSlug: eventId, to: "ended" });
    await lose();
    expect(await kinds()).toEqual([]);
  });

  test("seats of an order that ended come back in a sale so busy that its stream is never empty", async () => {
    const { container } = app();
    const { queue, inventory } = container;
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const held = await caller.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    const paying = caller.checkout.start({
      eventId,
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_3ds",
    });
    await app().writeOrders(eventId);
    const orderId = OrderId.parse((await paying).orderId);
    await container.orders.endOrders({ orderIds: [orderId], to: "cancelled", reason: "expired" });
    const ask = () => queue.ask(eventId, { orderId, want: { kind: "go_on" }, replyTo: null }, 1_000);
    const over = new AbortController();
    await ask();
    const sale = (async () => {
      while (!over.signal.aborted) {
        const batches = await queue.read({ eventIds: [eventId], limit: 100, blockMs: 100 });
        await ask();
        for (const { entries } of batches)
          await queue.acknowledge(
            eventId,
            entries.map(({ entryId }) => entryId),
          );
      }
    })();
    const isHealed = await container.services.reconcile.heal(eventId);
    over.abort();
    await sale;
    expect(await queue.length(eventId)).toBeGreaterThan(0);
    expect(isHealed).toBe(true);
    expect((await inventory.snapshot(eventId))?.seats[0]).toBe(SEAT_STATE.free);
  });

  test("a claim whose order still waits in the stream is left alone", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const held = await caller.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    const paying = caller.checkout.start({
      eventId,
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_ok",
    });
    await expect.poll(() => container.queue.length(eventId)).toBe(1);
    expect(await container.services.reconcile.heal(eventId)).toBe(false);
    expect((await container.inventory.snapshot(eventId))?.seats[0]).toBe(SEAT_STATE.claimed);
    await app().writeOrders(eventId);
    expect((await paying).state).toBe("paid");
  });
});
