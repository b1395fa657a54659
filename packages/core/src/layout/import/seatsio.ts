import { normalizeColor } from "../layout-key.ts";
import type { Point } from "../layout.ts";
import { type Draft, type DraftRun, type DraftSection, emptyDraft, readList } from "./draft.ts";
import { asNumber, asPoint, asPoints, asRecord, asText, isRecord, type Json, shift } from "./read-json.ts";
import { readArea, readShapes } from "./seatsio-areas.ts";
import { type Frame, readBooth, readRow, readTable, shownLabel } from "./seatsio-seats.ts";

/** Rows that stand in no section get one; its name when the chart has none. */
const MAIN_SECTION = "Main";
/** Distance between two floors set under each other, as a share of the higher one. */
const FLOOR_GAP = 0.15;

export function isSeatsioChart(json: unknown): json is Json {
  return isRecord(json) && (isRecord(json["subChart"]) || Array.isArray(json["subChartFloors"]));
}

/**
 * A seats.io chart, as the API's published version gives it (seen: chart versions 17 to 22). A chart is a `subChart`, or
 * one per floor in `subChartFloors`; it holds rows, tables, booths and areas of its own and sections with a `subChart`
 * each. What stands in a section is relative to the section's `topLeft`; outlines are not. A seat without category has
 * its section's. Floors, all at the same place in the file, are set under each other.
 */
export function readSeatsioChart(json: Json): Draft {
  const draft = emptyDraft(asText(json["name"]));
  readList(draft, asRecord(json["categories"])["list"], "categories.list").forEach((item, index) => {
    const category = asRecord(item);
    draft.categories.push({
      sourceKey: asText(category["key"]),
      label: asText(category["label"]),
      color: normalizeColor(category["color"]),
      source: `categories.list[${index}]`,
    });
  });
  const floors = Array.isArray(json["subChartFloors"]) ? json["subChartFloors"] : null;
  let top = 0;
  const focalPoints: Point[] = [];
  (floors ?? [json["subChart"]]).forEach((item, index) => {
    const chart = asRecord(item);
    const source = floors === null ? "subChart" : `subChartFloors[${index}]`;
    const floor =
      floors === null
        ? undefined
        : asText(chart["floorDisplayName"]) || asText(chart["floorName"]) || `${index + 1}`;
    const focalPoint = readChart(draft, chart, { source, floor, origin: { x: 0, y: top }, json });
    if (focalPoint !== undefined) focalPoints.push(focalPoint);
    const height = asNumber(chart["height"]);
    if (floor !== undefined && height > 0) {
      draft.texts.push({
        text: floor.slice(0, 80),
        x: 0,
        y: top - height * FLOOR_GAP * 0.25,
        size: Math.max(1, height * 0.05),
      });
    }
    if (height > 0) top += height * (1 + FLOOR_GAP);
  });
  draft.focalPoint = focalPoints[0];
  return draft;
}

type Chart = {
  readonly source: string;
  readonly floor: string | undefined;
  readonly origin: Point;
  readonly json: Json;
};

function readChart(draft: Draft, chart: Json, at: Chart): Point | undefined {
  const { source, floor, origin } = at;
  const stage = readShapes(draft, chart, origin);
  const own = asPoint(chart["focalPoint"]);
  const zones = zoneFocalPoints(at.json, origin);
  const focalPoint = own === undefined ? (stage ?? middleOf([...zones.values()])) : shift(own, origin);
  const before = draft.sections.length;
  readLooseSeats(draft, chart, at);
  readList(draft, chart["sections"], `${source}.sections`).forEach((item, index) => {
    readSection(draft, asRecord(item), { zones, floor, origin, path: `${source}.sections[${index}]` });
  });
  const frame: Frame = { origin, scale: 1, source, category: undefined };
  readList(draft, chart["generalAdmissionAreas"], `${source}.generalAdmissionAreas`).forEach(
    (item, index) => {
      draft.sections.push({ ...readArea(asRecord(item), frame, index), floor });
    },
  );
  if (floor === undefined || focalPoint === undefined) return focalPoint;
  // Every floor looks at its own stage, wherever the floor lies.
  for (let i = before; i < draft.sections.length; i += 1) {
    const section = draft.sections[i];
    if (section !== undefined)
      draft.sections[i] = { ...section, focalPoint: section.focalPoint ?? focalPoint };
  }
  return focalPoint;
}

