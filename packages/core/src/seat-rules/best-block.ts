import { SEAT_FLAG, type SeatPlan } from "../layout/seat-plan.ts";
import type { Offer } from "./offer.ts";
import { blockCost, seatAt, type Stretch } from "./seat-index.ts";
import { singlesBeside } from "./single-left.ts";

type Candidate = {
  readonly stretch: Stretch;
  readonly offset: number;
  /** Two price levels in one block, or a seat with restricted view: only where nothing else is left. */
  readonly isLastResort: boolean;
  readonly cost: number;
  readonly singles: number;
};

/**
 * Of all blocks that the rule against single seats allows, the one with the best view; at the same view the one that
 * leaves fewer single seats, then the lowest number. No allowed block of one level that is free is both nearer to where it
 * looks and more central, unless the organizer's own order says otherwise.
 */
export function bestBlock(offer: Offer, size: number): number[] | null {
  let best: Candidate | null = null;
  for (const stretch of offer.index.bestFirst) {
    if (best && !best.isLastResort && stretch.bestCost > best.cost) break;
    for (const candidate of allowedBlocks(offer, stretch, size))
      if (!best || isBetter(candidate, best)) best = candidate;
  }
  if (!best) return null;
  const { stretch, offset } = best;
  return Array.from({ length: size }, (_, n) => seatAt(stretch, offset + n)).sort((a, b) => a - b);
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.isLastResort !== b.isLastResort) return b.isLastResort;
  if (a.cost !== b.cost) return a.cost < b.cost;
  if (a.singles !== b.singles) return a.singles < b.singles;
  return a.stretch.first + a.offset < b.stretch.first + b.offset;
}

/** In each gap those blocks of a kind that leave the fewest single seats: what a fan could choose by hand as well. */
function allowedBlocks(offer: Offer, stretch: Stretch, size: number): Candidate[] {
  const { plan } = offer.index;
  const gapOf = gapNumbers(offer, stretch);
  const fewest = new Map<string, number>();
  const blocks = blockOffsets(stretch, size, offer.isOffered).map((offset) => {
    const singles = singlesBeside(plan, stretch, { offset, size, isOpen: offer.isFree });
    const levels = levelsOf(plan, stretch, { offset, size });
    const kind = `${gapOf[offset % stretch.count]} ${levels}`;
    fewest.set(kind, Math.min(fewest.get(kind) ?? Infinity, singles));
    return { offset, singles, kind, isLastResort: levels.includes(",") };
  });
  return blocks
    .filter(({ kind, singles }) => singles === fewest.get(kind))
    .map(({ offset, singles, isLastResort }) => ({
      stretch,
      offset,
      singles,
      isLastResort: isLastResort || seesLess(plan, stretch, { offset, size }),
      cost: blockCost(offer.index, stretch, { offset, size }),
    }));
}

type Block = { readonly offset: number; readonly size: number };
const seatsIn = (stretch: Stretch, { offset, size }: Block) =>
  Array.from({ length: size }, (_, n) => seatAt(stretch, offset + n));

/** "3" for a block of one level, "3,4,4" for one of several. */
function levelsOf(plan: SeatPlan, stretch: Stretch, block: Block): string {
  const levels = seatsIn(stretch, block).map((seatNo) => plan.category[seatNo] ?? 0);
  const [first] = levels;
  return levels.every((level) => level === first) ? `${first}` : levels.sort((a, b) => a - b).join();
}

function seesLess(plan: SeatPlan, stretch: Stretch, block: Block): boolean {
  return seatsIn(stretch, block).some(
    (seatNo) => ((plan.flags[seatNo] ?? 0) & SEAT_FLAG.restrictedView) !== 0,
  );
}

/** Which of its rows of free seats each place of a stretch is in. */
function gapNumbers({ isFree }: Offer, stretch: Stretch): Int32Array {
  const gapOf = new Int32Array(stretch.count);
  let gap = 0;
  for (let offset = 0; offset < stretch.count; offset += 1) {
    if (!isFree(seatAt(stretch, offset))) gap += 1;
    gapOf[offset] = gap;
  }
  return gapOf;
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
