import { problem } from "../../shared/problem.ts";
import { someNames } from "../../shared/some-names.ts";
import { normalizeColor } from "../layout-key.ts";
import type { Point, Shape } from "../layout.ts";
import {
  type Draft,
  type DraftRun,
  type DraftSeat,
  type DraftSection,
  emptyDraft,
  readList,
} from "./draft.ts";
import {
  asList,
  asNumber,
  asPoint,
  asPoints,
  asRecord,
  asText,
  isRecord,
  NOWHERE,
  type Json,
  rotationOf,
  shift,
  turn,
} from "./read-json.ts";
import { largestShapeCentre, looksLikeStage } from "./stage.ts";

const ORIGIN: Point = { x: 0, y: 0 };

export function isPretixPlan(json: unknown): json is Json {
  return isRecord(json) && Array.isArray(json["zones"]) && json["format"] === undefined;
}

/**
 * A pretix seating plan (pretix, static/seating/seating-plan.schema.json): zones hold rows and areas, rows hold seats;
 * positions add up from zone to row to seat. A zone with rows becomes a section; areas become shapes and texts. Several
 * rows of a zone may share a row number, as long as zone + row + seat number is unique. `seat_guid` is not used: files
 * exist in which it repeats while zone, row and number do not.
 */
export function readPretixPlan(json: Json): Draft {
  const draft = emptyDraft(asText(json["name"]));
  const categoryOf = readCategories(draft, json);
  const zones = asList(json["zones"]);
  zones.forEach((item, index) => readZone({ draft, categoryOf }, item, index));
  draft.focalPoint = stageCentre(draft.shapes) ?? largestShapeCentre(draft.shapes);
  noteDuplicateGuids(draft, zones);
  return draft;
}

type Plan = { readonly draft: Draft; readonly categoryOf: (name: string) => string };

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const CATEGORY_KEYS = ["name", "uuid", "id", "category_id", "guid"] as const;
const CATEGORY_NAMES = ["label", "title", "display_name", "public_name", "name"] as const;

/**
 * Seats name their category by its `name`, which newer editors fill with a UUID; some files add a name for people or a
 * key of its own. A category that has no name for people gets a number. The answer finds a category by any of its keys.
 */
function readCategories(draft: Draft, json: Json): (name: string) => string {
  const byKey = new Map<string, string>();
  const nameless: string[] = [];
  readList(draft, json["categories"], "categories").forEach((item, index) => {
    const category = asRecord(item);
    const keys = CATEGORY_KEYS.map((field) => asText(category[field])).filter((key) => key !== "");
    const names = CATEGORY_NAMES.map((field) => asText(category[field]));
    const named = names.find((name) => name !== "" && !UUID.test(name));
    const label = named ?? (keys.length === 0 ? "" : `Category ${index + 1}`);
    const source = `categories[${index}]`;
    if (named === undefined && keys.length > 0) nameless.push(label);
    const sourceKey = keys[0] ?? label;
    for (const key of keys) if (!byKey.has(key)) byKey.set(key, sourceKey);
    draft.categories.push({ sourceKey, label, color: normalizeColor(category["color"]), source });
  });
  if (nameless.length > 0) {
    const details = { count: nameless.length, called: someNames(nameless) };
    draft.notes.push(problem("pretix.nameless_category", "categories", details));
  }
  return (name) => byKey.get(name) ?? name;
}

function readZone(plan: Plan, item: unknown, index: number): void {
  const { draft } = plan;
  const source = `zones[${index}]`;
  if (!isRecord(item)) {
    draft.problems.push(problem("file.bad_type", source, { expected: "object" }));
    return;
  }
  const origin = asPoint(item["position"]) ?? ORIGIN;
  const rows = readList(draft, item["rows"], `${source}.rows`);
  if (rows.length > 0) {
    const label = asText(item["name"]) || asText(item["zone_id"]) || `Zone ${index + 1}`;
    const section: DraftSection = { label, runs: [], source };
    rows.forEach((row, at) =>
      section.runs.push(readRow(plan, row, { origin, source: `${source}.rows[${at}]` })),
    );
    draft.sections.push(section);
  }
  asList(item["areas"]).forEach((area) => readArea(draft, asRecord(area), origin));
}

