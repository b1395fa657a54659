import { EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, type TestApp, key, seatItems } from "./testing/test-app.ts";

type Caller = ReturnType<TestApp["as"]>;
type Held = Awaited<ReturnType<Caller["hold"]["create"]>>;

/** A page that the browser kept, or a second tab, still shows a hold that has become an order meanwhile. */
describeApp("a hold that became an order answers with that order", (app) => {
  const pay = (caller: Caller, held: Held, method = "card_ok") =>
    caller.checkout.start({
      eventId: EventId.parse(held.hold.eventId),
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method,
    });
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => "no refusal",
      (error: unknown) => {
        const { code, details } = (error as { cause: { code: string; details: Record<string, unknown> } })
          .cause;
        return { code, orderId: details["orderId"] };
      },
    );
  const paymentsOf = async (orderId: string) => {
    const { sql } = app().container.database;
    return sql`select state from sandbox_payment where order_id = ${orderId}`;
  };
  async function holding() {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const operationId = key();
    const held = await caller.hold.create({ eventId, operationId, items: seatItems(0, 1) });
    return { eventId, caller, operationId, held, own: { eventId, holdId: HoldId.parse(held.hold.id) } };
  }

  test("to Pay, pressed once more after it was paid: the same order, one payment", async () => {
    app().work();
    const { caller, held } = await holding();
    const first = await pay(caller, held);
    expect(first.state).toBe("paid");
    expect(await pay(caller, held)).toEqual(first);
    expect(await paymentsOf(first.orderId)).toHaveLength(1);
  });

  test("to Pay with another card in a second tab while the bank asks: that order's own confirmation", async () => {
    const { caller, held } = await holding();
    const first = await pay(caller, held, "card_3ds");
    expect(first.state).toBe("requires_action");
    expect(await pay(caller, held, "card_ok")).toEqual(first);
    expect(await paymentsOf(first.orderId)).toEqual([{ state: "requires_action" }]);
  });

  test("to Pay after the card was declined: that order, which says so", async () => {
    const { caller, held } = await holding();
    const first = await pay(caller, held, "card_declined");
    expect(await pay(caller, held)).toEqual(first);
    expect(await paymentsOf(first.orderId)).toHaveLength(1);
  });

  test("to every other button, and to the request that made it", async () => {
    const { eventId, caller, operationId, held, own } = await holding();
    const { orderId } = await pay(caller, held);
    const ordered = { code: "hold.ordered", orderId };
    expect(await refusal(caller.hold.release(own))).toEqual(ordered);
    expect(await refusal(caller.hold.extend(own))).toEqual(ordered);
    expect(await refusal(caller.hold.reprice({ ...own, items: seatItems(0, 1) }))).toEqual(ordered);
    const again = caller.hold.create({ eventId, operationId, items: seatItems(0, 1) });
    expect(await refusal(again)).toEqual(ordered);
  });

  test("and to nobody else", async () => {
    const { caller, held, own } = await holding();
    await pay(caller, held);
    const stranger = app().as(await app().account());
    expect(await refusal(pay(stranger, held))).toEqual({ code: "hold.expired", orderId: undefined });
    expect(await refusal(stranger.hold.release(own))).toMatchObject({ code: "hold.not_found" });
  });

  test("a fan finds the latest order of an event, their own only", async () => {
    const { eventId, caller, held } = await holding();
    expect(await caller.order.latestIn({ eventId })).toBeNull();
    const { orderId } = await pay(caller, held);
    expect(await caller.order.latestIn({ eventId })).toMatchObject({ id: orderId, state: "paid" });
    const stranger = app().as(await app().account());
    expect(await stranger.order.latestIn({ eventId })).toBeNull();
  });
});
