import type { Seat, SeatedSection } from "./layout.ts";

/** Rows and tables are both runs of seats; most code does not care which. */
export type SeatRun = {
  readonly label: string;
  readonly seats: readonly Seat[];
  readonly kind: "row" | "table";
  /** Place in the organizer's order of rows; null without one. */
  readonly viewRank: number | null;
};
export function seatRuns(section: SeatedSection): SeatRun[] {
  return [
    ...section.rows.map((row) => ({
      label: row.label,
      seats: row.seats,
      kind: "row" as const,
      viewRank: row.viewRank ?? null,
    })),
    ...section.tables.map((table) => ({
      label: table.label,
      seats: table.seats,
      kind: "table" as const,
      viewRank: null,
    })),
  ];
}
