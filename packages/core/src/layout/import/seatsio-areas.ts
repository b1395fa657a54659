import { normalizeColor } from "../layout-key.ts";
import type { Point, Shape } from "../layout.ts";
import type { Draft, DraftSection } from "./draft.ts";
import {
  asList,
  asNumber,
  asPoint,
  asPoints,
  asRecord,
  asText,
  ellipseOutline,
  type Json,
  rectangleOutline,
  rotationOf,
  shift,
} from "./read-json.ts";
import { type Frame, place, shownLabel } from "./seatsio-seats.ts";
import { looksLikeStage } from "./stage.ts";

/** A general admission area: circle (two radii), rectangle or polygon, with a capacity. */
export function readArea(area: Json, frame: Frame, index: number): DraftSection {
  const capacity = asNumber(area["capacity"]);
  const outline = areaOutline(area).map((point) => place(point, frame));
  return {
    label: shownLabel(area),
    category: asText(area["categoryKey"]) || frame.category,
    ...(outline.length >= 3 && outline.length <= 500 ? { outline } : {}),
    capacity: capacity > 0 ? Math.floor(capacity) : 0,
    runs: [],
    source: `${frame.source}.generalAdmissionAreas[${index}]`,
  };
}

function areaOutline(area: Json): Point[] {
  const points = asPoints(area["points"]);
  if (points.length >= 3) return points;
  const centre = asPoint(area["center"]);
  if (centre === undefined) return [];
  const degrees = rotationOf(area["rotationAngle"]) ?? 0;
  const radius = { x: asNumber(area["radius1"]), y: asNumber(area["radius2"]) };
  if (radius.x > 0 && radius.y > 0) return ellipseOutline(centre, radius, degrees);
  const size = { x: asNumber(area["width"]), y: asNumber(area["height"]) };
  return size.x > 0 && size.y > 0 ? rectangleOutline(centre, size, degrees) : [];
}

/** Shapes and texts of a chart go to the drawing; the answer is the middle of the stage, if there is one. */
export function readShapes(draft: Draft, chart: Json, origin: Point): Point | undefined {
  let stage: Point | undefined;
  for (const item of asList(chart["shapes"])) {
    const shape = readShape(asRecord(item), origin);
    if (shape === null) continue;
    draft.shapes.push(shape);
    if (shape.role === "stage") stage ??= { x: shape.x, y: shape.y };
  }
  for (const item of asList(chart["texts"])) {
    const text = asRecord(item);
    const at = asPoint(text["center"]) ?? asPoint(text["centerAnchor"]) ?? asPoint(text);
    const words = (asText(text["text"]) || asText(text["label"])).slice(0, 200);
    if (at === undefined || words === "") continue;
    const size = asNumber(text["fontSize"] ?? text["textSize"] ?? text["size"]);
    const rotation = rotationOf(text["rotationAngle"]);
    draft.texts.push({
      text: words,
      ...shift(at, origin),
      size: size > 0 ? size : 16,
      ...(rotation ? { rotation } : {}),
    });
  }
  return stage;
}

function readShape(shape: Json, origin: Point): Shape | null {
  const label = asText(shape["label"]).slice(0, 80);
  const color = normalizeColor(shape["fillColor"]);
  const rotation = rotationOf(shape["rotationAngle"]);
  const isStage = asText(shape["smartType"]) === "stage" || looksLikeStage(label);
  const common = {
    role: isStage ? ("stage" as const) : ("decoration" as const),
    ...(label === "" ? {} : { label }),
    ...(color === undefined ? {} : { color }),
  };
  const points = asPoints(shape["points"]);
  if (points.length >= 3 && points.length <= 500) {
    const moved = points.map((point) => shift(point, origin));
    const x = moved.reduce((sum, point) => sum + point.x, 0) / moved.length;
    const y = moved.reduce((sum, point) => sum + point.y, 0) / moved.length;
    return { kind: "polygon", ...common, x, y, points: moved };
  }
  const centre = asPoint(shape["center"]);
  if (centre === undefined) return null;
  const [width, height] = [asNumber(shape["width"]), asNumber(shape["height"])];
  const [radius1, radius2] = [asNumber(shape["radius1"]), asNumber(shape["radius2"])];
  const turned = rotation === undefined ? {} : { rotation };
  if (radius1 > 0 && radius2 > 0) {
    return {
      kind: "ellipse",
      ...common,
      ...shift(centre, origin),
      width: radius1 * 2,
      height: radius2 * 2,
      ...turned,
    };
  }
  if (!(width > 0) || !(height > 0)) return null;
  return { kind: "rectangle", ...common, ...shift(centre, origin), width, height, ...turned };
}
