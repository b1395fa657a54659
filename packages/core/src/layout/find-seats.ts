import { isSameLabel } from "../shared/label.ts";
import type { FindSeatsFault } from "../shared/layout-problems.ts";
import type { PlanRun, SeatPlan } from "./seat-plan.ts";

export type FoundSeats =
  | { readonly ok: true; readonly seatNos: readonly number[] }
  | { readonly ok: false; readonly fault: FindSeatsFault };

/**
 * Seats as people name them, compared as people see labels: "Floor, 3, 7", "Floor, 3, 7-12" (in the order of the row),
 * "Floor, 3" (the whole row), "Floor" (the whole section).
 */
export function findSeats(plan: SeatPlan, text: string): FoundSeats {
  const [section = "", row, seats, ...more] = text.split(",").map((part) => part.trim());
  if (section === "" || more.length > 0) return { ok: false, fault: { why: "form", text } };
  const runs = plan.runs.filter((run) => same(plan.sections[run.section]?.label, section));
  if (runs.length === 0) return { ok: false, fault: { why: "section", section } };
  const rows = row === undefined ? runs : runs.filter((run) => same(run.label, row));
  if (rows.length === 0) return { ok: false, fault: { why: "row", section, row: row ?? "" } };
  if (seats === undefined) return { ok: true, seatNos: rows.flatMap(numbersOf) };
  const found = rows.map((run) => inRow(plan, run, seats)).find((nos) => nos.length > 0);
  if (found) return { ok: true, seatNos: found };
  return { ok: false, fault: { why: "seat", section, row: row ?? "", seat: seats } };
}

const same = (a: string | undefined, b: string) => a !== undefined && isSameLabel(a, b);

const numbersOf = ({ first, count }: PlanRun) => Array.from({ length: count }, (_, n) => first + n);

/** A label may hold a dash itself, so the whole text is looked for before it is read as a range. */
function inRow(plan: SeatPlan, run: PlanRun, text: string): number[] {
  const numbers = numbersOf(run);
  const at = (label: string) => numbers.findIndex((seatNo) => same(plan.seatLabels[seatNo], label));
  const one = at(text);
  if (one >= 0) return numbers.slice(one, one + 1);
  for (const dash of text.matchAll(/[-–]/g)) {
    const from = at(text.slice(0, dash.index).trim());
    const to = at(text.slice(dash.index + 1).trim());
    if (from >= 0 && to >= 0) return numbers.slice(Math.min(from, to), Math.max(from, to) + 1);
  }
  return [];
}