/** Rows, tables and booths that stand in no section; rows may still name one in `sectionLabel`. */
function readLooseSeats(draft: Draft, chart: Json, at: Chart): void {
  const { source, floor } = at;
  const frame: Frame = { origin: at.origin, scale: 1, source, category: undefined };
  const byLabel = new Map<string, DraftSection>();
  for (const { run, sectionLabel } of readRuns(draft, chart, frame)) {
    const label = sectionLabel || MAIN_SECTION;
    let section = byLabel.get(label);
    if (section === undefined) {
      section = { label, floor, runs: [], source };
      byLabel.set(label, section);
      draft.sections.push(section);
    }
    section.runs.push(run);
  }
}

function readRuns(draft: Draft, chart: Json, frame: Frame): { run: DraftRun; sectionLabel: string }[] {
  const runs: { run: DraftRun; sectionLabel: string }[] = [];
  const readers = { rows: readRow, tables: readTable, booths: readBooth };
  for (const [list, read] of Object.entries(readers)) {
    const path = `${frame.source}.${list}`;
    readList(draft, chart[list], path).forEach((item, index) => {
      const record = asRecord(item);
      const run = read(draft, record, { ...frame, source: `${path}[${index}]` });
      runs.push({
        run,
        sectionLabel: asText(record["sectionDisplayedLabel"]) || asText(record["sectionLabel"]),
      });
    });
  }
  return runs;
}

type Surroundings = {
  readonly zones: ReadonlyMap<string, Point>;
  readonly floor: string | undefined;
  readonly origin: Point;
  readonly path: string;
};

function readSection(draft: Draft, item: Json, { zones, floor, origin, path }: Surroundings): void {
  const label = shownLabel(item);
  const chart = asRecord(item["subChart"]);
  const category = asText(item["categoryKey"]) || undefined;
  const outline = asPoints(item["points"]).map((point) => shift(point, origin));
  const topLeft = shift(asPoint(item["topLeft"]) ?? { x: 0, y: 0 }, origin);
  const frame: Frame = {
    origin: topLeft,
    scale: sectionScale(outline, chart),
    source: `${path}.subChart`,
    category,
  };
  const runs = readRuns(draft, chart, frame).map(({ run }) => run);
  const areas = readList(draft, chart["generalAdmissionAreas"], `${frame.source}.generalAdmissionAreas`);
  const base = {
    floor,
    focalPoint: zones.get(asText(item["zone"])),
    entrance: asText(item["entrance"]).slice(0, 80) || undefined,
    ...(outline.length >= 3 && outline.length <= 500 ? { outline } : {}),
  };
  if (runs.length > 0 || areas.length === 0)
    draft.sections.push({ ...base, label, category, runs, source: path });
  areas.forEach((area, index) => {
    const read = readArea(asRecord(area), frame, index);
    const alone = runs.length === 0 && areas.length === 1;
    draft.sections.push({
      ...base,
      ...read,
      label: `${label} ${read.label}`.trim(),
      outline: alone ? (base.outline ?? read.outline) : read.outline,
    });
  });
  readShapes(draft, chart, topLeft);
}

/**
 * The drawing board of a section has the section's own size, so what is in it counts 1 : 1; boards of another size
 * are brought to the size of the outline.
 */
function sectionScale(outline: readonly Point[], chart: Json): number {
  const board = asNumber(chart["width"]);
  if (!(board > 0) || outline.length < 3) return 1;
  const right = outline.reduce((most, point) => Math.max(most, point.x), -Infinity);
  const left = outline.reduce((least, point) => Math.min(least, point.x), Infinity);
  const ratio = (right - left) / board;
  return ratio > 0.8 && ratio < 1.25 ? 1 : ratio > 0 ? ratio : 1;
}

function zoneFocalPoints(json: Json, origin: Point): Map<string, Point> {
  const zones = asRecord(json["zones"])["list"];
  const points = new Map<string, Point>();
  if (!Array.isArray(zones)) return points;
  for (const item of zones) {
    const zone = asRecord(item);
    const point = asPoint(zone["focalPoint"]);
    if (point !== undefined) points.set(asText(zone["key"]), shift(point, origin));
  }
  return points;
}

function middleOf(points: readonly Point[]): Point | undefined {
  if (points.length === 0) return undefined;
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / points.length, y: sum.y / points.length };
}
