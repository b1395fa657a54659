import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import { EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeHouse, type House, key, seatItems } from "../testing/test-house.ts";

describeHouse("the order writer and the shard", (house) => {
  type Caller = ReturnType<House["as"]>;
  type Cart = Awaited<ReturnType<Caller["hold"]["create"]>>;
  const hold = (caller: Caller, eventId: EventId, ...seatNos: number[]) =>
    caller.hold.create({ eventId, operationId: key(), items: seatItems(...seatNos) });
  const pay = (caller: Caller, cart: Cart, { method = "card_ok", idempotencyKey = key() } = {}) =>
    caller.checkout.start({
      eventId: EventId.parse(cart.hold.eventId),
      holdId: HoldId.parse(cart.hold.id),
      quoteHash: cart.quote.hash,
      idempotencyKey,
      method,
    });
  const stateOf = async (eventId: EventId, seatNo: number) =>
    (await house().container.inventory.snapshot(eventId))?.seats[seatNo];

  test("a key sent again for other seats is refused, and those seats go back on sale", async () => {
    house().work();
    const eventId = await house().openEvent();
    const caller = house().as(await house().account());
    const first = await hold(caller, eventId, 0, 1);
    const second = await hold(caller, eventId, 4, 5);
    const idempotencyKey = key();
    expect((await pay(caller, first, { idempotencyKey })).state).toBe("paid");
    await expect(pay(caller, second, { idempotencyKey })).rejects.toMatchObject({
      cause: { code: "checkout.key_reused" },
    });
    expect(await stateOf(eventId, 0)).toBe(SEAT_STATE.sold);
    expect(await stateOf(eventId, 4)).toBe(SEAT_STATE.free);
    expect(await stateOf(eventId, 5)).toBe(SEAT_STATE.free);
  });
});
