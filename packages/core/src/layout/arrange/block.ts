import type { Point } from "../layout.ts";
import type { Curve } from "./curve.ts";
import { convexHull } from "../convex-hull.ts";

/** Chart units between the middles of two neighbours, and of two rows. */
export const SEAT_PITCH = 20;
export const ROW_PITCH = 24;
/** Free space between blocks, for aisles and for the eye. */
export const AISLE = 30;

/** Rows front to back; each seat's `slot` counts seat widths from the middle of the block. */
export type Block = { readonly rows: readonly (readonly number[])[]; readonly width: number };

/**
 * Rows of labelled seats as a block. Where a row starts at another number than 1 ("6-36"), numbers tell which seats
 * stand behind each other, so seat 6 stands behind seat 6 and gaps stay gaps; else every row is centred.
 */
export function makeBlock(rows: readonly (readonly string[])[]): Block {
  const numbers = rows.map((labels) =>
    labels.map((label) => (/^\d{1,4}$/.test(label) ? Number(label) : Number.NaN)),
  );
  const all = numbers.flat();
  const min = all.reduce((least, number) => Math.min(least, number), Infinity);
  const max = all.reduce((most, number) => Math.max(most, number), -Infinity);
  const widest = rows.reduce((most, labels) => Math.max(most, labels.length), 1);
  const numeric = all.length > 0 && !all.some(Number.isNaN) && max - min < widest * 3;
  const starts = new Set(numbers.map((row) => Math.min(...row)));
  if (numeric && starts.size > 1 && numbers.every((row) => new Set(row).size === row.length)) {
    const middle = (min + max) / 2;
    return {
      rows: numbers.map((row) => row.map((number) => number - middle)),
      width: (max - min + 1) * SEAT_PITCH,
    };
  }
  const spans = numbers.map((row) => slotsOfRow(row));
  const width = spans.reduce((most, slots) => Math.max(most, (slots.at(-1) ?? 0) + 1), 1);
  return {
    rows: spans.map((slots) => slots.map((slot) => slot - (slots.at(-1) ?? 0) / 2)),
    width: width * SEAT_PITCH,
  };
}

/** A missing number within a row ("1-10,12-16") is a gap of at most two seats; longer jumps are only an aisle. */
function slotsOfRow(numbers: readonly number[]): number[] {
  let slot = 0;
  return numbers.map((number, index) => {
    const step = index === 0 ? 0 : Math.abs(number - (numbers[index - 1] ?? 0));
    if (index > 0) slot += step >= 1 && step <= 3 ? step : step > 3 ? 2 : 1;
    return slot;
  });
}

export type Placed = { readonly rows: Point[][]; readonly outline: Point[] };

/** Sets a block on a curve: `centre` is where its middle stands on the line itself, `depth` where its first row is. */
export function placeOnCurve(
  block: Block,
  curve: Curve,
  { centre, depth }: { centre: number; depth: number },
): Placed {
  return place(block, ({ x, y }) => curve.pointAt(curve.project(centre, depth + y) + x, depth + y));
}

/** Sets a block flat, rows going down; `x`, `y` is the middle of its first row. */
export function placeFlat(block: Block, { x, y }: Point): Placed {
  return place(block, (local) => ({ x: x + local.x, y: y + local.y }));
}

/** `toChart` takes a place in the block (x from its middle, y back from its first row) to the chart. */
function place(block: Block, toChart: (local: Point) => Point): Placed {
  const local = block.rows.map((slots, index) =>
    slots.map((slot) => ({ x: slot * SEAT_PITCH, y: index * ROW_PITCH })),
  );
  const corners = local.flatMap((row) =>
    [row[0], row.at(-1)].flatMap((seat) => (seat === undefined ? [] : paddedCorners(seat))),
  );
  const outline = subdivide(convexHull(corners), SEAT_PITCH * 4);
  return {
    rows: local.map((row) => row.map((point) => roundPoint(toChart(point)))),
    outline: outline.map((point) => roundPoint(toChart(point))),
  };
}

function paddedCorners({ x, y }: Point): Point[] {
  const [padX, padY] = [SEAT_PITCH * 0.65, ROW_PITCH * 0.6];
  return [-1, 1].flatMap((sx) => [-1, 1].map((sy) => ({ x: x + sx * padX, y: y + sy * padY })));
}

/** Hundredths of a chart unit are enough, and keep documents small. */
export function roundPoint({ x, y }: Point): Point {
  return { x: Math.round(x * 100) / 100 + 0, y: Math.round(y * 100) / 100 + 0 };
}

export function blockDepth(block: Block): number {
  return block.rows.length * ROW_PITCH + AISLE;
}

/** The closed polygon with extra corners, so that no edge spans more than `step` from left to right. */
function subdivide(polygon: readonly Point[], step: number): Point[] {
  return polygon.flatMap((a, index) => {
    const b = polygon[(index + 1) % polygon.length] ?? a;
    const parts = Math.max(1, Math.min(24, Math.ceil(Math.abs(b.x - a.x) / step)));
    return Array.from({ length: parts }, (_, i) => ({
      x: a.x + ((b.x - a.x) * i) / parts,
      y: a.y + ((b.y - a.y) * i) / parts,
    }));
  });
}
