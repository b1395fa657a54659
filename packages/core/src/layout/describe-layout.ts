import type { LayoutDocument, Section } from "./layout.ts";

/** What is in a layout. `seats` are numbered seats (at rows and tables); `gaCapacity` is counted beside them. */
export type LayoutCounts = {
  readonly seats: number;
  readonly gaCapacity: number;
  readonly sections: number;
  readonly rows: number;
  readonly tables: number;
  readonly categories: number;
};
export const NO_COUNTS: LayoutCounts = {
  seats: 0,
  gaCapacity: 0,
  sections: 0,
  rows: 0,
  tables: 0,
  categories: 0,
};

export function countLayout(layout: LayoutDocument): LayoutCounts {
  let seats = 0;
  let gaCapacity = 0;
  let rows = 0;
  let tables = 0;
  for (const section of layout.sections) {
    seats += countSeats(section);
    if (section.kind === "ga") {
      gaCapacity += section.capacity;
      continue;
    }
    rows += section.rows.length;
    tables += section.tables.length;
  }
  return {
    seats,
    gaCapacity,
    sections: layout.sections.length,
    rows,
    tables,
    categories: layout.categories.length,
  };
}

/** Numbered seats of one section; 0 for general admission. */
export function countSeats(section: Section): number {
  if (section.kind === "ga") return 0;
  let seats = 0;
  for (const row of section.rows) seats += row.seats.length;
  for (const table of section.tables) seats += table.seats.length;
  return seats;
}
