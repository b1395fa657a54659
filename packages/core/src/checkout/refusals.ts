import { allotmentGone } from "../access/refusals.ts";
import type { ClaimResult } from "../hold/hold-store.ts";
import { AppError } from "../shared/errors.ts";
import type { CommitOutcome } from "../order/order-draft.ts";

/** What a fan is told when a checkout cannot go on. In each of these cases nothing was charged. */
export const keyReused = () =>
  new AppError("checkout.key_reused", "This idempotency key was used for another request.");

export const holdOver = () =>
  new AppError(
    "hold.expired",
    "These seats are not held for you any more: their time is over, or they were given back. Nothing was charged.",
  );

export const notWrittenYet = (orderId: string) =>
  new AppError(
    "checkout.pending",
    "Your order is waiting to be written. Ask again in a moment; you will not be charged twice.",
    { details: { retryAfterMs: 2_000, orderId } },
  );

/** The shard would not make the hold a claim. */
export function claimRefused(result: Exclude<ClaimResult, { kind: "queued" | "not_found" }>): AppError {
  switch (result.kind) {
    case "price_changed":
      return new AppError(
        "price.changed",
        "The price you saw is not the price of this hold. Look at it again before you pay.",
        { details: { quoteHash: result.quoteHash } },
      );
    case "busy":
      return new AppError(
        "checkout.busy",
        "Very many people are paying right now. Your seats stay held; try again in a moment.",
        { details: { retryAfterMs: 3_000, queueLength: result.queueLength } },
      );
    case "claimed_elsewhere":
      return new AppError("hold.in_checkout", "These seats are already being paid for in another window.");
    case "epoch_missing":
      return new AppError(
        "inventory.rebuilding",
        "Seats are being counted again. Try once more in a few seconds; nothing was charged.",
        { details: { retryAfterMs: 2_000 } },
      );
  }
}

/** Postgres would not take the order. */
export function commitRefused(outcome: Exclude<CommitOutcome, { kind: "committed" }>): AppError {
  switch (outcome.kind) {
    case "seats_taken":
    case "area_full":
      return new AppError(
        "checkout.seats_lost",
        "Those seats were sold to someone else before your order arrived. Nothing was charged.",
      );
    case "limit":
      return new AppError(
        "hold.limit",
        `You can have ${outcome.max} ${outcome.max === 1 ? "ticket" : "tickets"} for this event. Nothing was charged.`,
        { details: { max: outcome.max, bought: outcome.bought } },
      );
    case "allotment_gone":
      return allotmentGone(outcome.windowKey, outcome.left);
    case "key_reused":
      return keyReused();
    case "event_closed":
      return new AppError("event.not_on_sale", "This event is not on sale any more. Nothing was charged.");
  }
}
