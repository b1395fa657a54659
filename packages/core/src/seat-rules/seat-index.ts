import { SEAT_FLAG, type SeatPlan } from "../layout/seat-plan.ts";
import { orderCosts, type Sightline, sightlinesOf, viewCost } from "./view.ts";

/**
 * Seats side by side with nothing between them, in written order: a row from aisle to aisle, or a table all the way round.
 * Order in the row is what counts, so a curve makes no difference. Seats are first..first+count-1.
 */
export type Stretch = {
  readonly first: number;
  readonly count: number;
  /** Index into the plan's runs. */
  readonly run: number;
  /** A table: the last seat sits beside the first. */
  readonly circular: boolean;
  /** No block in this stretch has a better view than this; see view.ts. */
  readonly bestCost: number;
};

/** What seat rules and best available ask of a plan; computed once per plan (20,000 seats: about 25 ms). */
export type SeatIndex = {
  readonly plan: SeatPlan;
  readonly stretches: readonly Stretch[];
  /** By seat number: index into `stretches`. */
  readonly stretchOf: Int32Array;
  /** Stretches whose best block can have the best view come first. */
  readonly bestFirst: readonly Stretch[];
  /** Where each section looks, by section. */
  readonly sightlines: readonly Sightline[];
  /** What the organizer's order adds, by run. */
  readonly orderCosts: readonly number[];
  /** Accessible seats, ascending, with the companion seats of each. */
  readonly accessible: ReadonlyMap<number, readonly number[]>;
};

/** Wider than this many times the usual distance between neighbours, there is an aisle between two seats of a row. */
const AISLE_RATIO = 1.8;
/** A row with fewer gaps than this says too little about the usual distance; its section is asked. */
const GAPS_TO_JUDGE_BY = 3;

const indexes = new WeakMap<SeatPlan, SeatIndex>();

export function seatIndexOf(plan: SeatPlan): SeatIndex {
  const known = indexes.get(plan);
  if (known) return known;
  const made = computeIndex(plan);
  indexes.set(plan, made);
  return made;
}

/** Accessible, companion and house seats: kept for somebody, never counted as left over and never proposed instead. */
export function isReserved(plan: SeatPlan, seatNo: number): boolean {
  return (
    ((plan.flags[seatNo] ?? 0) & (SEAT_FLAG.accessible | SEAT_FLAG.companion | SEAT_FLAG.houseSeat)) !== 0
  );
}

/** The seat at a place of a stretch, counted from its first; past the end of a table it goes round. */
export function seatAt(stretch: Stretch, offset: number): number {
  return stretch.first + (stretch.circular ? offset % stretch.count : offset);
}

/** The middle of `size` neighbours from `offset` on: the middle seat, or halfway between the two middle seats. */
export function blockMiddle(
  plan: SeatPlan,
  stretch: Stretch,
  { offset, size }: { offset: number; size: number },
): { x: number; y: number } {
  const a = seatAt(stretch, offset + ((size - 1) >> 1));
  const b = seatAt(stretch, offset + (size >> 1));
  return {
    x: ((plan.x[a] ?? 0) + (plan.x[b] ?? 0)) / 2,
    y: ((plan.y[a] ?? 0) + (plan.y[b] ?? 0)) / 2,
  };
}

export type ViewIndex = Pick<SeatIndex, "plan" | "sightlines" | "orderCosts">;

/** How good the view from the middle of a block is, the organizer's order first; less is better. */
export function blockCost(
  { plan, sightlines, orderCosts }: ViewIndex,
  stretch: Stretch,
  block: { offset: number; size: number },
): number {
  const sightline = sightlines[plan.runs[stretch.run]?.section ?? -1];
  const cost = sightline ? viewCost(sightline, blockMiddle(plan, stretch, block)) : 0;
  return (orderCosts[stretch.run] ?? 0) + cost;
}

function computeIndex(plan: SeatPlan): SeatIndex {
  const stretchOf = new Int32Array(plan.seatCount);
  const stretches: Stretch[] = [];
  const views = { plan, sightlines: sightlinesOf(plan), orderCosts: orderCosts(plan) };
  const add = (stretch: Omit<Stretch, "bestCost">): void => {
    if (stretch.count === 0) return;
    stretchOf.fill(stretches.length, stretch.first, stretch.first + stretch.count);
    stretches.push({ ...stretch, bestCost: bestCostOf(views, { ...stretch, bestCost: 0 }) });
  };
  const spacings = sectionSpacings(plan);
  plan.runs.forEach(({ first, count, kind, section }, run) => {
    if (kind === "table") {
      add({ first, count, run, circular: true });
      return;
    }
    const gaps = gapsOf(plan, first, count);
    const usual = gaps.length >= GAPS_TO_JUDGE_BY ? lowerMedian(gaps) : (spacings[section] ?? 0);
    let start = first;
    gaps.forEach((gap, n) => {
      // Seats without positions lie on one point; there every gap is 0 and nothing is an aisle.
      if (usual === 0 || gap <= AISLE_RATIO * usual) return;
      add({ first: start, count: first + n + 1 - start, run, circular: false });
      start = first + n + 1;
    });
    add({ first: start, count: first + count - start, run, circular: false });
  });
  const bestFirst = stretches.toSorted((a, b) => a.bestCost - b.bestCost || a.first - b.first);
  return { ...views, stretches, stretchOf, bestFirst, accessible: companionsByPartner(plan) };
}

function companionsByPartner(plan: SeatPlan): Map<number, number[]> {
  const companions = new Map<number, number[]>();
  plan.flags.forEach((flags, seatNo) => {
    if (flags & SEAT_FLAG.accessible) companions.set(seatNo, []);
  });
  plan.companionOf.forEach((partner, seatNo) => companions.get(partner)?.push(seatNo));
  return companions;
}

function bestCostOf(views: ViewIndex, stretch: Stretch): number {
  let best = Infinity;
  for (let offset = 0; offset < stretch.count; offset += 1) {
    best = Math.min(best, blockCost(views, stretch, { offset, size: 1 }));
    // Even blocks have their middle between two seats, which can lie better than both.
    if (stretch.circular || offset + 1 < stretch.count)
      best = Math.min(best, blockCost(views, stretch, { offset, size: 2 }));
  }
  return best;
}

function gapsOf(plan: SeatPlan, first: number, count: number): number[] {
  return Array.from({ length: Math.max(0, count - 1) }, (_, n) => {
    const [a, b] = [first + n, first + n + 1];
    return Math.hypot((plan.x[b] ?? 0) - (plan.x[a] ?? 0), (plan.y[b] ?? 0) - (plan.y[a] ?? 0));
  });
}

function sectionSpacings(plan: SeatPlan): number[] {
  const gaps: number[][] = plan.sections.map(() => []);
  for (const { kind, section, first, count } of plan.runs)
    if (kind === "row") gaps[section]?.push(...gapsOf(plan, first, count));
  return gaps.map(lowerMedian);
}

function lowerMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? 0;
}
