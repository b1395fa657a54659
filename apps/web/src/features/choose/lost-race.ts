import { SEAT_FLAG, type SeatPlan } from "@onsale/core/layout/seat-plan";
import { seatWords } from "@onsale/core/layout/place-name";
import { makeSeatIndex } from "@onsale/core/seat-rules/best-available";

/** How far along the row a neighbour is still a neighbour. */
const NEIGHBOUR_REACH = 6;

export type LostRace = {
  /** "Someone else just took Section A, row 1, seat 12. Seats 14 and 15 are free, same price." */
  readonly words: string;
  /** Side by side where those that were lost were side by side; ascending. */
  readonly offered: readonly number[];
};

type Ask = {
  readonly isFree: (seatNo: number) => boolean;
  /** null: not sold. */
  readonly priceOf: (seatNo: number) => number | null;
  /** Seats that the fan still has. */
  readonly isKept?: (seatNo: number) => boolean;
};

/**
 * What to say when seats were taken between choosing and holding, and which seats of the same rows and price level are
 * still free. Who sat together is offered seats together, beside those who still have theirs, or nothing.
 */
export function explainLostRace(plan: SeatPlan, lost: readonly number[], ask: Ask): LostRace {
  const offered: number[] = [];
  for (const group of neighbourGroups(plan, lost))
    offered.push(...(blockFor(plan, group, { ...ask, gone: new Set([...lost, ...offered]) }) ?? []));
  offered.sort((a, b) => a - b);
  const what = `Someone else just took ${listWords(lost.map((seatNo) => seatWords(plan, seatNo)))}.`;
  if (offered.length === 0) return { words: `${what} Nothing beside it is free at that price.`, offered };
  const sameRow = offered.every((seatNo) => plan.run[seatNo] === plan.run[lost[0] ?? -1]);
  const names = offered.map((seatNo) =>
    sameRow ? (plan.seatLabels[seatNo] ?? "?") : seatWords(plan, seatNo),
  );
  const free = sameRow ? `${names.length === 1 ? "Seat" : "Seats"} ${listWords(names)}` : listWords(names);
  return { words: `${what} ${free} ${names.length === 1 ? "is" : "are"} free, same price.`, offered };
}

/** Seats that were side by side, as one group each. */
function neighbourGroups(plan: SeatPlan, seatNos: readonly number[]): number[][] {
  const { stretchOf } = makeSeatIndex(plan);
  const groups: number[][] = [];
  for (const seatNo of seatNos.toSorted((a, b) => a - b)) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last === seatNo - 1 && stretchOf[last] === stretchOf[seatNo]) group.push(seatNo);
    else groups.push([seatNo]);
  }
  return groups;
}

/** The nearest free block of the row for a group that was lost; null: there is none within reach. */
function blockFor(
  plan: SeatPlan,
  group: readonly number[],
  { isFree, priceOf, isKept = () => false, gone }: Ask & { gone: ReadonlySet<number> },
): number[] | null {
  const { stretchOf } = makeSeatIndex(plan);
  const [start = 0] = group;
  const end = start + group.length;
  const areBeside = (one: number, other: number) => stretchOf[one] === stretchOf[other];
  const fits = (seatNo: number) =>
    plan.run[seatNo] === plan.run[start] &&
    ((plan.flags[seatNo] ?? 0) & (SEAT_FLAG.accessible | SEAT_FLAG.companion)) === 0 &&
    priceOf(seatNo) !== null &&
    priceOf(seatNo) === priceOf(start) &&
    isFree(seatNo) &&
    !gone.has(seatNo);
  const touches = (first: number) =>
    [first - 1, first + group.length].some((seatNo) => areBeside(seatNo, first) && isKept(seatNo));
  const wasBesideKept = [start - 1, end].some((seatNo) => areBeside(seatNo, start) && isKept(seatNo));
  for (let step = 1; step < NEIGHBOUR_REACH + group.length; step += 1) {
    for (const first of [start + step, start - step]) {
      const block = group.map((_, n) => first + n);
      const isBlock = block.every((seatNo) => fits(seatNo) && areBeside(seatNo, first));
      if (isBlock && (!wasBesideKept || touches(first))) return block;
    }
  }
  return null;
}

function listWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
