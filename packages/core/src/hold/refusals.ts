import type { OrderId } from "../shared/ids.ts";
import { lineResting, passRequired } from "../line/refusals.ts";
import { AppError } from "../shared/errors.ts";
import { HOLD_TIME_MAX_MS } from "../event/hold-limits.ts";
import type { AcquireResult } from "./hold-store.ts";

/** What a fan is told when a hold cannot be had or changed. */
/** The order that a hold became; its fan goes on there. */
export type OrderOfHold = { readonly id: OrderId; readonly reference: string };

export const holdOrdered = ({ id, reference }: OrderOfHold) =>
  new AppError("hold.ordered", { orderId: id, reference });

export const holdNotFound = () => new AppError("hold.not_found");

export const shardRebuilding = () => new AppError("inventory.rebuilding", { retryAfterMs: 2_000 });

export function acquireRefused(
  result: Exclude<AcquireResult, { kind: "acquired" | "epoch_missing" }>,
): AppError {
  switch (result.kind) {
    case "taken":
      return result.seatNos.length > 0
        ? new AppError("hold.seats_taken", { seatNos: result.seatNos, areaNos: result.areaNos })
        : new AppError("hold.area_full", { areaNos: result.areaNos });
    case "limit":
      return new AppError("hold.limit", { max: result.max, held: result.held, bought: result.bought });
    case "no_pass":
      return passRequired("ended");
    case "line_lost":
      return lineResting();
    case "cycles":
      return new AppError("hold.cycles", { max: result.max, retryAfterMs: result.againInMs });
    case "time":
      return new AppError("hold.time", {
        maxMs: result.maxMs,
        retryAfterMs: result.againInMs,
        unconfirmed: result.maxMs < HOLD_TIME_MAX_MS,
      });
    case "ended":
      return new AppError("hold.expired", { why: "ended" });
  }
}
