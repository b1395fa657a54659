import type { Point, Shape, Table, Text } from "../layout.ts";
import { problem, type Problem } from "../../shared/problem.ts";

/**
 * What an importer makes of a file before anything is judged: labels may be missing or doubled, categories unknown.
 * Every part knows where it stood in the file. `finishDraft` turns it into a layout or a list of faults.
 */
export type DraftSeat = {
  label: string;
  readonly x: number;
  readonly y: number;
  /** Key of the category in the file; undefined: the section's. */
  readonly category: string | undefined;
  readonly accessible?: boolean;
  readonly restrictedView?: boolean;
  readonly house?: boolean;
  /** Sits beside an accessible seat; the partner is found by distance when the file names none. */
  companion?: boolean;
  partner?: DraftSeat;
  readonly source: string;
};

export type DraftRun = {
  readonly kind: "row" | "table";
  label: string;
  readonly seats: DraftSeat[];
  readonly table?: Omit<Table, "label" | "seats">;
  readonly source: string;
};

export type DraftSection = {
  label: string;
  readonly floor?: string | undefined;
  readonly category?: string | undefined;
  readonly outline?: Point[] | undefined;
  readonly focalPoint?: Point | undefined;
  readonly entrance?: string | undefined;
  /** A number makes it a general admission area. */
  readonly capacity?: number | undefined;
  readonly runs: DraftRun[];
  readonly source: string;
};

/** A section of a file without coordinates: rows front to back, seats from one end to the other. */
export type UnplacedSection = {
  readonly label: string;
  readonly group: string;
  readonly floor?: string | undefined;
  readonly rows: readonly UnplacedRow[];
  readonly source: string;
};
export type UnplacedRow = {
  readonly kind?: DraftRun["kind"];
  readonly label: string;
  readonly seats: readonly UnplacedSeat[];
  readonly source: string;
};
export type UnplacedSeat = Omit<DraftRun["seats"][number], "x" | "y">;

export type DraftCategory = {
  readonly sourceKey: string;
  readonly label: string;
  readonly color?: string | undefined;
  readonly source: string;
};

export type Draft = {
  name: string;
  focalPoint: Point | undefined;
  readonly categories: DraftCategory[];
  readonly sections: DraftSection[];
  readonly shapes: Shape[];
  readonly texts: Text[];
  /** Faults of the file that a layout could not show, such as a coordinate that is no number. */
  readonly problems: Problem[];
  readonly notes: Problem[];
  /** Seats that ranges in the file stand for, where a few characters can stand for many. */
  seatsRead: number;
};

export function emptyDraft(name: string): Draft {
  return {
    name,
    focalPoint: undefined,
    categories: [],
    sections: [],
    shapes: [],
    texts: [],
    problems: [],
    notes: [],
    seatsRead: 0,
  };
}

/** A list of the file; absent is empty, and anything else than a list is a fault of the file. */
export function readList(draft: Draft, value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value !== undefined && value !== null) {
    draft.problems.push(problem("file.bad_type", path, { expected: "list" }));
  }
  return [];
}
