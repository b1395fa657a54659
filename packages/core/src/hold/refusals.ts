import { lineResting, passRequired } from "../line/refusals.ts";
import { AppError } from "../shared/errors.ts";
import { HOLD_TIME_MAX_MS } from "../event/hold-limits.ts";
import type { AcquireResult } from "./hold-store.ts";

/** What a fan is told when a hold cannot be had or changed. */
/** The order that a hold became; its fan goes on there. */
export type OrderOfHold = { readonly id: string; readonly reference: string };

export const holdOrdered = ({ id, reference }: OrderOfHold) =>
  new AppError("hold.ordered", `These seats are in your order ${reference}; look there how it stands.`, {
    details: { orderId: id, reference },
  });

export const holdNotFound = () => new AppError("hold.not_found", "These seats are no longer held for you.");

export const shardRebuilding = () =>
  new AppError("inventory.rebuilding", "Seats are being counted again. Try once more in a few seconds.", {
    details: { retryAfterMs: 2_000 },
  });

export function acquireRefused(
  result: Exclude<AcquireResult, { kind: "acquired" | "epoch_missing" }>,
): AppError {
  switch (result.kind) {
    case "taken":
      return result.seatNos.length > 0
        ? new AppError("hold.seats_taken", "Someone else just took some of those seats.", {
            details: { seatNos: result.seatNos, areaNos: result.areaNos },
          })
        : new AppError("hold.area_full", "There are not that many places left there.", {
            details: { areaNos: result.areaNos },
          });
    case "limit":
      return new AppError(
        "hold.limit",
        `You can have ${result.max} ${result.max === 1 ? "ticket" : "tickets"} for this event; you bought ${result.bought} and hold ${result.held}.`,
        { details: { max: result.max, held: result.held, bought: result.bought } },
      );
    case "no_pass":
      return passRequired("ended");
    case "line_lost":
      return lineResting();
    case "cycles":
      return new AppError("hold.cycles", "You took and gave back seats very often. Wait a few minutes.", {
        details: { max: result.max, retryAfterMs: result.againInMs },
      });
    case "time":
      return new AppError(
        "hold.time",
        `You have held seats for ${minutes(result.maxMs)} of the last hour without buying; others come first now. You can hold again in ${minutes(result.againInMs)}.`,
        {
          details: {
            maxMs: result.maxMs,
            retryAfterMs: result.againInMs,
            unconfirmed: result.maxMs < HOLD_TIME_MAX_MS,
          },
        },
      );
    case "ended":
      return new AppError("hold.expired", "That hold is over. Choose again.");
  }
}

const minutes = (ms: number) => {
  const count = Math.max(1, Math.ceil(ms / 60_000));
  return count === 1 ? "1 minute" : `${count} minutes`;
};
