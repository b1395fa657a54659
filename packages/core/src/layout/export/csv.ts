import { formatCsv } from "../../shared/csv.ts";
import type { LayoutDocument, Seat, Section } from "../layout.ts";
import { seatRuns } from "../seat-runs.ts";

const HEADER = [
  "section",
  "floor",
  "row",
  "table",
  "seat",
  "category",
  "x",
  "y",
  "accessible",
  "companion_of",
  "restricted_view",
  "house",
  "capacity",
  "id",
];

/** One line per seat and per general admission area; `readSeatList` reads it back with the same seats and places. */
export function exportCsv(layout: LayoutDocument): string {
  const labels = new Map(layout.categories.map((category) => [category.key, category.label]));
  const labelOf = (key: string | undefined): string => (key === undefined ? "" : (labels.get(key) ?? key));
  return formatCsv([HEADER, ...layout.sections.flatMap((section) => linesOf(section, labelOf))]);
}

type Cells = (string | number | undefined)[];

function linesOf(section: Section, labelOf: (key: string | undefined) => string): Cells[] {
  const { label, floor } = section;
  if (section.kind === "ga") {
    const category = labelOf(section.category);
    return [[label, floor, "", "", "", category, "", "", "", "", "", "", section.capacity, section.key]];
  }
  return seatRuns(section).flatMap((run) =>
    run.seats.map((seat) => {
      const place = run.kind === "row" ? [run.label, ""] : ["", run.label];
      return [label, floor, ...place, ...seatCells(seat, labelOf(seat.category ?? section.category))];
    }),
  );
}

function seatCells(seat: Seat, category: string): Cells {
  const yes = (value: boolean | undefined): string => (value ? "yes" : "");
  const traits = [yes(seat.accessible), seat.companionOf ?? "", yes(seat.restrictedView), yes(seat.house)];
  return [seat.label, category, seat.x, seat.y, ...traits, "", seat.id];
}
