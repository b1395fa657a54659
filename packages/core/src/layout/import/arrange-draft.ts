import { arrangeSectors } from "../arrange/arrange-sectors.ts";
import { paletteColor } from "../palette.ts";
import type { Draft, DraftCategory, DraftRun, DraftSection } from "./draft.ts";

/** A section of a file without coordinates: rows front to back, seats from one end to the other. */
export type UnplacedSection = {
  readonly label: string;
  readonly group: string;
  readonly floor?: string | undefined;
  readonly rows: readonly UnplacedRow[];
  readonly source: string;
};
export type UnplacedRow = {
  readonly label: string;
  readonly seats: readonly UnplacedSeat[];
  readonly source: string;
};
export type UnplacedSeat = Omit<DraftRun["seats"][number], "x" | "y">;

/** Gives every seat a place and every section an outline (see arrange/), and the draft its stage and focal point. */
export function arrangeDraft(draft: Draft, sections: readonly UnplacedSection[]): void {
  if (sections.length === 0) return;
  const arranged = arrangeSectors(
    sections.map(({ label, group, rows }) => ({
      label,
      group,
      rows: rows.map((row) => row.seats.map((seat) => seat.label)),
    })),
  );
  sections.forEach((section, index) => {
    const placed = arranged.placed[index];
    const runs = section.rows.map((row, rowIndex): DraftRun => {
      const points = placed?.rows[rowIndex] ?? [];
      const seats = row.seats.map((seat, seatIndex) => ({
        ...seat,
        ...(points[seatIndex] ?? { x: 0, y: 0 }),
      }));
      return { kind: "row", label: row.label, seats, source: row.source };
    });
    const draftSection: DraftSection = {
      label: section.label,
      floor: section.floor,
      runs,
      source: section.source,
    };
    draft.sections.push(placed === undefined ? draftSection : { ...draftSection, outline: placed.outline });
  });
  draft.focalPoint = arranged.focalPoint;
  draft.shapes.push(arranged.stage);
}

/** Categories in order of appearance, with colours of our own. */
export function categoriesFrom(names: Iterable<string>, sourceOf: (name: string) => string): DraftCategory[] {
  const unique = [...new Set(names)].filter((name) => name !== "");
  return unique.map((name, index) => ({
    sourceKey: name,
    label: name,
    color: paletteColor(index),
    source: sourceOf(name),
  }));
}
