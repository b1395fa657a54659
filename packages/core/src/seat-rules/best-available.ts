import type { SeatPlan } from "../layout/seat-plan.ts";
import { accessibleSeats } from "./accessible-seats.ts";
import { makeOffer, type Offer, type SeatWishes } from "./offer.ts";
import { focalDistance, seatAt, type SeatIndex, seatIndexOf, type Stretch } from "./seat-index.ts";
import { singlesBeside } from "./single-left.ts";
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
 * The best seats for a party, or null when there are not that many. Neighbours first: of all blocks, those that leave the
 * fewest single seats, of these the one whose middle is nearest to where its section looks, of these the lowest number.
 * Without such a block the party is split (see split-seats.ts). A function of its input alone: same ask, same seats.
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

type Candidate = {
  readonly stretch: Stretch;
  readonly offset: number;
  readonly singles: number;
  readonly distance: number;
};

function bestBlock({ index, isFree, isOffered }: Offer, size: number): number[] | null {
  const { plan } = index;
  let best: Candidate | null = null;
  for (const stretch of index.nearestFirst) {
    // Every stretch from here on is farther away, and none can leave fewer single seats than none.
    if (best && best.singles === 0 && stretch.nearest > best.distance) break;
    for (const offset of blockOffsets(stretch, size, isOffered)) {
      const block = { offset, size };
      const singles = singlesBeside(plan, stretch, { ...block, isOpen: isFree });
      if (best && singles > best.singles) continue;
      const candidate = { stretch, offset, singles, distance: focalDistance(plan, stretch, block) };
      if (!best || isBetter(candidate, best)) best = candidate;
    }
  }
  if (!best) return null;
  const { stretch, offset } = best;
  return Array.from({ length: size }, (_, n) => seatAt(stretch, offset + n)).sort((a, b) => a - b);
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.singles !== b.singles) return a.singles < b.singles;
  if (a.distance !== b.distance) return a.distance < b.distance;
  return a.stretch.first + a.offset < b.stretch.first + b.offset;
}

/** Where blocks of `size` offered neighbours begin, ascending. */
function blockOffsets(stretch: Stretch, size: number, isOffered: (seatNo: number) => boolean): number[] {
  const { count, circular } = stretch;
  if (size > count) return [];
  const offsets: number[] = [];
  // Round a table every seat can be the first of a block.
  const end = circular ? count + size - 1 : count;
  let length = 0;
  for (let offset = 0; offset < end; offset += 1) {
    length = isOffered(seatAt(stretch, offset)) ? length + 1 : 0;
    if (length >= size) offsets.push(offset - size + 1);
  }
  return offsets;
}
