import type { OrderId } from "../shared/ids.ts";
import { allotmentGone } from "../access/refusals.ts";
import type { ClaimResult } from "../hold/hold-store.ts";
import { AppError } from "../shared/errors.ts";
import type { CommitOutcome } from "../order/order-draft.ts";

/** What a fan is told when a checkout cannot go on. In each of these cases nothing was charged. */
export const keyReused = () => new AppError("checkout.key_reused");

export const holdOver = () => new AppError("hold.expired");

export const notWrittenYet = (orderId: OrderId) =>
  new AppError("checkout.pending", { retryAfterMs: 2_000, orderId });

/** The shard would not make the hold a claim. */
export function claimRefused(result: Exclude<ClaimResult, { kind: "queued" | "not_found" }>): AppError {
  switch (result.kind) {
    case "price_changed":
      return new AppError("price.changed", { quoteHash: result.quoteHash });
    case "busy":
      return new AppError("checkout.busy", { retryAfterMs: 3_000, queueLength: result.queueLength });
    case "claimed_elsewhere":
      return new AppError("hold.in_checkout");
    case "epoch_missing":
      return new AppError("inventory.rebuilding", { retryAfterMs: 2_000 });
  }
}

/** Postgres would not take the order. */
export function commitRefused(outcome: Exclude<CommitOutcome, { kind: "committed" }>): AppError {
  switch (outcome.kind) {
    case "seats_taken":
    case "area_full":
      return new AppError("checkout.seats_lost");
    case "limit":
      return new AppError("hold.limit", { max: outcome.max, bought: outcome.bought });
    case "allotment_gone":
      return allotmentGone(outcome.windowKey, outcome.left);
    case "key_reused":
      return keyReused();
    case "too_late":
      return holdOver();
    case "event_closed":
      return new AppError("event.not_on_sale", { why: "over" });
  }
}
