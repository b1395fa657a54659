import type { SeatPlan } from "../layout/seat-plan.ts";
import { isReserved, seatAt, seatIndexOf, type Stretch } from "./seat-index.ts";

/** Seats that a selection would leave alone, and the nearest selection in the same gap that leaves fewer. */
export type SingleLeft = {
  readonly left: readonly number[];
  readonly take: readonly number[];
  readonly leave: readonly number[];
};

export type Selection = {
  readonly plan: SeatPlan;
  /** Free before this selection; chosen seats are open. */
  readonly isOpen: (seatNo: number) => boolean;
  readonly chosen: ReadonlySet<number>;
};

/**
 * The rule against single seats, exactly:
 * - A gap is a longest row of open seats between taken seats, aisles and ends of the row, before the selection.
 * - A seat is left single when it is open and not chosen, and on both sides there is a chosen seat or an end of its gap.
 *   Accessible, companion and house seats are never counted: they are kept for somebody, alone or in pairs.
 * - The selection breaks the rule in a gap when some block of as many neighbouring seats there, of the same categories and
 *   without such kept seats, leaves fewer single seats.
 * So the last seats of a gap can always be bought, as can all but one (any block would leave that one), and nobody is
 * pushed into another price. Gaps where a kept seat is chosen are not judged: it cannot move.
 * Tables are not judged: one free chair at a table is a place in company.
 */
export function findSingleLeft(selection: Selection): SingleLeft[] {
  const { plan, chosen } = selection;
  const index = seatIndexOf(plan);
  const judged = new Set<number>();
  const found: SingleLeft[] = [];
  for (const seatNo of [...chosen].sort((a, b) => a - b)) {
    const stretch = index.stretches[index.stretchOf[seatNo] ?? -1];
    if (judged.has(seatNo) || !stretch || stretch.circular) continue;
    const gap = gapAround(selection, stretch, seatNo);
    for (const seat of gap) judged.add(seat);
    const single = judgeGap(selection, gap);
    if (single) found.push(single);
  }
  return found;
}

/** How many seats a block of neighbours would leave single, given which seats stay open without it. */
export function singlesBeside(
  plan: SeatPlan,
  stretch: Stretch,
  block: { offset: number; size: number; isOpen: (seatNo: number) => boolean },
): number {
  if (stretch.circular) return 0;
  const open = (offset: number): boolean =>
    offset >= 0 && offset < stretch.count && block.isOpen(seatAt(stretch, offset));
  const alone = (offset: number, beyond: number): boolean =>
    open(offset) && !open(beyond) && !isReserved(plan, seatAt(stretch, offset));
  const before = block.offset - 1;
  const after = block.offset + block.size;
  return (alone(before, before - 1) ? 1 : 0) + (alone(after, after + 1) ? 1 : 0);
}

function gapAround({ isOpen }: Selection, { first, count }: Stretch, seatNo: number): number[] {
  let start = seatNo;
  while (start > first && isOpen(start - 1)) start -= 1;
  let end = seatNo + 1;
  while (end < first + count && isOpen(end)) end += 1;
  return Array.from({ length: end - start }, (_, n) => start + n);
}

function judgeGap({ plan, chosen }: Selection, gap: readonly number[]): SingleLeft | null {
  const picked = gap.filter((seatNo) => chosen.has(seatNo));
  if (picked.some((seatNo) => isReserved(plan, seatNo))) return null;
  const left = gap.filter((seatNo, n) => {
    const isWall = (neighbour: number | undefined): boolean =>
      neighbour === undefined || chosen.has(neighbour);
    return !chosen.has(seatNo) && !isReserved(plan, seatNo) && isWall(gap[n - 1]) && isWall(gap[n + 1]);
  });
  if (left.length === 0) return null;
  const better = bestBlock(plan, gap, picked);
  if (!better || better.singles >= left.length) return null;
  return {
    left,
    take: better.block.filter((seatNo) => !chosen.has(seatNo)),
    leave: picked.filter((seatNo) => !better.block.includes(seatNo)),
  };
}

/** Fewest singles first, then nearest to what was picked. */
function bestBlock(
  plan: SeatPlan,
  gap: readonly number[],
  picked: readonly number[],
): { block: number[]; singles: number } | null {
  const wanted = categoriesOf(plan, picked);
  const from = gap.indexOf(picked[0] ?? -1);
  let best: { block: number[]; singles: number; moved: number } | null = null;
  for (let start = 0; start + picked.length <= gap.length; start += 1) {
    const block = gap.slice(start, start + picked.length);
    if (block.some((seatNo) => isReserved(plan, seatNo)) || categoriesOf(plan, block) !== wanted) continue;
    const ends = [gap.slice(0, start), gap.slice(start + picked.length)];
    const singles = ends.filter(([seat, ...more]) => {
      return seat !== undefined && more.length === 0 && !isReserved(plan, seat);
    }).length;
    const moved = Math.abs(start - from);
    if (!best || singles < best.singles || (singles === best.singles && moved < best.moved))
      best = { block, singles, moved };
  }
  return best;
}

function categoriesOf(plan: SeatPlan, seatNos: readonly number[]): string {
  return seatNos
    .map((seatNo) => plan.category[seatNo] ?? 0)
    .sort((a, b) => a - b)
    .join();
}
