import { ROW_PITCH, roundPoint, SEAT_PITCH } from "../arrange/block.ts";
import type { Point } from "../layout.ts";
import type { DraftRun, UnplacedRow } from "./draft.ts";

/** From the rim of a table to the middle of a chair. */
const CHAIR = 12;

type Spot = { readonly table: UnplacedRow; readonly row: number; readonly slot: number };
export type TableGround = {
  /** Rows of unnamed seats behind the real ones: the floor that the tables stand on. */
  readonly rows: readonly string[][];
  readonly spots: readonly Spot[];
  readonly span: { readonly slots: number; readonly rows: number };
};

/**
 * Tables of a file without coordinates stand behind the rows of their section, side by side. They are laid out as a
 * floor of rows that nobody sits on, so that sections with tables bend and keep apart like all others.
 */
export function groundForTables(tables: readonly UnplacedRow[], widestRow: number): TableGround {
  const reach = Math.max(0, ...tables.map((table) => seatCircle(table.seats.length) * 2 + SEAT_PITCH * 2));
  const span = { slots: Math.ceil(reach / SEAT_PITCH), rows: Math.ceil(reach / ROW_PITCH) };
  const fitting = Math.floor(widestRow / Math.max(1, span.slots));
  const perBand = Math.min(tables.length, Math.max(fitting, Math.ceil(Math.sqrt(tables.length))));
  const rows: string[][] = [];
  const spots = tables.map((table, index): Spot => {
    const [band, at] = [Math.floor(index / perBand), index % perBand];
    return { table, row: band * span.rows, slot: at * span.slots };
  });
  for (let left = tables.length; left > 0; left -= perBand) {
    const width = Math.min(left, perBand) * span.slots;
    for (let row = 0; row < span.rows; row += 1) rows.push(Array.from({ length: width }, () => ""));
  }
  return { rows, spots, span };
}

/** `points` are where the unnamed seats of the ground came to stand, row by row. */
export function tableRuns(ground: TableGround, points: readonly (readonly Point[])[]): DraftRun[] {
  return ground.spots.map(({ table, row, slot }): DraftRun => {
    const own = points
      .slice(row, row + ground.span.rows)
      .flatMap((line) => line.slice(slot, slot + ground.span.slots));
    const centre = roundPoint(meanOf(own));
    const circle = seatCircle(table.seats.length);
    return {
      kind: "table",
      label: table.label,
      seats: table.seats.map((seat, index) => ({
        ...seat,
        ...roundPoint(onCircle(centre, circle, index / table.seats.length)),
      })),
      table: { ...centre, shape: "round", radius: Math.round(circle - CHAIR) },
      source: table.source,
    };
  });
}

/** The circle on which so many chairs stand a seat's width apart. */
function seatCircle(seats: number): number {
  return Math.max(CHAIR + SEAT_PITCH, (seats * SEAT_PITCH) / (2 * Math.PI));
}

function onCircle({ x, y }: Point, radius: number, share: number): Point {
  const angle = share * 2 * Math.PI - Math.PI / 2;
  return { x: x + Math.cos(angle) * radius, y: y + Math.sin(angle) * radius };
}

function meanOf(points: readonly Point[]): Point {
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / Math.max(1, points.length), y: sum.y / Math.max(1, points.length) };
}
