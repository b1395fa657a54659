import { SEAT_FLAG, type SeatPlan } from "../../layout/seat-plan.ts";
import { bestAvailable, makeSeatIndex } from "../best-available.ts";
import type { Seating } from "./arbitrary-seating.ts";

type Ask = Omit<Parameters<typeof bestAvailable>[0], "index" | "isFree">;
export function ask(plan: SeatPlan, wish: Ask, taken: Iterable<number> = []) {
  const gone = new Set(taken);
  return bestAvailable({ index: makeSeatIndex(plan), isFree: (seatNo) => !gone.has(seatNo), ...wish });
}
/** Seat ids of the answer, and whether they are together. */
export function ids(plan: SeatPlan, wish: Ask, taken: readonly string[] = []): string[] {
  const pick = ask(
    plan,
    wish,
    taken.map((id) => plan.seatIds.indexOf(id)),
  );
  return pick
    ? [...pick.seatNos.map((seatNo) => plan.seatIds[seatNo] ?? "?"), pick.together ? "together" : "split"]
    : [];
}

/* The reference: everything from coordinates and brute force, nothing from the code under test. */
const KEPT = SEAT_FLAG.accessible | SEAT_FLAG.companion | SEAT_FLAG.houseSeat;
export function beside(plan: SeatPlan, seatNo: number): number[] {
  const run = plan.runs[plan.run[seatNo] ?? -1];
  if (!run) return [];
  if (run.kind === "table") {
    const at = seatNo - run.first;
    return [...new Set([(at + 1) % run.count, (at + run.count - 1) % run.count])]
      .map((offset) => run.first + offset)
      .filter((other) => other !== seatNo);
  }
  return [seatNo - 1, seatNo + 1].filter(
    (other) =>
      plan.run[other] === plan.run[seatNo] && Math.abs((plan.x[other] ?? 0) - (plan.x[seatNo] ?? 0)) <= 10,
  );
}
export const isOffered = ({ plan, taken }: Seating, seatNo: number) =>
  !taken.has(seatNo) && ((plan.flags[seatNo] ?? 0) & KEPT) === 0;
export const seatsOf = (plan: SeatPlan) => Array.from({ length: plan.seatCount }, (_, seatNo) => seatNo);

export function allBlocks(seating: Seating, size: number): number[][] {
  const { plan } = seating;
  const blocks: number[][] = [];
  const grow = (block: number[]): void => {
    if (block.length === size) {
      blocks.push(block);
      return;
    }
    const last = block.at(-1) ?? -1;
    const run = plan.runs[plan.run[last] ?? -1];
    if (!run) return;
    const next = run.kind === "table" ? run.first + ((last - run.first + 1) % run.count) : last + 1;
    if (beside(plan, last).includes(next) && !block.includes(next) && isOffered(seating, next))
      grow([...block, next]);
  };
  for (const seatNo of seatsOf(plan)) if (isOffered(seating, seatNo)) grow([seatNo]);
  return blocks;
}
