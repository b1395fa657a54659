import { type Chunk, fillGaps, fillPair, type Gap, openGaps } from "./seat-gaps.ts";
import type { Offer } from "./offer.ts";
import { blockCost, blockMiddle, seatAt } from "./seat-index.ts";
import { singlesBeside } from "./single-left.ts";

type Split = {
  readonly seatNos: readonly number[];
  /** People who would sit by themselves. */
  readonly alone: number;
  readonly groups: number;
  /** Single seats left over beside the groups. */
  readonly singles: number;
  /** The view of the first group and how far the others are from it, in chart units. */
  readonly distance: number;
};

/** Groups in so many rows, one behind the other, still count as one party. */
const ROWS_TOGETHER_MAX = 4;
/** Ways to sit that are compared per level, and per first group, best view first: a whole plan has millions. */
const SPLITS_COMPARED_MAX = 200;
const PARTNERS_COMPARED_MAX = 16;

/**
 * Seats for a party that no row can take as a whole; null when there are not that many. Nobody sits alone if that can be
 * avoided, wherever the groups must go for it. Then the groups stay close: two groups in one row or in two behind each
 * other, groups in up to four rows, in one section, anywhere. Then as few groups as can be, as few single seats left over
 * as can be, near each other and with the best view.
 */
export function splitSeats(offer: Offer, quantity: number): readonly number[] | null {
  const gaps = openGaps(offer);
  const anywhere = splitAnywhere({ offer, gaps, quantity });
  if (!anywhere) return null;
  // When nobody must sit alone, nobody is put where one could only sit alone.
  const useful = anywhere.alone === 0 ? gaps.filter((gap) => gap.length >= 2) : gaps;
  for (const level of [splitInPairs, splitInRows, splitInSection]) {
    const split = level({ offer, gaps: useful, quantity });
    if (split && split.alone === anywhere.alone) return split.seatNos;
  }
  return anywhere.seatNos;
}

type Search = {
  readonly offer: Offer;
  /** In seat order. */
  readonly gaps: readonly Gap[];
  readonly quantity: number;
};

function splitInPairs({ offer, gaps, quantity }: Search): Split | null {
  const byRun = Map.groupBy(gaps, (gap) => gap.stretch.run);
  const used = new Set<Gap>();
  let best: Split | null = null;
  let compared = 0;
  for (const gap of bestFirst(gaps)) {
    if (compared >= SPLITS_COMPARED_MAX) break;
    used.add(gap);
    const partners = [-1, 0, 1]
      .flatMap((rows) => byRun.get(gap.stretch.run + rows) ?? [])
      .filter((other) => other.section === gap.section && !used.has(other))
      .flatMap((other) => {
        // An uneven party has its larger group in either of the two.
        const ways = [fillPair(gap, other, quantity), fillPair(other, gap, quantity)];
        const away = gapDistance(offer, gap, other);
        return ways.flatMap((chunks) => (chunks ? [{ chunks, order: other.order, away }] : []));
      })
      .sort((a, b) => a.away - b.away || a.order - b.order)
      .slice(0, PARTNERS_COMPARED_MAX);
    for (const { chunks } of partners) best = better(best, place(offer, chunks));
    compared += partners.length;
  }
  return best;
}

function splitInRows({ offer, gaps, quantity }: Search): Split | null {
  const byRun = Map.groupBy(gaps, (gap) => gap.stretch.run);
  const seen = new Set<number>();
  let best: Split | null = null;
  let compared = 0;
  for (const { stretch, section } of bestFirst(gaps)) {
    if (compared >= SPLITS_COMPARED_MAX) break;
    if (seen.has(stretch.run)) continue;
    seen.add(stretch.run);
    for (let rows = 2; rows <= ROWS_TOGETHER_MAX; rows += 1) {
      const near = Array.from({ length: rows }, (_, n) => byRun.get(stretch.run + n) ?? []).flat();
      const chunks = fillGaps(
        near.filter((gap) => gap.section === section),
        quantity,
      );
      if (!chunks) continue;
      compared += 1;
      if (!best || chunks.length <= best.groups) best = better(best, place(offer, chunks));
    }
  }
  return best;
}

function splitInSection({ offer, gaps, quantity }: Search): Split | null {
  let best: Split | null = null;
  for (const own of Map.groupBy(gaps, (gap) => gap.section).values()) {
    const chunks = fillGaps(own, quantity);
    if (chunks && (!best || chunks.length <= best.groups || best.alone > 0))
      best = better(best, place(offer, chunks));
  }
  return best;
}

function splitAnywhere({ offer, gaps, quantity }: Search): Split | null {
  const chunks = fillGaps(gaps, quantity);
  return chunks && place(offer, chunks);
}

function bestFirst(gaps: readonly Gap[]): Gap[] {
  return gaps.toSorted((a, b) => a.cost - b.cost || a.order - b.order);
}

function gapDistance({ index: { plan } }: Offer, a: Gap, b: Gap): number {
  const [one, other] = [a, b].map((gap) =>
    blockMiddle(plan, gap.stretch, { offset: gap.offset, size: gap.length }),
  );
  return one && other ? (one.x - other.x) ** 2 + (one.y - other.y) ** 2 : 0;
}

function better(a: Split | null, b: Split): Split {
  if (!a) return b;
  const order = a.alone - b.alone || a.groups - b.groups || a.singles - b.singles || a.distance - b.distance;
  return order <= 0 ? a : b;
}

/** Seats each group within its gap: the largest by its view, the others as near to it as they can sit. */
function place(offer: Offer, chunks: readonly Chunk[]): Split {
  const { plan } = offer.index;
  const chosen = new Set<number>();
  const isOpen = (seatNo: number): boolean => !chosen.has(seatNo) && offer.isFree(seatNo);
  const sorted = chunks.toSorted((a, b) => b.size - a.size || a.gap.order - b.gap.order);
  let anchor: { x: number; y: number } | null = null;
  let singlesLeft = 0;
  let distanceSum = 0;
  for (const { gap, size } of sorted) {
    const { stretch } = gap;
    let best: { offset: number; singles: number; distance: number } | null = null;
    for (let offset = gap.offset; offset + size <= gap.offset + gap.length; offset += 1) {
      const singles = singlesBeside(plan, stretch, { offset, size, isOpen });
      const middle = blockMiddle(plan, stretch, { offset, size });
      const distance = anchor
        ? Math.sqrt((middle.x - anchor.x) ** 2 + (middle.y - anchor.y) ** 2)
        : blockCost(offer.index, stretch, { offset, size });
      if (!best || singles < best.singles || (singles === best.singles && distance < best.distance))
        best = { offset, singles, distance };
    }
    if (!best) continue;
    for (let n = 0; n < size; n += 1) chosen.add(seatAt(stretch, best.offset + n));
    anchor ??= blockMiddle(plan, stretch, { offset: best.offset, size });
    singlesLeft += best.singles;
    distanceSum += best.distance;
  }
  return {
    seatNos: [...chosen].sort((a, b) => a - b),
    alone: chunks.filter((chunk) => chunk.size === 1).length,
    groups: chunks.length,
    singles: singlesLeft,
    distance: distanceSum,
  };
}
