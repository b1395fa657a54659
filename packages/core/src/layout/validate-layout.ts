import { labelIdentity } from "../shared/label.ts";
import { NO_COUNTS, countLayout, countSeats } from "./describe-layout.ts";
import { type NamePlace, documentPath } from "./layout-place.ts";
import type { LayoutDocument, Point, SeatedSection, Section } from "./layout.ts";
import { LAYOUT_SEATS_MAX } from "./layout.ts";
import { seatRuns } from "./seat-runs.ts";
import { problem, type Problem } from "../shared/problem.ts";
import { findSeatProblems } from "./validate-seats.ts";

/** What a compiled seat plan can number (see seat-plan.ts and AreaNo in shared/ids.ts). */
export const LAYOUT_RUNS_MAX = 65_535;
export const LAYOUT_AREAS_MAX = 256;

/**
 * Every fault of a layout, in document order, each with its place and a stable code (listed in docs/layouts.md). An
 * empty list means that the layout can be compiled and sold. Places are JSON paths of the document.
 */
export function validateLayout(layout: LayoutDocument): Problem[] {
  return findProblems(layout, documentPath(layout));
}

/** As `validateLayout`; `nameOf` names the places, so that an importer can point into its own file. */
export function findProblems(layout: LayoutDocument, nameOf: NamePlace): Problem[] {
  return [
    ...findWholeProblems(layout, nameOf),
    ...findCategoryProblems(layout, nameOf),
    ...findSectionProblems(layout, nameOf),
    ...findSeatProblems(layout, nameOf),
    ...findShapeProblems(layout, nameOf),
  ];
}

function findWholeProblems(layout: LayoutDocument, nameOf: NamePlace): Problem[] {
  const path = nameOf({});
  const problems: Problem[] = [];
  const counts = layout.sections.length === 0 ? NO_COUNTS : countLayout(layout);
  const areas = layout.sections.filter((section) => section.kind === "ga").length;
  if (layout.sections.length === 0) {
    problems.push(problem("layout.empty", path));
  }
  if (counts.seats > LAYOUT_SEATS_MAX) {
    problems.push(problem("layout.too_many_seats", path, { found: counts.seats, max: LAYOUT_SEATS_MAX }));
  }
  const runs = counts.rows + counts.tables;
  if (runs > LAYOUT_RUNS_MAX) {
    problems.push(problem("layout.too_many_rows", path, { found: runs, max: LAYOUT_RUNS_MAX }));
  }
  if (areas > LAYOUT_AREAS_MAX) {
    problems.push(problem("layout.too_many_areas", path, { found: areas, max: LAYOUT_AREAS_MAX }));
  }
  return problems;
}

function findCategoryProblems(layout: LayoutDocument, nameOf: NamePlace): Problem[] {
  const seen = new Map<string, number>();
  const problems: Problem[] = [];
  layout.categories.forEach((category, index) => {
    const path = nameOf({ list: "categories", index });
    const first = seen.get(category.key);
    if (first === undefined) seen.set(category.key, index);
    else {
      const twin = nameOf({ list: "categories", index: first });
      problems.push(problem("category.duplicate_key", path, { key: category.key, first: twin }));
    }
    if (labelIdentity(category.label) === "") {
      problems.push(problem("category.missing_label", path));
    }
  });
  return problems;
}

function findSectionProblems(layout: LayoutDocument, nameOf: NamePlace): Problem[] {
  const problems: Problem[] = [];
  const categories = new Set(layout.categories.map((category) => category.key));
  const keys = new Map<string, string>();
  const labels = new Map<string, string>();
  layout.sections.forEach((section, index) => {
    const path = nameOf({ list: "sections", index });
    const { label, key } = section;
    const add = (found: Problem): void => void problems.push(found);
    const place = `${labelIdentity(section.floor ?? "")}\n${labelIdentity(section.label)}`;
    const sameLabel = labels.get(place);
    const sameKey = keys.get(section.key);
    if (isMissingLabel(section.label)) add(problem("section.missing_label", path));
    else if (sameLabel !== undefined)
      add(problem("section.duplicate_label", path, { section: label, first: sameLabel }));
    else if (sameKey !== undefined)
      add(problem("section.duplicate_key", path, { section: label, key, first: sameKey }));
    if (sameLabel === undefined) labels.set(place, path);
    if (sameKey === undefined) keys.set(section.key, path);
    if (section.category !== undefined && !categories.has(section.category)) {
      const { category } = section;
      add(problem("section.unknown_category", path, { section: label, category }));
    }
    if (section.outline !== undefined && isDegenerate(section.outline)) {
      add(problem("section.bad_outline", path, { section: label }));
    }
    problems.push(...findContentProblems(section, path));
    if (section.kind === "seated") problems.push(...findRunProblems(section, index, nameOf));
  });
  return problems;
}

function findContentProblems(section: Section, path: string): Problem[] {
  const problems: Problem[] = [];
  if (section.kind === "seated") {
    if (countSeats(section) === 0) {
      problems.push(problem("section.empty", path, { section: section.label }));
    }
    return problems;
  }
  if (!(section.capacity > 0)) {
    const { label: area, capacity } = section;
    problems.push(problem("ga.no_capacity", path, { area, capacity }));
  }
  if (section.category === undefined) {
    problems.push(problem("ga.missing_category", path, { area: section.label }));
  }
  return problems;
}

function findRunProblems(section: SeatedSection, index: number, nameOf: NamePlace): Problem[] {
  const problems: Problem[] = [];
  seatRuns(section).forEach(({ label, kind, seats }, run) => {
    const path = nameOf({ list: "sections", index, run });
    if (isMissingLabel(label)) {
      problems.push(problem(`${kind}.missing_label`, path, { section: section.label }));
    }
    if (seats.length === 0 && countSeats(section) > 0) {
      problems.push(problem(`${kind}.empty`, path, { section: section.label, label }));
    }
  });
  return problems;
}

function findShapeProblems(layout: LayoutDocument, nameOf: NamePlace): Problem[] {
  const problems: Problem[] = [];
  layout.shapes.forEach((shape, index) => {
    const path = nameOf({ list: "shapes", index });
    if (shape.kind === "polygon") {
      if (shape.points === undefined || isDegenerate(shape.points)) {
        problems.push(problem("shape.bad_outline", path));
      }
    } else if (shape.width === undefined || shape.height === undefined) {
      problems.push(problem("shape.missing_size", path, { shape: shape.kind }));
    }
  });
  return problems;
}

/** Seating programs write "?" where nobody has set a label yet. */
export function isMissingLabel(label: string): boolean {
  const seen = labelIdentity(label);
  return seen === "" || seen === "?";
}

/** A polygon of fewer than three corners, or one whose corners lie on a line. */
export function isDegenerate(points: readonly Point[]): boolean {
  if (points.length < 3) return true;
  let doubled = 0;
  let size = 0;
  for (let i = 0; i < points.length; i += 1) {
    const a = points[i];
    const b = points[(i + 1) % points.length];
    if (a === undefined || b === undefined) continue;
    doubled += a.x * b.y - b.x * a.y;
    size = Math.max(size, Math.hypot(b.x - a.x, b.y - a.y));
  }
  return Math.abs(doubled) <= size * size * 1e-9;
}
