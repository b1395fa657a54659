import type { SeatPlan } from "../layout/seat-plan.ts";
import type { Offer } from "./offer.ts";
import { blockCost, type Stretch } from "./seat-index.ts";
import { singlesBeside } from "./single-left.ts";

type Party = {
  readonly accessible: number;
  /** The accessible seat and those of its companion seats that are taken with it. */
  readonly kept: readonly number[];
  /** The whole party side by side; null when that does not work out here. */
  readonly block: readonly number[] | null;
  readonly distance: number;
};

/**
 * Seats for a party with one wheelchair user: an accessible seat with as many of its companion seats as the party needs,
 * then neighbours, then the nearest seats for everybody. The place with the most companion seats wins, then one where all
 * sit side by side, then the one with the best view. null without a free accessible seat.
 */
export function accessibleSeats(
  offer: Offer,
  quantity: number,
): { seatNos: readonly number[]; together: boolean } | null {
  let best: Party | null = null;
  for (const [seatNo, companions] of offer.index.accessible) {
    if (!offer.fits(seatNo)) continue;
    const party = partyAt(offer, { seatNo, companions, quantity });
    if (!best || isBetter(party, best)) best = party;
  }
  if (!best) return null;
  if (best.block) return { seatNos: best.block, together: true };
  const others = nearestOthers(offer, best.accessible, quantity - best.kept.length);
  return others && { seatNos: ascending([...best.kept, ...others]), together: false };
}

function isBetter(a: Party, b: Party): boolean {
  if (a.kept.length !== b.kept.length) return a.kept.length > b.kept.length;
  if ((a.block === null) !== (b.block === null)) return a.block !== null;
  return a.distance < b.distance;
}

function partyAt(
  offer: Offer,
  { seatNo, companions, quantity }: { seatNo: number; companions: readonly number[]; quantity: number },
): Party {
  const { stretches, stretchOf } = offer.index;
  const free = companions.filter(offer.fits);
  const near = free.toSorted((a, b) => Math.abs(a - seatNo) - Math.abs(b - seatNo) || a - b);
  const kept = ascending([seatNo, ...near.slice(0, quantity - 1)]);
  const stretch = stretches[stretchOf[seatNo] ?? -1];
  if (!stretch) return { accessible: seatNo, kept, block: null, distance: Infinity };
  const distance = blockCost(offer.index, stretch, { offset: seatNo - stretch.first, size: 1 });
  return { accessible: seatNo, kept, block: blockAround(offer, stretch, { kept, quantity }), distance };
}

/** The party side by side, with seats for everybody on the side where fewer single seats are left. */
function blockAround(
  { index, isFree, isOffered }: Offer,
  stretch: Stretch,
  { kept, quantity }: { kept: readonly number[]; quantity: number },
): number[] | null {
  const last = stretch.first + stretch.count - quantity;
  let best: { first: number; singles: number; distance: number } | null = null;
  const from = Math.max(stretch.first, (kept.at(-1) ?? 0) - quantity + 1);
  for (let first = from; first <= Math.min(kept[0] ?? 0, last); first += 1) {
    const block = range(first, quantity);
    if (!block.every((seatNo) => kept.includes(seatNo) || isOffered(seatNo))) continue;
    const at = { offset: first - stretch.first, size: quantity };
    const singles = singlesBeside(index.plan, stretch, { ...at, isOpen: isFree });
    const distance = blockCost(index, stretch, at);
    if (!best || singles < best.singles || (singles === best.singles && distance < best.distance))
      best = { first, singles, distance };
  }
  return best && range(best.first, quantity);
}

/** Seats for everybody nearest to a seat, its own section first; null when there are not that many. */
function nearestOthers({ index, isOffered }: Offer, seatNo: number, count: number): number[] | null {
  const { plan } = index;
  const home = sectionOf(plan, seatNo);
  const distance = (other: number): number =>
    ((plan.x[other] ?? 0) - (plan.x[seatNo] ?? 0)) ** 2 + ((plan.y[other] ?? 0) - (plan.y[seatNo] ?? 0)) ** 2;
  if (count === 0) return [];
  const others = range(0, plan.seatCount)
    .filter(isOffered)
    .map((other) => ({ other, away: sectionOf(plan, other) === home ? 0 : 1, distance: distance(other) }))
    .sort((a, b) => a.away - b.away || a.distance - b.distance || a.other - b.other);
  return others.length < count ? null : others.slice(0, count).map(({ other }) => other);
}

function sectionOf(plan: SeatPlan, seatNo: number): number {
  return plan.runs[plan.run[seatNo] ?? -1]?.section ?? -1;
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, n) => first + n);
}

function ascending(seatNos: readonly number[]): number[] {
  return seatNos.toSorted((a, b) => a - b);
}
