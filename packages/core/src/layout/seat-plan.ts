import type { Category, LayoutDocument, Point, Seat, Section } from "./layout.ts";
import { seatRuns } from "./seat-runs.ts";

/**
 * A layout compiled for selling: seats have dense numbers 0..n-1 (section order, then rows, then tables, then seats in
 * their written order), general-admission areas 0..m-1. Numbers are a function of the document alone, so every process
 * that compiles the same layout version agrees on them. Typed arrays keep 60,000 seats small and cheap to scan.
 */
export type SeatPlan = {
  readonly name: string;
  readonly categories: readonly Category[];
  readonly focalPoint: Point;
  readonly sections: readonly PlanSection[];
  readonly runs: readonly PlanRun[];
  readonly areas: readonly PlanArea[];
  readonly seatCount: number;
  /** By seat number. */
  readonly seatIds: readonly string[];
  readonly seatLabels: readonly string[];
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Index into `categories`. */
  readonly category: Uint8Array;
  /** Index into `runs`. */
  readonly run: Uint16Array;
  /** Bit set of SEAT_FLAG. */
  readonly flags: Uint8Array;
  /** Seat number of the accessible seat this one accompanies, or -1. */
  readonly companionOf: Int32Array;
};
export type PlanSection = {
  readonly key: string;
  readonly label: string;
  readonly floor: string | null;
  readonly kind: Section["kind"];
  readonly outline: readonly Point[] | null;
  readonly focalPoint: Point;
  /** Place in the organizer's order of sections; null without one. */
  readonly viewRank: number | null;
};
/** Seats first..first+count-1 in written order, one row or table of a section. */
export type PlanRun = {
  readonly label: string;
  readonly kind: "row" | "table";
  readonly section: number;
  readonly first: number;
  readonly count: number;
  /** Place in the organizer's order of the section's rows; null without one. */
  readonly viewRank: number | null;
};
export type PlanArea = {
  readonly key: string;
  readonly label: string;
  readonly section: number;
  readonly category: number;
  readonly capacity: number;
};

export const SEAT_FLAG = { accessible: 1, restrictedView: 2, houseSeat: 4, companion: 8 } as const;

/** Expects a document that `validateLayout` found no fault in; a seat without category is an error here. */
export function compileLayout(layout: LayoutDocument): SeatPlan {
  const indexOfCategory = makeCategoryIndex(layout.categories);
  const isKept = (index: number): boolean => layout.categories[index]?.notForSale === true;
  const sections: PlanSection[] = [];
  const runs: PlanRun[] = [];
  const areas: PlanArea[] = [];
  const seatIds: string[] = [];
  const seatLabels: string[] = [];
  const x: number[] = [];
  const y: number[] = [];
  const category: number[] = [];
  const run: number[] = [];
  const flags: number[] = [];
  const companionIds: (string | undefined)[] = [];

  layout.sections.forEach((section, sectionIndex) => {
    sections.push({
      key: section.key,
      label: section.label,
      floor: section.floor ?? null,
      kind: section.kind,
      outline: section.outline ?? null,
      focalPoint: section.focalPoint ?? layout.focalPoint,
      viewRank: section.viewRank ?? null,
    });
    if (section.kind === "ga") {
      const index = indexOfCategory(section.category, section.key);
      areas.push({
        key: section.key,
        label: section.label,
        section: sectionIndex,
        category: index,
        capacity: isKept(index) ? 0 : section.capacity,
      });
      return;
    }
    for (const { label, kind, seats, viewRank } of seatRuns(section)) {
      const first = seatIds.length;
      runs.push({ label, kind, section: sectionIndex, first, count: seats.length, viewRank });
      for (const seat of seats) {
        seatIds.push(seat.id);
        seatLabels.push(seat.label);
        x.push(seat.x);
        y.push(seat.y);
        const index = indexOfCategory(seat.category ?? section.category, seat.id);
        category.push(index);
        run.push(runs.length - 1);
        flags.push(flagsOf(seat) | (isKept(index) ? SEAT_FLAG.houseSeat : 0));
        companionIds.push(seat.companionOf);
      }
    }
  });
  const seatNoById = new Map(seatIds.map((id, seatNo) => [id, seatNo]));
  return {
    name: layout.name,
    categories: layout.categories,
    focalPoint: layout.focalPoint,
    sections,
    runs,
    areas,
    seatCount: seatIds.length,
    seatIds,
    seatLabels,
    x: Float32Array.from(x),
    y: Float32Array.from(y),
    category: Uint8Array.from(category),
    run: Uint16Array.from(run),
    flags: Uint8Array.from(flags),
    companionOf: Int32Array.from(companionIds, (id) => (id === undefined ? -1 : (seatNoById.get(id) ?? -1))),
  };
}

function makeCategoryIndex(categories: readonly Category[]) {
  const indexByKey = new Map(categories.map((category, index) => [category.key, index]));
  return (key: string | undefined, place: string): number => {
    const index = key === undefined ? undefined : indexByKey.get(key);
    if (index === undefined)
      throw new Error(`invariant: ${place} has no known category; validate the layout first`);
    return index;
  };
}

/** House seats, by number: blocked when an event with this layout is published. */
export function houseSeatsOf({ flags }: Pick<SeatPlan, "flags">): number[] {
  return [...flags.keys()].filter((seatNo) => ((flags[seatNo] ?? 0) & SEAT_FLAG.houseSeat) !== 0);
}

function flagsOf(seat: Seat): number {
  return (
    (seat.accessible ? SEAT_FLAG.accessible : 0) |
    (seat.restrictedView ? SEAT_FLAG.restrictedView : 0) |
    (seat.house ? SEAT_FLAG.houseSeat : 0) |
    (seat.companionOf === undefined ? 0 : SEAT_FLAG.companion)
  );
}
