import { labelIdentity } from "../shared/label.ts";
import { NO_COUNTS, countLayout, countSeats } from "./describe-layout.ts";
import { type NamePlace, documentPath } from "./layout-place.ts";
import type { LayoutDocument, Point, SeatedSection, Section } from "./layout.ts";
import { LAYOUT_SEATS_MAX } from "./layout.ts";
import { seatRuns } from "./seat-runs.ts";
import type { Problem } from "../shared/problem.ts";
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

/** As `validateLayout`; `nameOf` words the places, so that an importer can point into its own file. */
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
    problems.push({
      code: "layout.empty",
      path,
      message: "The layout has no section, so nothing could be sold.",
    });
  }
  if (counts.seats > LAYOUT_SEATS_MAX) {
    const message = `The layout has ${counts.seats} seats; the most is ${LAYOUT_SEATS_MAX}.`;
    problems.push({ code: "layout.too_many_seats", path, message });
  }
  if (counts.rows + counts.tables > LAYOUT_RUNS_MAX) {
    const message = `The layout has ${counts.rows + counts.tables} rows and tables; the most is ${LAYOUT_RUNS_MAX}.`;
    problems.push({ code: "layout.too_many_rows", path, message });
  }
  if (areas > LAYOUT_AREAS_MAX) {
    const message = `The layout has ${areas} general admission areas; the most is ${LAYOUT_AREAS_MAX}.`;
    problems.push({ code: "layout.too_many_areas", path, message });
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
      const at = nameOf({ list: "categories", index: first });
      problems.push({
        code: "category.duplicate_key",
        path,
        message: `Category key "${category.key}" is taken by ${at}.`,
      });
    }
    if (labelIdentity(category.label) === "") {
      problems.push({ code: "category.missing_label", path, message: "The category has no label." });
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
    const name = section.label === "" ? "The section" : `Section ${section.label}`;
    const add = (code: string, message: string): void => void problems.push({ code, path, message });
    const place = `${labelIdentity(section.floor ?? "")}\n${labelIdentity(section.label)}`;
    const sameLabel = labels.get(place);
    const sameKey = keys.get(section.key);
    if (isMissingLabel(section.label)) add("section.missing_label", "The section has no label.");
    else if (sameLabel !== undefined)
      add("section.duplicate_label", `${name} has the same label as ${sameLabel}.`);
    else if (sameKey !== undefined)
      add("section.duplicate_key", `${name} has the same key "${section.key}" as ${sameKey}.`);
    if (sameLabel === undefined) labels.set(place, path);
    if (sameKey === undefined) keys.set(section.key, path);
    if (section.category !== undefined && !categories.has(section.category)) {
      add(
        "section.unknown_category",
        `${name} has category "${section.category}", which the layout does not declare.`,
      );
    }
    if (section.outline !== undefined && isDegenerate(section.outline)) {
      add("section.bad_outline", `The outline of ${name} encloses no area.`);
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
      problems.push({ code: "section.empty", path, message: `Section ${section.label} has no seats.` });
    }
    return problems;
  }
  if (!(section.capacity > 0)) {
    problems.push({
      code: "ga.no_capacity",
      path,
      message: `Area ${section.label} has capacity ${section.capacity}.`,
    });
  }
  if (section.category === undefined) {
    problems.push({ code: "ga.missing_category", path, message: `Area ${section.label} has no category.` });
  }
  return problems;
}

function findRunProblems(section: SeatedSection, index: number, nameOf: NamePlace): Problem[] {
  const problems: Problem[] = [];
  seatRuns(section).forEach(({ label, kind, seats }, run) => {
    const path = nameOf({ list: "sections", index, run });
    if (isMissingLabel(label)) {
      const message = `A ${kind} of section ${section.label} has no label.`;
      problems.push({ code: `${kind}.missing_label`, path, message });
    }
    if (seats.length === 0 && countSeats(section) > 0) {
      const message = `${kind === "row" ? "Row" : "Table"} ${label} of section ${section.label} has no seats.`;
      problems.push({ code: `${kind}.empty`, path, message });
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
        problems.push({ code: "shape.bad_outline", path, message: "The polygon encloses no area." });
      }
    } else if (shape.width === undefined || shape.height === undefined) {
      problems.push({
        code: "shape.missing_size",
        path,
        message: `The ${shape.kind} has no width or no height.`,
      });
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
