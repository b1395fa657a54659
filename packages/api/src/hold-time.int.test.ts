import {
  HOLD_TIME_UNCONFIRMED_MAX_MS,
  HOLD_TTL_MS,
  PAYING_TIME_MIN_MS,
} from "@onsale/core/event/hold-limits";
import type { Account } from "@onsale/core/account/account";
import { HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeHouse, key, seatItems } from "./testing/test-house.ts";

const SLACK_MS = 10_000;

describeHouse("how long a fan may hold", (house) => {
  async function holdAs(account: Account) {
    const eventId = await house().openEvent({ holdTtlMs: HOLD_TTL_MS });
    const caller = house().as(account);
    const cart = await caller.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    return { eventId, caller, cart, lastsMs: cart.hold.expiresAtMs - cart.hold.nowMs };
  }
  const confirmed = async () => ({ ...(await house().account()), emailVerified: true });

  test("with a confirmed address as long as the event says", async () => {
    const { lastsMs } = await holdAs(await confirmed());
    expect(Math.abs(lastsMs - HOLD_TTL_MS)).toBeLessThan(SLACK_MS);
  });

  test("without one for five minutes in all: less for choosing, so that the bank has its part", async () => {
    house().work();
    const { eventId, caller, cart, lastsMs } = await holdAs(await house().account());
    expect(Math.abs(lastsMs - (HOLD_TIME_UNCONFIRMED_MAX_MS - PAYING_TIME_MIN_MS))).toBeLessThan(SLACK_MS);
    const { orderId, state } = await caller.checkout.start({
      eventId,
      holdId: HoldId.parse(cart.hold.id),
      quoteHash: cart.quote.hash,
      idempotencyKey: key(),
      method: "card_3ds",
    });
    expect(state).toBe("requires_action");
    const { order } = await caller.order.get({ orderId: orderId as never });
    expect(Math.abs(order.payByMs - cart.hold.nowMs - HOLD_TIME_UNCONFIRMED_MAX_MS)).toBeLessThan(SLACK_MS);
  });
});
