import {
  HOLD_TIME_UNCONFIRMED_MAX_MS,
  HOLD_TTL_MS,
  PAYING_TIME_MIN_MS,
} from "@onsale/core/event/hold-limits";
import type { Account } from "@onsale/core/actor/account";
import { HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, key, seatItems } from "./testing/test-app.ts";

const SLACK_MS = 10_000;

describeApp("how long a fan may hold", (app) => {
  async function holdAs(account: Account) {
    const eventId = await app().openEvent({ holdTtlMs: HOLD_TTL_MS });
    const caller = app().as(account);
    const held = await caller.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    return { eventId, caller, held, lastsMs: held.hold.expiresAtMs - held.hold.nowMs };
  }
  const confirmed = async () => ({ ...(await app().account()), emailVerified: true });

  test("with a confirmed address as long as the event says", async () => {
    const { lastsMs } = await holdAs(await confirmed());
    expect(Math.abs(lastsMs - HOLD_TTL_MS)).toBeLessThan(SLACK_MS);
  });

  test("without one for five minutes in all: less for choosing, so that the bank has its part", async () => {
    app().work();
    const { eventId, caller, held, lastsMs } = await holdAs(await app().account());
    expect(Math.abs(lastsMs - (HOLD_TIME_UNCONFIRMED_MAX_MS - PAYING_TIME_MIN_MS))).toBeLessThan(SLACK_MS);
    const { orderId, state } = await caller.checkout.start({
      eventId,
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_3ds",
    });
    expect(state).toBe("requires_action");
    const { order } = await caller.order.get({ orderId: orderId as never });
    expect(Math.abs(order.payByMs - held.hold.nowMs - HOLD_TIME_UNCONFIRMED_MAX_MS)).toBeLessThan(SLACK_MS);
  });
});
