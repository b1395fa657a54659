import { problem } from "../../shared/problem.ts";
import type { Point } from "../layout.ts";
import { type Draft, type DraftRun, type DraftSeat, readList } from "./draft.ts";
import {
  asNumber,
  asPoint,
  asPoints,
  asRecord,
  asText,
  type Json,
  NOWHERE,
  rotationOf,
  shift,
} from "./read-json.ts";

/** Where a list stands: its origin and scale in the whole chart, its JSON path, the category it inherits. */
export type Frame = {
  readonly origin: Point;
  readonly scale: number;
  readonly source: string;
  readonly category: string | undefined;
};

export function place(point: Point, { origin, scale }: Frame): Point {
  return shift(origin, { x: point.x * scale, y: point.y * scale });
}

/** What fans see on an object: charts may keep another label for programs beside the one that is displayed. */
export function shownLabel(object: Json): string {
  const { displayedLabel } = asRecord(object["labels"]);
  for (const shown of [object["displayedLabel"], object["displayLabel"], displayedLabel, object["label"]]) {
    const text = asText(shown);
    if (text !== "") return text;
  }
  return "";
}

export function readRow(draft: Draft, row: Json, frame: Frame): DraftRun {
  return {
    kind: "row",
    label: shownLabel(row),
    seats: readSeats(draft, row, frame),
    source: frame.source,
  };
}

export function readTable(draft: Draft, table: Json, frame: Frame): DraftRun {
  const label = shownLabel(table);
  const seats = readSeats(draft, table, frame);
  if (table["bookAsAWhole"] === true) {
    draft.notes.push(problem("seatsio.book_as_a_whole", frame.source, { table: label }));
  }
  const centre = asPoint(table["center"]) ?? middleOfSeats(seats, frame);
  const rotation = rotationOf(table["rotationAngle"]);
  const size = (key: string): number | undefined => {
    const value = asNumber(table[key]) * frame.scale;
    return value > 0 ? value : undefined;
  };
  const round = asText(table["type"]) !== "rectangular" && asText(table["type"]) !== "rectangle";
  const [radius, width, height] = [size("radius"), size("width"), size("height")];
  return {
    kind: "table",
    label,
    seats,
    source: frame.source,
    table: {
      ...(asPoint(table["center"]) === undefined ? centre : place(centre, frame)),
      shape: round ? "round" : "rectangular",
      ...(radius !== undefined && round ? { radius } : {}),
      ...(width !== undefined && !round ? { width } : {}),
      ...(height !== undefined && !round ? { height } : {}),
      ...(rotation === undefined ? {} : { rotation }),
    },
  };
}

/** A booth is one place that is sold as a whole: a table with one seat of the same label. */
export function readBooth(_draft: Draft, booth: Json, frame: Frame): DraftRun {
  const label = shownLabel(booth);
  const points = asPoints(booth["points"]);
  const corner = asPoint(booth["topLeft"]) ?? asPoint(booth);
  const [width, height] = [asNumber(booth["width"]), asNumber(booth["height"])];
  const half = { x: width > 0 ? width / 2 : 0, y: height > 0 ? height / 2 : 0 };
  const centre =
    asPoint(booth["center"]) ?? meanOf(points) ?? (corner === undefined ? undefined : shift(corner, half));
  const at = place(centre ?? NOWHERE, frame);
  const rotation = rotationOf(booth["rotationAngle"]);
  return {
    kind: "table",
    label,
    seats: [
      {
        ...seatTraits(booth),
        label,
        ...at,
        category: asText(booth["categoryKey"]) || undefined,
        source: frame.source,
      },
    ],
    source: frame.source,
    table: {
      ...at,
      shape: "rectangular",
      ...(half.x > 0 ? { width: width * frame.scale } : {}),
      ...(half.y > 0 ? { height: height * frame.scale } : {}),
      ...(rotation === undefined ? {} : { rotation }),
    },
  };
}

function readSeats(draft: Draft, owner: Json, frame: Frame): DraftSeat[] {
  const path = `${frame.source}.seats`;
  // A row may carry the category for all of its seats.
  const inherited = asText(owner["categoryKey"]) || undefined;
  return readList(draft, owner["seats"], path).map((item, index) => {
    const seat = asRecord(item);
    const source = `${path}[${index}]`;
    return {
      ...seatTraits(seat),
      label: shownLabel(seat),
      ...place(asPoint(seat) ?? NOWHERE, frame),
      category: asText(seat["categoryKey"]) || inherited,
      source,
    };
  });
}

function seatTraits(seat: Json): Pick<DraftSeat, "accessible" | "companion" | "restrictedView"> {
  return {
    ...(seat["accessible"] === true ? { accessible: true } : {}),
    ...(seat["companionSeat"] === true ? { companion: true } : {}),
    ...(seat["restrictedView"] === true ? { restrictedView: true } : {}),
  };
}

function middleOfSeats(seats: readonly DraftSeat[], frame: Frame): Point {
  return meanOf(seats) ?? frame.origin;
}

function meanOf(points: readonly Point[]): Point | undefined {
  if (points.length === 0) return undefined;
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
