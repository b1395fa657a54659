import { ROW_PITCH, roundPoint, SEAT_PITCH } from "../arrange/block.ts";
import type { Curve } from "../arrange/curve.ts";
import type { Point, Row, Seat, SeatedSection } from "../layout.ts";

/** A piece of a stand between two aisles: `from`..`to` on the line itself, rows from `depth` outwards. */
export type WedgeArea = {
  readonly curve: Curve;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly rows: number;
  /** Free width between this wedge and the next, at every depth. */
  readonly aisle: number;
};

/** As many seats as fit in each row, side by side and centred, numbered clockwise. */
export function fillWedge({ curve, from, to, depth, rows, aisle }: WedgeArea): Point[][] {
  return Array.from({ length: rows }, (_, row) => {
    const at = depth + row * ROW_PITCH;
    const [start, end] = [curve.project(from, at), curve.project(to, at)];
    const count = Math.max(0, Math.floor((end - start - aisle) / SEAT_PITCH));
    const middle = (start + end) / 2;
    return Array.from({ length: count }, (_unused, seat) =>
      roundPoint(curve.pointAt(middle + (seat - (count - 1) / 2) * SEAT_PITCH, at)),
    );
  });
}

/** The wedge's edge: half a row before the first and behind the last row, a little aisle on both sides. */
export function wedgeOutline({ curve, from, to, depth, rows, aisle }: WedgeArea): Point[] {
  const edge = (at: number): Point[] => {
    const inset = aisle * 0.3;
    const [start, end] = [curve.project(from, at) + inset, curve.project(to, at) - inset];
    const steps = Math.max(2, Math.min(24, Math.ceil((end - start) / (SEAT_PITCH * 4))));
    return Array.from({ length: steps + 1 }, (_, i) =>
      roundPoint(curve.pointAt(start + ((end - start) * i) / steps, at)),
    );
  };
  const back = depth + (rows - 1) * ROW_PITCH + ROW_PITCH * 0.6;
  return [...edge(depth - ROW_PITCH * 0.6), ...edge(back).toReversed()];
}

export type SeatTraits = Omit<Partial<Seat>, "id" | "label" | "x" | "y">;
export type WedgeSection = {
  readonly key: string;
  readonly floor?: string;
  readonly category: string;
  readonly rowLabel: (row: number) => string;
  /** What is special about a seat; seats are counted from 0. */
  readonly traitsOf?: (seat: Point, at: { row: number; seat: number; seats: number }) => SeatTraits;
};

/** A seated section that fills a wedge; its key is its label, its seat ids are key/row/seat. */
export function wedgeSection(area: WedgeArea, section: WedgeSection): SeatedSection {
  const rows = fillWedge(area).map((points, row): Row => {
    const label = section.rowLabel(row);
    const seats = points.map((point, seat): Seat => {
      const traits = section.traitsOf?.(point, { row, seat, seats: points.length }) ?? {};
      return { id: seatId(section.key, label, seat), label: String(seat + 1), ...point, ...traits };
    });
    return { label, shape: "curved", seats };
  });
  return {
    kind: "seated",
    key: section.key,
    label: section.key,
    ...(section.floor === undefined ? {} : { floor: section.floor }),
    category: section.category,
    outline: wedgeOutline(area),
    rows: rows.filter((row) => row.seats.length > 0),
    tables: [],
  };
}

export function seatId(section: string, row: string, seat: number): string {
  return `${section}/${row}/${seat + 1}`;
}

/** A, B, ... without I and O, which read as digits; then AA, BB, ... */
export function letterLabel(row: number): string {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  return (letters[row % letters.length] ?? "A").repeat(1 + Math.floor(row / letters.length));
}

/** Wheelchair places in pairs with a companion seat beside each: even seats of `within` first seats of a row. */
export function accessiblePair(section: string, row: string, seat: number): SeatTraits {
  return seat % 2 === 0 ? { accessible: true } : { companionOf: seatId(section, row, seat - 1) };
}
