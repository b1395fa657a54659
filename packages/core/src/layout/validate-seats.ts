import { labelIdentity } from "../shared/label.ts";
import { findCoincident } from "./coincident-seats.ts";
import type { NamePlace } from "./layout-place.ts";
import type { LayoutDocument, Seat } from "./layout.ts";
import { seatRuns } from "./seat-runs.ts";
import type { Problem } from "../shared/problem.ts";

/** A file without real places has as many of these faults as seats; nobody reads more. */
const COINCIDENT_TOLD_MAX = 1_000;

type PlacedSeat = {
  readonly seat: Seat;
  readonly section: number;
  readonly run: number;
  readonly at: number;
  /** "Seat 7, row 12, section A", for messages. */
  readonly runLabel: string;
  readonly kind: "row" | "table";
};

/** Faults of single seats: labels, ids, categories, partners, positions. O(n) in the number of seats. */
export function findSeatProblems(layout: LayoutDocument, nameOf: NamePlace): Problem[] {
  const seats = placedSeats(layout);
  const problems: Problem[] = [];
  const check = makeSeatCheck(layout, seats, nameOf);
  for (const placed of seats) problems.push(...check(placed));
  const coincident = findCoincident(
    seats.map((placed) => placed.seat),
    (index) => layout.sections[seats[index]?.section ?? 0]?.floor ?? "",
  );
  for (const [index, earlier] of coincident.slice(0, COINCIDENT_TOLD_MAX)) {
    const placed = seats[index];
    const other = seats[earlier];
    if (placed === undefined || other === undefined) continue;
    const message = `${describe(layout, placed)} stands where ${describe(layout, other)} stands (${pathOf(other, nameOf)}).`;
    problems.push({ code: "seat.coincident", path: pathOf(placed, nameOf), message });
  }
  const untold = coincident.length - COINCIDENT_TOLD_MAX;
  if (untold > 0) {
    const message = `${untold} more seats stand where others stand.`;
    problems.push({ code: "seat.coincident", path: nameOf({}), message });
  }
  return problems;
}

function placedSeats(layout: LayoutDocument): PlacedSeat[] {
  const seats: PlacedSeat[] = [];
  layout.sections.forEach((section, sectionIndex) => {
    if (section.kind !== "seated") return;
    seatRuns(section).forEach((run, runIndex) => {
      run.seats.forEach((seat, at) => {
        seats.push({ seat, section: sectionIndex, run: runIndex, at, runLabel: run.label, kind: run.kind });
      });
    });
  });
  return seats;
}

/**
 * A label must be unique, as people see it, among all runs of its section that carry the same label: a row may go on
 * behind an aisle as a second run "A", but there is one seat A-5. Closes over what it has seen so far, so call it once per seat, in order.
 */
function makeSeatCheck(layout: LayoutDocument, seats: readonly PlacedSeat[], nameOf: NamePlace) {
  const categories = new Set(layout.categories.map((category) => category.key));
  const byId = new Map<string, PlacedSeat>();
  const byLabel = new Map<string, PlacedSeat>();
  for (const placed of seats) if (!byId.has(placed.seat.id)) byId.set(placed.seat.id, placed);
  return (placed: PlacedSeat): Problem[] => {
    const { seat } = placed;
    const problems: Problem[] = [];
    const add = (code: string, message: string): void =>
      void problems.push({
        code,
        path: pathOf(placed, nameOf),
        message: `${describe(layout, placed)} ${message}`,
      });
    const label = labelIdentity(seat.label);
    const labelKey = `${placed.section}\n${placed.kind}\n${labelIdentity(placed.runLabel)}\n${label}`;
    const sameLabel = byLabel.get(labelKey);
    const sameId = byId.get(seat.id);
    if (label === "" || label === "?") add("seat.missing_label", "has no label.");
    else if (sameLabel !== undefined)
      add(
        "seat.duplicate_label",
        seat.label.trim() === sameLabel.seat.label.trim()
          ? `has the same label as ${pathOf(sameLabel, nameOf)}.`
          : `looks the same as ${pathOf(sameLabel, nameOf)}; what is different between them cannot be seen.`,
      );
    else if (sameId !== undefined && sameId !== placed) {
      add("seat.duplicate_id", `has the same id "${seat.id}" as ${pathOf(sameId, nameOf)}.`);
    }
    if (sameLabel === undefined) byLabel.set(labelKey, placed);

    const category = seat.category ?? layout.sections[placed.section]?.category;
    if (category === undefined) add("seat.missing_category", "has no category, and neither has its section.");
    else if (seat.category !== undefined && !categories.has(category)) {
      add("seat.unknown_category", `has category "${category}", which the layout does not declare.`);
    }
    if (!Number.isFinite(seat.x) || !Number.isFinite(seat.y))
      add("seat.missing_position", "has no position: x and y must be numbers.");
    if (seat.companionOf !== undefined) {
      const partner = byId.get(seat.companionOf);
      if (partner === undefined)
        add("seat.companion_without_partner", `accompanies "${seat.companionOf}", which is no seat.`);
      else if (partner === placed) add("seat.companion_of_itself", "accompanies itself.");
      else if (!partner.seat.accessible) {
        add(
          "seat.companion_not_accessible",
          `accompanies ${partner.seat.id}, which is not an accessible seat.`,
        );
      }
    }
    return problems;
  };
}

function pathOf({ section, run, at }: PlacedSeat, nameOf: NamePlace): string {
  return nameOf({ list: "sections", index: section, run, seat: at });
}

function describe(layout: LayoutDocument, placed: PlacedSeat): string {
  const section = layout.sections[placed.section]?.label ?? "";
  return `Seat ${placed.seat.label} of ${placed.kind} ${placed.runLabel}, section ${section},`;
}
