import type { Point, Seat } from "./layout.ts";

/** Seats closer than this share of the usual distance between neighbours are at the same place. */
const COINCIDENT_SHARE = 0.01;
/** Cells per axis; keeps a cell's number inside 2^53. */
const CELLS_MAX = 2 ** 25;

/**
 * Names every seat that stands where an earlier one of the same floor stands: [seat, earlier seat] as indices into
 * `seats`. O(n): a grid whose cells are so small that two seats in one cell always coincide, so a cell keeps one seat.
 */
export function findCoincident(
  seats: readonly Point[],
  floorOf: (index: number) => string,
): [number, number][] {
  const distance = coincidentDistance(seats);
  const cell = distance / Math.SQRT2;
  const grids = new Map<string, Map<number, number>>();
  const found: [number, number][] = [];
  seats.forEach((seat, index) => {
    if (!Number.isFinite(seat.x) || !Number.isFinite(seat.y)) return;
    const floor = floorOf(index);
    let grid = grids.get(floor);
    if (grid === undefined) grids.set(floor, (grid = new Map()));
    const column = Math.floor(seat.x / cell);
    const line = Math.floor(seat.y / cell);
    let earlier: number | undefined;
    for (let dx = -1; dx <= 1 && earlier === undefined; dx += 1) {
      for (let dy = -1; dy <= 1 && earlier === undefined; dy += 1) {
        const other = grid.get((column + dx) * CELLS_MAX * 4 + line + dy);
        const place = other === undefined ? undefined : seats[other];
        if (place && Math.hypot(place.x - seat.x, place.y - seat.y) <= distance) earlier = other;
      }
    }
    if (earlier === undefined) grid.set(column * CELLS_MAX * 4 + line, index);
    else found.push([index, earlier]);
  });
  return found;
}

function coincidentDistance(seats: readonly Point[]): number {
  let extent = 1;
  const steps: number[] = [];
  for (let i = 0; i < seats.length; i += 1) {
    const seat = seats[i];
    if (seat === undefined || !Number.isFinite(seat.x) || !Number.isFinite(seat.y)) continue;
    extent = Math.max(extent, Math.abs(seat.x), Math.abs(seat.y));
    const before = i === 0 ? undefined : seats[i - 1];
    const step = before === undefined ? 0 : Math.hypot(seat.x - before.x, seat.y - before.y);
    if (step > 0 && Number.isFinite(step)) steps.push(step);
  }
  steps.sort((a, b) => a - b);
  const usual = steps[Math.floor(steps.length / 2)] ?? 1;
  return Math.max(usual * COINCIDENT_SHARE, (extent * 4) / CELLS_MAX, 1e-9);
}

/** A row whose seats leave the line between its ends by more than a fiftieth of its length is curved. */
export function rowShape(seats: readonly Pick<Seat, "x" | "y">[]): "straight" | "curved" {
  const first = seats[0];
  const last = seats.at(-1);
  if (first === undefined || last === undefined || seats.length < 3) return "straight";
  const length = Math.hypot(last.x - first.x, last.y - first.y);
  if (length === 0) return "curved";
  const dx = (last.x - first.x) / length;
  const dy = (last.y - first.y) / length;
  const off = seats.some((seat) => Math.abs((seat.x - first.x) * dy - (seat.y - first.y) * dx) > length / 50);
  return off ? "curved" : "straight";
}