function readRow(plan: Plan, item: unknown, { origin, source }: { origin: Point; source: string }): DraftRun {
  const row = asRecord(item);
  const at = shift(origin, asPoint(row["position"]) ?? ORIGIN);
  const seats = readList(plan.draft, row["seats"], `${source}.seats`).map((seat, index) =>
    readSeat(plan, asRecord(seat), { at, source: `${source}.seats[${index}]` }),
  );
  return { kind: "row", label: asText(row["row_number"]) || asText(row["row_label"]), seats, source };
}

function readSeat(
  { categoryOf }: Plan,
  seat: Json,
  { at, source }: { at: Point; source: string },
): DraftSeat {
  const { x, y } = shift(at, asPoint(seat["position"]) ?? NOWHERE);
  return {
    label: asText(seat["seat_number"]),
    x,
    y,
    category: categoryOf(asText(seat["category"])) || undefined,
    source,
  };
}

function readArea(draft: Draft, area: Json, origin: Point): void {
  const at = shift(origin, asPoint(area["position"]) ?? ORIGIN);
  const text = asRecord(area["text"]);
  const label = (asText(text["text"]) || asText(area["text"])).slice(0, 80);
  const color = normalizeColor(area["color"]);
  const rotation = rotationOf(area["rotation"]);
  const shape = areaShape(area, at);
  if (shape !== null) {
    const role = looksLikeStage(label) ? ("stage" as const) : ("decoration" as const);
    draft.shapes.push({
      ...shape,
      role,
      ...(label ? { label } : {}),
      ...(color ? { color } : {}),
      ...(rotation && shape.kind !== "polygon" ? { rotation } : {}),
    });
    return;
  }
  if (label === "") return;
  const size = asNumber(text["size"]);
  const place = shift(at, turn(asPoint(text["position"]) ?? ORIGIN, rotation ?? 0));
  draft.texts.push({ text: label, ...place, size: size > 0 ? size : 16, ...(rotation ? { rotation } : {}) });
}

/** Areas turn around their position: a rectangle's corner, a circle's and an ellipse's centre. */
function areaShape(area: Json, at: Point): Omit<Shape, "role"> | null {
  const kind = asText(area["shape"]);
  const degrees = rotationOf(area["rotation"]) ?? 0;
  if (kind === "polygon") {
    const points = asPoints(asRecord(area["polygon"])["points"]).map((point) =>
      shift(turn(point, degrees), at),
    );
    const middle = { x: mean(points.map((point) => point.x)), y: mean(points.map((point) => point.y)) };
    return points.length < 3 || points.length > 500 ? null : { kind: "polygon", ...middle, points };
  }
  // Plans of the first schema have no `shape`; their areas are rectangles with a width and a height of their own.
  const rectangle = kind === "rectangle" ? asRecord(area["rectangle"]) : kind === "" ? area : {};
  const radius = asRecord(area[kind])["radius"];
  const width =
    kind === "circle"
      ? asNumber(radius) * 2
      : kind === "ellipse"
        ? asNumber(asRecord(radius)["x"]) * 2
        : asNumber(rectangle["width"]);
  const height =
    kind === "circle"
      ? width
      : kind === "ellipse"
        ? asNumber(asRecord(radius)["y"]) * 2
        : asNumber(rectangle["height"]);
  if (!(width > 0) || !(height > 0)) return null;
  if (kind === "circle" || kind === "ellipse") return { kind: "ellipse", ...at, width, height };
  return { kind: "rectangle", ...shift(at, turn({ x: width / 2, y: height / 2 }, degrees)), width, height };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function stageCentre(shapes: readonly Shape[]): Point | undefined {
  const stage = shapes.find((shape) => shape.role === "stage");
  return stage === undefined ? undefined : { x: stage.x, y: stage.y };
}

function noteDuplicateGuids(draft: Draft, zones: readonly unknown[]): void {
  const seen = new Set<string>();
  let doubles = 0;
  for (const zone of zones) {
    for (const row of asList(asRecord(zone)["rows"])) {
      for (const seat of asList(asRecord(row)["seats"])) {
        const guid = asText(asRecord(seat)["seat_guid"]);
        if (guid !== "" && seen.has(guid)) doubles += 1;
        seen.add(guid);
      }
    }
  }
  if (doubles > 0) draft.notes.push(problem("pretix.duplicate_guid", "zones", { count: doubles }));
}
