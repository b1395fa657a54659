import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import { EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, type TestApp, key, seatItems } from "../testing/test-app.ts";

describeApp("the order writer and the shard", (app) => {
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

  test("a key sent again for other seats is refused, and those seats go back on sale", async () => {
    app().work();
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
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
