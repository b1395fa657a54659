import { problem } from "../../shared/problem.ts";
import type { Point } from "../layout.ts";
import { type Draft, emptyDraft } from "./draft.ts";
import { rectangleOutline } from "./read-json.ts";

/**
 * Section outlines in SVG. Nothing of the markup is kept: only coordinates of polygons, polylines and rectangles
 * and the plain text of labels are read, so scripts, styles and links in it cannot reach a page. An outline says
 * nothing about seats, so such a file cannot be sold from; the sections it names are counted and reported.
 */
export function readSvgSections(text: string): Draft {
  const draft = emptyDraft(titleOf(text));
  for (const [, tag = "", attributes = ""] of text.matchAll(
    /<(polygon|polyline|rect)\b([^<>]{0,20000})>/gi,
  )) {
    const id = attribute(attributes, "id");
    const match = /^section[-_](.{1,60}?)([-_](bg|shape|outline))?$/i.exec(id);
    if (match === null) continue;
    const outline =
      tag.toLowerCase() === "rect" ? rectangle(attributes) : points(attribute(attributes, "points"));
    const label = (match[1] ?? "").replaceAll(/&[a-z0-9#]{1,10};|[^\p{L}\p{N} ._-]/giu, " ").trim();
    const kept = outline.length >= 3 && outline.length <= 500 ? { outline } : {};
    draft.sections.push({ label, ...kept, runs: [], source: `#section-${label}` });
  }
  if (draft.sections.length === 0) draft.problems.push(problem("svg.no_sections", "svg"));
  return draft;
}

function titleOf(text: string): string {
  const raw = /<title[^>]{0,200}>([^<]{0,300})<\/title>/i.exec(text)?.[1] ?? "";
  return raw
    .replaceAll(/[^\p{L}\p{N}\p{P} ]+/gu, " ")
    .replaceAll(/[<>&"]/g, " ")
    .trim()
    .slice(0, 80);
}

function attribute(attributes: string, name: string): string {
  return new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']([^"']*)["']`, "i").exec(attributes)?.[1] ?? "";
}

function points(text: string): Point[] {
  const numbers = (text.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  const read: Point[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) read.push({ x: numbers[i] ?? 0, y: numbers[i + 1] ?? 0 });
  return read;
}

function rectangle(attributes: string): Point[] {
  const [x, y, width, height] = ["x", "y", "width", "height"].map(
    (name) => Number(attribute(attributes, name)) || 0,
  );
  const size = { x: width ?? 0, y: height ?? 0 };
  return rectangleOutline({ x: (x ?? 0) + size.x / 2, y: (y ?? 0) + size.y / 2 }, size);
}
