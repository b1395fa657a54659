import { labelIdentity } from "../shared/label.ts";
import { findCoincident } from "./coincident-seats.ts";
import type { NamePlace } from "./layout-place.ts";
import type { LayoutDocument, Seat } from "./layout.ts";
import { seatRuns } from "./seat-runs.ts";
import { problem, type Problem } from "../shared/problem.ts";

/** A file without real places has as many of these faults as seats; nobody reads more. */
const COINCIDENT_TOLD_MAX = 1_000;

type PlacedSeat = {
  readonly seat: Seat;
  readonly section: number;
  readonly run: number;
  readonly at: number;
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
    const details = {
      ...labelsOf(layout, placed),
      other: labelsOf(layout, other),
      first: pathOf(other, nameOf),
    };
    problems.push(problem("seat.coincident", pathOf(placed, nameOf), details));
  }
  const untold = coincident.length - COINCIDENT_TOLD_MAX;
  if (untold > 0) problems.push(problem("seat.coincident", nameOf({}), { more: untold }));
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
    const path = pathOf(placed, nameOf);
    const named = labelsOf(layout, placed);
    const add = (found: Problem): void => void problems.push(found);
    const label = labelIdentity(seat.label);
    const labelKey = `${placed.section}\n${placed.kind}\n${labelIdentity(placed.runLabel)}\n${label}`;
    const sameLabel = byLabel.get(labelKey);
    const sameId = byId.get(seat.id);
    if (label === "" || label === "?") add(problem("seat.missing_label", path, named));
    else if (sameLabel !== undefined)
      add(
        problem("seat.duplicate_label", path, {
          ...named,
          first: pathOf(sameLabel, nameOf),
          alike: seat.label.trim() !== sameLabel.seat.label.trim(),
        }),
      );
    else if (sameId !== undefined && sameId !== placed) {
      add(problem("seat.duplicate_id", path, { ...named, id: seat.id, first: pathOf(sameId, nameOf) }));
    }
    if (sameLabel === undefined) byLabel.set(labelKey, placed);

    const category = seat.category ?? layout.sections[placed.section]?.category;
    if (category === undefined) add(problem("seat.missing_category", path, named));
    else if (seat.category !== undefined && !categories.has(category)) {
      add(problem("seat.unknown_category", path, { ...named, category }));
    }
    if (!Number.isFinite(seat.x) || !Number.isFinite(seat.y))
      add(problem("seat.missing_position", path, named));
    if (seat.companionOf !== undefined) {
      const partner = byId.get(seat.companionOf);
      if (partner === undefined)
        add(problem("seat.companion_without_partner", path, { ...named, partner: seat.companionOf }));
      else if (partner === placed) add(problem("seat.companion_of_itself", path, named));
      else if (!partner.seat.accessible)
        add(problem("seat.companion_not_accessible", path, { ...named, partner: partner.seat.id }));
    }
    return problems;
  };
}

function pathOf({ section, run, at }: PlacedSeat, nameOf: NamePlace): string {
  return nameOf({ list: "sections", index: section, run, seat: at });
}

function labelsOf(layout: LayoutDocument, { seat, section, runLabel, kind }: PlacedSeat) {
  return {
    section: layout.sections[section]?.label ?? "",
    row: runLabel,
    run: kind,
    seat: seat.label,
  };
}
