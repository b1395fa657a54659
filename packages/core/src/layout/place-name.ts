import type { SeatName } from "../shared/sale-problems.ts";
import type { SeatPlan } from "./seat-plan.ts";

/** Section, row and seat as they are printed on a ticket; a standing area has neither row nor seat. */
export type Place = { readonly section: string; readonly row: string | null; readonly seat: string | null };

export function seatPlace(plan: SeatPlan, seatNo: number): Place {
  const { section, row, seat } = seatName(plan, seatNo);
  return { section, row, seat };
}

export function areaPlace(plan: SeatPlan, areaNo: number): Place {
  return { section: plan.areas[areaNo]?.label ?? "?", row: null, seat: null };
}

/** "Section 104, row 12, seat 7"; "Balcony left, table 5, seat 3". */
export function seatWords(plan: SeatPlan, seatNo: number): string {
  const { section, row, seat, run: kind } = seatName(plan, seatNo);
  return [
    isBare(section) ? `Section ${section}` : section,
    row.toLowerCase().startsWith(kind) ? row : `${kind} ${row}`,
    `seat ${seat}`,
  ].join(", ");
}

/** "104", "A" and "B2" need the word "Section"; "Balcony left" and "Section 104" speak for themselves. */
function isBare(label: string): boolean {
  return /^\p{L}?\d*\p{L}?$/u.test(label);
}

/** The labels that name a seat to people, everywhere. */
export function seatName(plan: SeatPlan, seatNo: number): SeatName {
  const run = plan.runs[plan.run[seatNo] ?? -1];
  const section = run && plan.sections[run.section];
  return {
    section: section?.label ?? "?",
    row: run?.label ?? "?",
    seat: plan.seatLabels[seatNo] ?? "?",
    run: run?.kind ?? "row",
  };
}
