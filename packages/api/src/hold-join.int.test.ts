import { TESTER } from "@onsale/core/actor/testing/staff";
import { must } from "@onsale/core/shared/assert";
import { type EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, key, seatItems } from "./testing/test-app.ts";

describeApp("several holds of one fan", (app) => {
  /** The event's price list with a fee for the order as a whole, and prices so many times as high. */
  async function publish(eventId: EventId, version: number, { times = 1 } = {}) {
    const list = must(await app().container.priceLists.find(eventId, version), "the event has prices");
    const prices = list.prices.map((price) => ({ ...price, amountMinor: price.amountMinor * times }));
    const perOrder = {
      kind: "fixed",
      key: "order",
      label: "Order fee",
      per: "order",
      amountMinor: 300,
    } as const;
    const fees = [...list.fees.filter(({ key: name }) => name !== "order"), perOrder];
    await app().container.services.events.publishPrices(TESTER, eventId, {
      version,
      list: { ...list, prices, fees },
    });
  }

  test("are one when joined: they cost one order fee, end together and are paid as one order", async () => {
    app().work();
    const eventId = await app().openEvent();
    await publish(eventId, 1);
    const caller = app().as(await app().account());
    const first = await caller.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    const operationId = key();
    const second = await caller.hold.create({ eventId, operationId, items: seatItems(2, 3) });
    const { held, priceChanged } = await caller.hold.join({ eventId });
    expect(priceChanged).toBe(false);
    expect(held).toHaveLength(1);
    const joined = must(held[0], "there is one");
    expect(joined.hold).toMatchObject({
      id: first.hold.id,
      items: seatItems(0, 1, 2, 3),
      expiresAtMs: first.hold.expiresAtMs,
    });
    expect(joined.quote.totalMinor).toBe(first.quote.totalMinor + second.quote.totalMinor - 300);
    expect(await caller.hold.join({ eventId })).toMatchObject({
      held: [{ quote: { hash: joined.quote.hash } }],
    });
    const again = await caller.hold.create({ eventId, operationId, items: seatItems(2, 3) });
    expect(again.hold.id).toBe(first.hold.id);
    const before = { eventId, idempotencyKey: key(), method: "card_ok", quoteHash: second.quote.hash };
    await expect(
      caller.checkout.start({ ...before, holdId: HoldId.parse(second.hold.id) }),
    ).rejects.toMatchObject({ cause: { code: "price.changed" } });
    const paid = await caller.checkout.start({
      eventId,
      holdId: HoldId.parse(joined.hold.id),
      quoteHash: joined.quote.hash,
      idempotencyKey: key(),
      method: "card_ok",
    });
    expect(paid.state).toBe("paid");
    const { order, tickets } = await caller.order.get({ orderId: paid.orderId });
    expect([order.totalMinor, tickets.length]).toEqual([joined.quote.totalMinor, 4]);
    expect(await caller.hold.mine({ eventId })).toEqual([]);
  });

  test("made under two price lists cost what the newer says, and the fan is told", async () => {
    const eventId = await app().openEvent();
    await publish(eventId, 1);
    const caller = app().as(await app().account());
    await caller.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    await publish(eventId, 2, { times: 2 });
    const dear = await caller.hold.create({ eventId, operationId: key(), items: seatItems(2, 3) });
    const { held, priceChanged } = await caller.hold.join({ eventId });
    expect(priceChanged).toBe(true);
    expect(held[0]?.quote.totalMinor).toBe(2 * (dear.quote.totalMinor - 300) + 300);
  });
});
