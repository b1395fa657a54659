import { TESTER } from "@onsale/core/actor/testing/staff";
import { canonicalEmail } from "@onsale/core/account/email";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import { EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, type TestApp, key, seatItems } from "./testing/test-app.ts";

const appCode = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code;
const codeOf = (promise: Promise<unknown>) => promise.then(() => "ok", appCode);

describeApp("a sale from hold to ticket", (app) => {
  async function holdAs(caller: ReturnType<TestApp["as"]>, eventId: EventId, ...seatNos: number[]) {
    return caller.hold.create({ eventId, operationId: key(), items: seatItems(...seatNos) });
  }
  async function pay(
    caller: ReturnType<TestApp["as"]>,
    held: Awaited<ReturnType<typeof holdAs>>,
    { method = "card_ok", idempotencyKey = key() } = {},
  ) {
    return caller.checkout.start({
      eventId: EventId.parse(held.hold.eventId),
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey,
      method,
      locale: "DE-ch",
    });
  }
  const stateOf = async (eventId: EventId, seatNo: number) =>
    (await app().container.inventory.snapshot(eventId))?.seats[seatNo];

  test("the worker writes orders while the tests run", () => {
    app().work();
    expect(app().container.config.redisKeyPrefix).not.toBe("");
  });

  test("two seats and a standing place become a paid order with three signed tickets", async () => {
    const eventId = await app().openEvent();
    const fan = await app().account();
    const caller = app().as(fan);
    const held = await caller.hold.create({
      eventId,
      operationId: key(),
      items: { ...seatItems(0, 1), areas: [{ areaNo: 0, ticketType: "adult", quantity: 1 }] },
    });
    expect(held.quote.totalMinor).toBe(5000 + 5000 + 3000 + 3 * 250);
    const { orderId, state } = await pay(caller, held);
    expect(state).toBe("paid");
    const { order, tickets } = await caller.order.get({ orderId: orderId as never });
    expect(order).toMatchObject({
      state: "paid",
      totalMinor: held.quote.totalMinor,
      payment: { state: "captured" },
    });
    expect((await app().container.orders.find(orderId))?.order.locale).toBe("de-CH");
    expect(tickets).toHaveLength(3);
    expect(new Set(tickets.map((ticket) => ticket.code)).size).toBe(3);
    expect(tickets.every((ticket) => ticket.code.startsWith("ONS1."))).toBe(true);
    expect(await stateOf(eventId, 0)).toBe(SEAT_STATE.sold);
    expect((await app().container.inventory.snapshot(eventId))?.areas[0]).toMatchObject({
      sold: 1,
      claimed: 0,
      held: 0,
    });
  });

  test.each(["jürgen@fans.example", "o'neill!#$%&*+/=?^_`{|}~-@fans.example"])(
    "whoever may have an account may buy: %s",
    async (address) => {
      const { accounts } = app().container;
      const email = canonicalEmail(address);
      expect(email).toBe(address);
      const account = await accounts.create({ email: address, name: "Fan", passwordHash: null, role: "fan" });
      const caller = app().as(account);
      const held = await holdAs(caller, await app().openEvent(), 0);
      expect(await pay(caller, held)).toMatchObject({ state: "paid" });
    },
  );

  test("a declined card charges nothing and keeps the seats, to be paid another way or given back", async () => {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const declined = { state: "declined", reason: "card_declined" };
    const answer = await pay(caller, await holdAs(caller, eventId, 0, 1), { method: "card_declined" });
    expect(answer).toMatchObject({ ...declined, attempt: 1 });
    const { orderId } = answer;
    expect(await stateOf(eventId, 0)).toBe(SEAT_STATE.claimed);
    expect(await caller.checkout.pay({ orderId, method: "card_declined", after: 1 })).toMatchObject({
      ...declined,
      attempt: 2,
    });
    const both = [1, 2].map(() => caller.checkout.pay({ orderId, method: "card_ok", after: 2 }));
    expect((await Promise.all(both)).map(({ state }) => state)).toEqual(["paid", "paid"]);
    expect(await stateOf(eventId, 0)).toBe(SEAT_STATE.sold);
    const { sql } = app().container.database;
    const attempts =
      await sql`select attempt, state from payment where order_id = ${orderId} order by attempt`;
    expect(attempts.map(({ attempt, state }) => `${attempt} ${state}`)).toEqual([
      "1 declined",
      "2 declined",
      "3 captured",
    ]);
    const other = await pay(caller, await holdAs(caller, eventId, 4, 5), { method: "card_declined" });
    expect(await caller.checkout.cancel({ orderId: other.orderId })).toMatchObject({ state: "over" });
    const left = await pay(caller, await holdAs(caller, eventId, 4, 5), { method: "card_3ds" });
    expect(await caller.checkout.cancel({ orderId: left.orderId })).toMatchObject({
      state: "over",
      reason: "released",
    });
    expect(await stateOf(eventId, 4)).toBe(SEAT_STATE.free);
  });

  test("a fan who left the bank's page pays another way, and the first attempt is void before the second is made", async () => {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const { orderId, actionUrl } = await pay(caller, await holdAs(caller, eventId, 0, 1), {
      method: "card_3ds",
    });
    expect(await caller.checkout.pay({ orderId, method: "card_ok", after: 1 })).toMatchObject({
      state: "paid",
    });
    const left = actionUrl?.split("/").at(-1) ?? "";
    expect((await app().container.sandboxBook.find(left))?.state).toBe("voided");
  });

  test("an order of somebody else is not there to be paid", async () => {
    const eventId = await app().openEvent();
    const owner = app().as(await app().account());
    const { orderId } = await pay(owner, await holdAs(owner, eventId, 0, 1), { method: "card_declined" });
    const other = app().as(await app().account());
    expect(await codeOf(other.checkout.pay({ orderId, method: "card_ok", after: 1 }))).toBe(
      "order.not_found",
    );
  });

  test("a 3-D Secure payment is finished by the confirmation, once, however often its webhook comes", async () => {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const held = await holdAs(caller, eventId, 4, 5);
    const { orderId, state, actionUrl } = await pay(caller, held, { method: "card_3ds" });
    expect(state).toBe("requires_action");
    const ref = actionUrl?.split("/").at(-1) ?? "";
    await app().container.sandboxConfirm.answer(ref, true);
    const again = await Promise.all(
      Array.from({ length: 8 }, () => caller.checkout.refresh({ orderId: orderId as never })),
    );
    expect(again.every((answer) => answer.state === "paid" || answer.state === "pending")).toBe(true);
    const { order, tickets } = await caller.order.get({ orderId: orderId as never });
    expect(order.state).toBe("paid");
    expect(tickets).toHaveLength(2);
  });

  test.for(["card_late_webhook", "card_duplicate_webhook"])(
    "a bank that answers by itself (%s) sends nobody to a page that asks for an approval",
    async (method) => {
      const eventId = await app().openEvent();
      const caller = app().as(await app().account());
      const held = await holdAs(caller, eventId, 6, 7);
      const { orderId, state, actionUrl } = await pay(caller, held, { method });
      expect({ state, actionUrl }).toEqual({ state: "pending", actionUrl: null });
      await expect
        .poll(async () => (await caller.order.get({ orderId: orderId as never })).order.state, {
          timeout: 20_000,
          interval: 200,
        })
        .toBe("paid");
    },
  );

  test("a bank that does not answer charges once: the worker finds the payment and finishes the order", async () => {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const held = await holdAs(caller, eventId, 6, 7);
    const { orderId, state } = await pay(caller, held, { method: "card_stall" });
    expect(state).toBe("pending");
    await expect
      .poll(async () => (await caller.order.get({ orderId: orderId as never })).order.state, {
        timeout: 20_000,
        interval: 200,
      })
      .toBe("paid");
  });

  test("the same checkout sent ten times at once is one order and one payment", async () => {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const held = await holdAs(caller, eventId, 0, 1);
    const idempotencyKey = key();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => pay(caller, held, { idempotencyKey })),
    );
    expect(new Set(answers.map((answer) => answer.orderId)).size).toBe(1);
    expect((await caller.order.mine()).total).toBe(1);
    expect((await caller.ticket.mine()).total).toBe(2);
  });

  test("a key sent again for another request is refused (mutant M7)", async () => {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const first = await holdAs(caller, eventId, 0, 1);
    const second = await holdAs(caller, eventId, 4, 5);
    const idempotencyKey = key();
    await pay(caller, first, { idempotencyKey });
    expect(await codeOf(pay(caller, second, { idempotencyKey }))).toBe("checkout.key_reused");
  });

  test("nobody pays for, changes, releases or reads what belongs to another fan", async () => {
    const eventId = await app().openEvent();
    const owner = app().as(await app().account());
    const stranger = app().as(await app().account());
    const held = await holdAs(owner, eventId, 0, 1);
    const own = { eventId, holdId: HoldId.parse(held.hold.id) };
    expect(await codeOf(pay(stranger, held))).toBe("hold.expired");
    expect(await codeOf(stranger.hold.release(own))).toBe("hold.not_found");
    expect(await codeOf(stranger.hold.extend(own))).toBe("hold.not_found");
    expect(await codeOf(stranger.hold.reprice({ ...own, items: seatItems(0, 1) }))).toBe("hold.not_found");
    const { orderId } = await pay(owner, held);
    expect(await codeOf(stranger.order.get({ orderId: orderId as never }))).toBe("order.not_found");
    expect(await codeOf(stranger.checkout.cancel({ orderId: orderId as never }))).toBe("order.not_found");
    const [ticket] = (await owner.ticket.mine()).items;
    expect(await codeOf(stranger.ticket.get({ ticketId: ticket?.id as never }))).toBe("ticket.not_found");
  });

  test("the price locked at the hold is charged, whatever is published afterwards (I22)", async () => {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const held = await holdAs(caller, eventId, 0, 1);
    const list = await app().container.priceLists.find(eventId, 1);
    if (!list) throw new Error("the event has prices");
    const dearer = {
      ...list,
      prices: list.prices.map((price) => ({ ...price, amountMinor: price.amountMinor * 2 })),
    };
    await app().container.services.events.publishPrices(TESTER, eventId, { version: 1, list: dearer });
    expect(
      await codeOf(
        caller.checkout.start({
          eventId,
          holdId: HoldId.parse(held.hold.id),
          quoteHash: "0".repeat(64),
          idempotencyKey: key(),
          method: "card_ok",
        }),
      ),
    ).toBe("price.changed");
    const { orderId } = await pay(caller, held);
    expect((await caller.order.get({ orderId: orderId as never })).order.totalMinor).toBe(2 * 5000 + 2 * 250);
  });

  test("the limit counts what is held and what is bought", async () => {
    const eventId = await app().openEvent({ maxPerFan: 4 });
    const caller = app().as(await app().account());
    await pay(caller, await holdAs(caller, eventId, 0, 1));
    await holdAs(caller, eventId, 2, 3);
    const refusal = await caller.hold
      .create({ eventId, operationId: key(), items: seatItems(4, 5) })
      .catch((error: unknown) => error);
    expect(appCode(refusal)).toBe("hold.limit");
  });

  test("a hold that ran out cannot be paid, and nothing is charged", async () => {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const held = await holdAs(caller, eventId, 0, 1);
    await caller.hold.release({ eventId, holdId: HoldId.parse(held.hold.id) });
    expect(await codeOf(pay(caller, held))).toBe("hold.expired");
    expect(await caller.order.mine()).toEqual({ items: [], total: 0, next: null });
  });

  test("after Redis lost a shard, what was sold stays sold and the rest can be bought", async () => {
    const eventId = await app().openEvent({ rows: 1, seats: 6, standing: 0 });
    const caller = app().as(await app().account());
    await pay(caller, await holdAs(caller, eventId, 0, 1));
    const { container } = app();
    const keys = await container.redis.commands.keys(`${container.config.redisKeyPrefix}*${eventId}*`);
    await container.redis.commands.del(...keys);
    const other = app().as(await app().account());
    await expect.poll(() => codeOf(holdAs(other, eventId, 2, 3)), { timeout: 10_000 }).toBe("ok");
    expect(await codeOf(holdAs(other, eventId, 0, 1))).not.toBe("ok");
    expect((await container.services.reconcile.run({ eventId, fix: false })).drift).toEqual([]);
  });

  test("an event that sold out says so, and every invariant still holds", async () => {
    const eventId = await app().openEvent({ rows: 1, seats: 4, standing: 0 });
    const caller = app().as(await app().account());
    await pay(caller, await holdAs(caller, eventId, 0, 1, 2, 3));
    const { container } = app();
    await expect
      .poll(async () => (await container.events.findEvent(eventId))?.state, { timeout: 10_000 })
      .toBe("sold_out");
    const { invariants, drift } = await container.services.reconcile.run({ eventId: null, fix: false });
    expect(invariants.filter((check) => check.violations > 0)).toEqual([]);
    expect(drift).toEqual([]);
  });
});
