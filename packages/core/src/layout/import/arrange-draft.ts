import { arrangeSectors } from "../arrange/arrange-sectors.ts";
import { labelIdentity } from "../../shared/label.ts";
import { paletteColor } from "../palette.ts";
import { groundForTables, tableRuns } from "./arrange-tables.ts";
import type { Draft, DraftCategory, DraftRun, DraftSection, UnplacedSection } from "./draft.ts";

/** Gives every seat a place and every section an outline (see arrange/), and the draft its stage and focal point. */
export function arrangeDraft(draft: Draft, sections: readonly UnplacedSection[]): void {
  if (sections.length === 0) return;
  const grounds = sections.map(({ rows }) => {
    const seated = rows.filter(({ kind }) => kind !== "table");
    const widest = seated.reduce((most, { seats }) => Math.max(most, seats.length), 0);
    const tables = rows.filter(({ kind }) => kind === "table");
    return { seated, tables: groundForTables(tables, widest) };
  });
  const arranged = arrangeSectors(
    sections.map(({ label, group }, index) => {
      const { seated = [], tables } = grounds[index] ?? {};
      const rows = seated.map((row) => row.seats.map((seat) => seat.label));
      return { label, group, rows: [...rows, ...(tables?.rows ?? [])] };
    }),
  );
  sections.forEach((section, index) => {
    const placed = arranged.placed[index];
    const { seated = [], tables } = grounds[index] ?? {};
    const runs = seated.map((row, rowIndex): DraftRun => {
      const points = placed?.rows[rowIndex] ?? [];
      const seats = row.seats.map((seat, seatIndex) => ({
        ...seat,
        ...(points[seatIndex] ?? { x: 0, y: 0 }),
      }));
      return { kind: "row", label: row.label, seats, source: row.source };
    });
    if (tables) runs.push(...tableRuns(tables, placed?.rows.slice(seated.length) ?? []));
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

/** The key of a category that a file knows by its name alone: names that look the same are one category. */
export const categoryKeyOf = (name: string): string => labelIdentity(name);

/** Categories in order of appearance, with colours of our own. */
export function categoriesFrom(names: Iterable<string>, sourceOf: (name: string) => string): DraftCategory[] {
  const unique = new Map<string, string>();
  for (const name of names) {
    const key = categoryKeyOf(name);
    if (key !== "" && !unique.has(key)) unique.set(key, name);
  }
  return [...unique].map(([sourceKey, name], index) => ({
    sourceKey,
    label: name,
    color: paletteColor(index),
    source: sourceOf(name),
  }));
}
