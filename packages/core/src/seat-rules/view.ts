import type { SeatPlan } from "../layout/seat-plan.ts";

/** Where a section looks, and the line on which the view is straight: a unit vector, or 0, 0 where every side is the front. */
export type Sightline = { readonly x: number; readonly y: number; readonly ux: number; readonly uy: number };
type Point = { readonly x: number; readonly y: number };

/** A seat at 60 degrees off the middle counts as twice as far away as one straight in front, at 90 as three times. */
const SIDE_WEIGHT = 2;
/** Seats all around a stage have their middle near it; then no side is the front. */
const ROUND_BELOW = 0.15;

/**
 * The measure of view (decision 0013): the distance to the focal point, and as much again for each half by which the seat
 * is off the middle, d + 2 (d - d cos a). It grows with the distance and with the angle, so nothing that ranks lower is
 * both nearer and more central. Sums, products and roots alone: the same in every engine.
 */
export function viewCost({ x, y, ux, uy }: Sightline, at: Point): number {
  const [dx, dy] = [at.x - x, at.y - y];
  const distance = Math.sqrt(dx * dx + dy * dy);
  const isRound = ux === 0 && uy === 0;
  return isRound ? distance : distance + SIDE_WEIGHT * (distance - (dx * ux + dy * uy));
}

/** By section. The middle of a plan lies where its audience is: from the focal point to the mean of all who look at it. */
export function sightlinesOf(plan: SeatPlan): Sightline[] {
  const keyOf = (section: number) => {
    const { x, y } = plan.sections[section]?.focalPoint ?? plan.focalPoint;
    return `${x}/${y}`;
  };
  const audiences = new Map<string, { x: number; y: number; count: number; far: number }>();
  plan.runs.forEach(({ section, first, count }) => {
    const focal = plan.sections[section]?.focalPoint ?? plan.focalPoint;
    const audience = audiences.get(keyOf(section)) ?? { x: 0, y: 0, count: 0, far: 0 };
    for (let seatNo = first; seatNo < first + count; seatNo += 1) {
      const [dx, dy] = [(plan.x[seatNo] ?? 0) - focal.x, (plan.y[seatNo] ?? 0) - focal.y];
      audience.x += dx;
      audience.y += dy;
      audience.far += Math.sqrt(dx * dx + dy * dy);
      audience.count += 1;
    }
    audiences.set(keyOf(section), audience);
  });
  return plan.sections.map(({ focalPoint: { x, y } }, section) => {
    const audience = audiences.get(keyOf(section));
    const length = audience ? Math.sqrt(audience.x * audience.x + audience.y * audience.y) : 0;
    if (!audience || length <= ROUND_BELOW * audience.far) return { x, y, ux: 0, uy: 0 };
    return { x, y, ux: audience.x / length, uy: audience.y / length };
  });
}

/** Ranks are few and costs are lengths on a chart of 20,000,000 units at most, so a rank outweighs every cost. */
const PER_RANK = 1e9;

/**
 * By run: what the organizer's own order of sections, then of rows, adds to every seat's cost. Sections and rows without a
 * place in it come after those with one; a plan without an order adds nothing.
 */
export function orderCosts(plan: SeatPlan): number[] {
  const last = Number.MAX_SAFE_INTEGER;
  const keys = plan.runs.map(({ section, viewRank }) => ({
    section: plan.sections[section]?.viewRank ?? last,
    row: viewRank ?? last,
  }));
  const distinct = [...new Map(keys.map((key) => [`${key.section}/${key.row}`, key])).values()].sort(
    (a, b) => a.section - b.section || a.row - b.row,
  );
  const places = new Map(distinct.map((key, place) => [`${key.section}/${key.row}`, place]));
  return keys.map(({ section, row }) => PER_RANK * (places.get(`${section}/${row}`) ?? 0));
}
