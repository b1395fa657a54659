import type { SeatPlan } from "../layout/seat-plan.ts";
import { accessibleSeats } from "./accessible-seats.ts";
import { makeOffer, type SeatWishes } from "./offer.ts";
import { bestBlock } from "./best-block.ts";
import { type SeatIndex, seatIndexOf } from "./seat-index.ts";
import { splitSeats } from "./split-seats.ts";

export type { SeatIndex } from "./seat-index.ts";

export type BestAvailableAsk = SeatWishes & {
  readonly quantity: number;
  /** One accessible seat, its companion seats, then seats beside. Without it nobody is offered either kind. */
  readonly accessible?: boolean | undefined;
};
export type BestAvailable = {
  /** Ascending. */
  readonly seatNos: readonly number[];
  /** All side by side, no aisle or stranger between. */
  readonly together: boolean;
};

/** Call once per plan and keep the answer; the same plan gets the same index. */
export function makeSeatIndex(plan: SeatPlan): SeatIndex {
  return seatIndexOf(plan);
}

/**
 * The best seats for a party, or null when there are not that many. Neighbours first, by the measure of view in
 * best-block.ts; without such a block the party is split (see split-seats.ts). A function of its input alone: same ask, same
 * seats.
 */
export function bestAvailable(ask: BestAvailableAsk): BestAvailable | null {
  const { quantity } = ask;
  if (quantity < 1) return null;
  const offer = makeOffer(ask);
  if (ask.accessible) return accessibleSeats(offer, quantity);
  const block = bestBlock(offer, quantity);
  if (block) return { seatNos: block, together: true };
  const seatNos = splitSeats(offer, quantity);
  return seatNos && { seatNos, together: false };
}
