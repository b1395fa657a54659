import type { Offer } from "./offer.ts";
import { focalDistance, seatAt, type Stretch } from "./seat-index.ts";

/** Offered neighbours with no more of them on either side. */
export type Gap = {
  readonly stretch: Stretch;
  readonly offset: number;
  readonly length: number;
  readonly section: number;
  /** Position in seat order. */
  readonly order: number;
  /** Squared, from its middle to where its section looks. */
  readonly distance: number;
};
/** So many of a party sit in this gap. */
export type Chunk = { readonly gap: Gap; readonly size: number };

/** All gaps of the house in seat order. */
export function openGaps(offer: Offer): Gap[] {
  const gaps: Gap[] = [];
  const { plan, stretches } = offer.index;
  for (const stretch of stretches) {
    const section = plan.runs[stretch.run]?.section ?? -1;
    for (const { offset, length } of gapsOf(stretch, offer.isOffered)) {
      const distance = focalDistance(plan, stretch, { offset, size: length });
      gaps.push({ stretch, offset, length, section, order: gaps.length, distance });
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

/** A party in two gaps, as evenly as they allow; null when they are too small or one would hold less than `sizeMin`. */
export function fillPair(
  a: Gap,
  b: Gap,
  { quantity, sizeMin }: { quantity: number; sizeMin: number },
): Chunk[] | null {
  const most = Math.min(a.length, quantity - sizeMin);
  const least = Math.max(quantity - b.length, sizeMin);
  if (least > most) return null;
  const size = Math.min(most, Math.max(least, Math.ceil(quantity / 2)));
  return [
    { gap: a, size },
    { gap: b, size: quantity - size },
  ];
}

/**
 * A party in as few gaps as can hold it, longest first, each group of at least `sizeMin`; null when that cannot be. With
 * `sizeMin` 1 as few as can be sit alone.
 */
export function fillGaps(
  gaps: readonly Gap[],
  { quantity, sizeMin }: { quantity: number; sizeMin: number },
): Chunk[] | null {
  if (gaps.reduce((sum, gap) => sum + gap.length, 0) < quantity) return null;
  const usable = gaps
    .filter((gap) => gap.length >= sizeMin)
    .sort((a, b) => b.length - a.length || a.distance - b.distance || a.order - b.order);
  const chunks: { gap: Gap; size: number }[] = [];
  let left = quantity;
  for (const gap of usable) {
    if (left === 0) break;
    if (left < sizeMin || (left === 1 && gap.length > 1)) left += giveBack(chunks);
    if (left < sizeMin) return null;
    const size = Math.min(gap.length, left);
    chunks.push({ gap, size });
    left -= size;
  }
  return left === 0 ? level(chunks, sizeMin) : null;
}

/** One person of a group that stays a pair without them joins the one who was left. */
function giveBack(chunks: { size: number }[]): number {
  const group = chunks.findLast((chunk) => chunk.size >= 3);
  if (!group) return 0;
  group.size -= 1;
  return 1;
}

/** 3 and 3 rather than 4 and 2, where the gaps allow it. */
function level(chunks: { gap: Gap; size: number }[], sizeMin: number): Chunk[] {
  for (;;) {
    const small = chunks.filter((chunk) => chunk.size < chunk.gap.length).sort((a, b) => a.size - b.size)[0];
    const large = chunks.toSorted((a, b) => b.size - a.size)[0];
    if (!small || !large || large.size - small.size < 2 || large.size - 1 < sizeMin) return chunks;
    small.size += 1;
    large.size -= 1;
  }
}
