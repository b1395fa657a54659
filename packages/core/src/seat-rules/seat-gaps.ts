import type { Offer } from "./offer.ts";
import { blockCost, seatAt, type Stretch } from "./seat-index.ts";

/** Offered neighbours with no more of them on either side. */
export type Gap = {
  readonly stretch: Stretch;
  readonly offset: number;
  readonly length: number;
  readonly section: number;
  /** Position in seat order. */
  readonly order: number;
  /** The view from its middle; less is better. */
  readonly cost: number;
};
/** So many of a party sit in this gap. */
export type Chunk = { readonly gap: Gap; readonly size: number };

/** All gaps of the plan in seat order. */
export function openGaps(offer: Offer): Gap[] {
  const gaps: Gap[] = [];
  const { plan, stretches } = offer.index;
  for (const stretch of stretches) {
    const section = plan.runs[stretch.run]?.section ?? -1;
    for (const { offset, length } of gapsOf(stretch, offer.isOffered)) {
      const cost = blockCost(offer.index, stretch, { offset, size: length });
      gaps.push({ stretch, offset, length, section, order: gaps.length, cost });
    }
  }
  return gaps;
}

function gapsOf(
  stretch: Stretch,
  isOffered: (seatNo: number) => boolean,
): { offset: number; length: number }[] {
  const { count } = stretch;
  const at = (offset: number): boolean => isOffered(seatAt(stretch, offset));
  // Round a table the count starts behind a seat that is not offered, so that no gap is cut at seat 0.
  let start = 0;
  if (stretch.circular && at(count - 1)) while (start < count && at(start)) start += 1;
  if (start === count) return [{ offset: 0, length: count }];
  const gaps: { offset: number; length: number }[] = [];
  let length = 0;
  for (let offset = start; offset < start + count; offset += 1) {
    if (at(offset)) {
      length += 1;
      continue;
    }
    if (length > 0) gaps.push({ offset: offset - length, length });
    length = 0;
  }
  if (length > 0) gaps.push({ offset: start + count - length, length });
  return gaps;
}

/** A party in two gaps, as evenly as they allow; null when they are too small. */
export function fillPair(a: Gap, b: Gap, quantity: number): Chunk[] | null {
  const most = Math.min(a.length, quantity - 1);
  const least = Math.max(quantity - b.length, 1);
  if (least > most) return null;
  const size = Math.min(most, Math.max(least, Math.ceil(quantity / 2)));
  return [
    { gap: a, size },
    { gap: b, size: quantity - size },
  ];
}

/**
 * A party in as few gaps as can hold it, longest first, then as evenly as they allow, so that somebody sits alone only
 * where no way of filling these gaps could help it; null when they are too small.
 */
export function fillGaps(gaps: readonly Gap[], quantity: number): Chunk[] | null {
  if (gaps.reduce((sum, gap) => sum + gap.length, 0) < quantity) return null;
  const longestFirst = gaps.toSorted((a, b) => b.length - a.length || a.cost - b.cost || a.order - b.order);
  const chunks: { gap: Gap; size: number }[] = [];
  let left = quantity;
  for (const gap of longestFirst) {
    if (left === 0) break;
    const size = Math.min(gap.length, left);
    chunks.push({ gap, size });
    left -= size;
  }
  // Only the last chunk can be smaller than its gap; whoever joins it comes from the largest.
  const last = chunks.at(-1);
  while (last && last.size < last.gap.length) {
    const largest = chunks.reduce((a, b) => (b.size > a.size ? b : a));
    if (largest.size - last.size < 2) break;
    largest.size -= 1;
    last.size += 1;
  }
  return chunks;
}
