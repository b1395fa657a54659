import { SEAT_FLAG, type SeatPlan } from "@onsale/core/layout/seat-plan";
import { seatWords } from "@onsale/core/pricing/place-name";

/** How far along the row a neighbour is still a neighbour. */
const NEIGHBOUR_REACH = 6;
const OFFERED_MAX = 4;

export type LostRace = {
  /** "Someone else just took Section A, row 1, seat 12. Seats 14 and 15 are free, same price." */
  readonly words: string;
  /** Nearest first, as many as were lost if there are as many. */
  readonly offered: readonly number[];
};

/**
 * What to say when seats were taken between choosing and holding, and which seats of the same rows and price level are
 * still free. `priceOf` null: not sold.
 */
export function explainLostRace(
  plan: SeatPlan,
  lost: readonly number[],
  ask: { isFree: (seatNo: number) => boolean; priceOf: (seatNo: number) => number | null },
): LostRace {
  const offered: number[] = [];
  for (const seatNo of lost) {
    for (const neighbour of neighboursOf(plan, seatNo)) {
      if (offered.length >= Math.min(lost.length, OFFERED_MAX)) break;
      const plain = ((plan.flags[neighbour] ?? 0) & (SEAT_FLAG.accessible | SEAT_FLAG.companion)) === 0;
      const samePrice = ask.priceOf(neighbour) !== null && ask.priceOf(neighbour) === ask.priceOf(seatNo);
      if (
        plain &&
        samePrice &&
        ask.isFree(neighbour) &&
        !lost.includes(neighbour) &&
        !offered.includes(neighbour)
      )
        offered.push(neighbour);
    }
  }
  const what = `Someone else just took ${listWords(lost.map((seatNo) => seatWords(plan, seatNo)))}.`;
  if (offered.length === 0) return { words: `${what} Nothing beside it is free at that price.`, offered };
  const sameRow = offered.every((seatNo) => plan.run[seatNo] === plan.run[lost[0] ?? -1]);
  const names = offered.map((seatNo) =>
    sameRow ? (plan.seatLabels[seatNo] ?? "?") : seatWords(plan, seatNo),
  );
  const free = sameRow ? `${names.length === 1 ? "Seat" : "Seats"} ${listWords(names)}` : listWords(names);
  return { words: `${what} ${free} ${names.length === 1 ? "is" : "are"} free, same price.`, offered };
}

function neighboursOf(plan: SeatPlan, seatNo: number): number[] {
  const run = plan.runs[plan.run[seatNo] ?? -1];
  if (!run) return [];
  const near: number[] = [];
  for (let step = 1; step <= NEIGHBOUR_REACH; step++) {
    for (const candidate of [seatNo + step, seatNo - step]) {
      if (candidate >= run.first && candidate < run.first + run.count) near.push(candidate);
    }
  }
  return near;
}

function listWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
