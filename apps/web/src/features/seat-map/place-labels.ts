import { formatFigure } from "@onsale/core/shared/format";
import type { Point } from "@onsale/core/layout/layout";
import {
  type Camera,
  overlaps,
  type Rect,
  screenToWorld,
  type Viewport,
  visibleWorld,
  worldToScreen,
} from "./camera.ts";
import { type Clearing, clearingsAt, isCleared } from "./clearings.ts";
import { detailAt } from "./detail.ts";
import { measureLabel, type TextLook } from "./label-size.ts";
import type { MapModel, MapSection } from "./map-model.ts";
import { insidePolygon } from "./section-outline.ts";
import { visitRect } from "./spatial-grid.ts";

export type LabelScene = TextLook & {
  readonly model: MapModel;
  /** null while nobody knows. */
  readonly openIn: (section: MapSection) => number | null;
};
type View = {
  readonly camera: Camera;
  readonly viewport: Viewport;
  /** By section: room for its name among its dots. */
  readonly clearings: readonly (Clearing | null)[];
};
export type Label = {
  readonly lines: readonly string[];
  readonly size: number;
  readonly style: "on-level" | "on-ground" | "on-stage" | "soft";
};
/** A name and where it stands in the world; written upright and in one size at any zoom. */
export type PlacedLabel = Label & { readonly at: Point };

/** One size where it fits, so that small differences between sections do not show as a jumble of sizes. */
const SIZES = [12.5, 11, 9.5];
const ROOMY_SIZES = [17, ...SIZES];
const ROOMY_PX = 110;
/** Sections smaller than this on screen stay without a name until one comes closer. */
const NAMED_FROM_PX = 14;
/** How far beside its seats a section's name may stand; farther it would seem to be another's. */
const BESIDE_STEPS_PX = [3, 9, 16, 24];

/**
 * Which names stand where, for a map at rest: none covers a seat, the stage or another name, and none leaves the view. A
 * section that has no such place stays unnamed on the map; its name stands beside the map once one looks at it.
 */
export function placeLabels(
  context: CanvasRenderingContext2D,
  scene: LabelScene,
  look: Pick<View, "camera" | "viewport">,
): readonly PlacedLabel[] {
  const view = { ...look, clearings: clearingsAt(context, scene, look.camera.scale) };
  const seen = visibleWorld(view.camera, view.viewport);
  const taken: Rect[] = [];
  const placed: PlacedLabel[] = [];
  const put = (label: Label, box: Rect): void => {
    taken.push(box);
    const at = { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 };
    placed.push({ ...label, at: screenToWorld(view.camera, view.viewport, at) });
  };
  for (const { label, box } of shapeNames(context, scene, view)) put(label, box);
  // A name may stand on nobody's stage, bar or dance floor either.
  for (const shape of scene.model.shapes) taken.push(toScreen(view, shapeBox(shape.points ?? [], shape)));
  const bySize = scene.model.sections
    .filter((section) => section.category >= 0 && overlaps(section.bounds, seen))
    .toSorted((a, b) => b.seatCount - a.seatCount);
  for (const section of bySize) {
    const ways = waysOf(context, scene, { ...view, section });
    const found = ways.find(
      ({ box }) => !taken.some((other) => overlaps(box, other)) && isClear(scene, view, { box, section }),
    );
    if (found) put(found.label, found.box);
  }
  return placed;
}

type Way = { readonly label: Label; readonly box: Rect };

/** Ways to write a section's name here, the best first. */
function waysOf(
  context: CanvasRenderingContext2D,
  scene: LabelScene,
  view: View & { section: MapSection },
): Way[] {
  const { section, camera } = view;
  const seats = detailAt(scene.model.pitch * camera.scale) !== "sections" && section.areaNo === null;
  const clearing = view.clearings[section.index];
  if (clearing) return [wayInside(view, clearing)];
  if (seats) return waysBeside(context, scene, view);
  const width = (section.bounds.maxX - section.bounds.minX) * camera.scale;
  const height = (section.bounds.maxY - section.bounds.minY) * camera.scale;
  if (Math.max(width, height) < NAMED_FROM_PX) return [];
  const open = scene.openIn(section);
  const style = (open ?? 0) > 0 && section.areaNo === null ? "on-level" : "on-ground";
  const count = open === 0 ? "sold out" : `${formatFigure(open ?? 0)} left`;
  const texts = open === null ? [[section.label]] : [[section.label, count], [section.label]];
  const sizes = Math.min(width, height) > ROOMY_PX ? ROOMY_SIZES : SIZES;
  const middle = worldToScreen(camera, view.viewport, section.middle);
  const written = (label: Label): Way => ({
    label,
    box: boxAround(middle, measureLabel(context, scene, label)),
  });
  const inside = texts
    .flatMap((lines) => sizes.map((size) => written({ lines, size, style })))
    .filter(({ box }) => cornersOf(view, box).every((corner) => insidePolygon(section.polygon, corner)));
  // A wedge may be narrower than its name at a corner; it must only not reach into its neighbour.
  return [...inside, written({ lines: [section.label], size: 9.5, style })];
}

function wayInside(view: View, { name, size, rect }: Clearing): Way {
  return { label: { lines: [name], size, style: "on-ground" }, box: toScreen(view, rect) };
}

/** Above, below, left and right of the part of the section that is in view. */
function waysBeside(
  context: CanvasRenderingContext2D,
  scene: LabelScene,
  view: View & { section: MapSection },
): Way[] {
  const whole = toScreen(view, view.section.bounds);
  const box = {
    minX: Math.max(whole.minX, 0),
    maxX: Math.min(whole.maxX, view.viewport.width),
    minY: Math.max(whole.minY, 0),
    maxY: Math.min(whole.maxY, view.viewport.height),
  };
  const x = (box.minX + box.maxX) / 2;
  const y = (box.minY + box.maxY) / 2;
  return [13, 11].flatMap((size) => {
    const label: Label = { lines: [view.section.label], size, style: "on-ground" };
    const extent = measureLabel(context, scene, label);
    const [w, h] = [extent.width / 2 + 2, extent.height / 2 + 1];
    return BESIDE_STEPS_PX.flatMap((step) => [
      { x, y: box.minY - h - step },
      { x, y: box.maxY + h + step },
      { x: box.minX - w - step, y },
      { x: box.maxX + w + step, y },
    ]).map((at) => ({ label, box: boxAround(at, extent) }));
  });
}

/** Inside the view, over no seat that is painted and on no other section's ground. */
function isClear(
  { model }: Pick<LabelScene, "model">,
  view: View,
  { box, section }: { box: Rect; section: MapSection },
): boolean {
  const { viewport, camera } = view;
  if (box.minX < 1 || box.minY < 1 || box.maxX > viewport.width - 1 || box.maxY > viewport.height - 1)
    return false;
  const corners = cornersOf(view, box);
  const world = { minX: corners[0].x, minY: corners[0].y, maxX: corners[3].x, maxY: corners[3].y };
  const foreign = model.sections.some(
    (other) =>
      other !== section &&
      overlaps(other.bounds, world) &&
      corners.some((corner) => insidePolygon(other.polygon, corner)),
  );
  if (foreign) return false;
  return detailAt(model.pitch * camera.scale) === "sections" || !hasSeat(model, world, view.clearings);
}

/** Whether a seat that is painted touches the rectangle. */
function hasSeat(model: MapModel, rect: Rect, clearings: View["clearings"]): boolean {
  const { grid, plan, radius } = model;
  let found = false;
  visitRect(grid, rect, (seatNo) => {
    const x = plan.x[seatNo] ?? 0;
    const y = plan.y[seatNo] ?? 0;
    const touches =
      x > rect.minX - radius && x < rect.maxX + radius && y > rect.minY - radius && y < rect.maxY + radius;
    found ||= touches && !isCleared(model, clearings, seatNo);
  });
  return found;
}

/** The stage's own name, and what the organizer wrote on the plan. */
function shapeNames(context: CanvasRenderingContext2D, scene: LabelScene, view: View): Way[] {
  const { model } = scene;
  const named = model.shapes.flatMap((shape): Way[] => {
    if (!shape.label) return [];
    const room = (shape.width ?? 200) * view.camera.scale;
    const size = Math.min(22, Math.max(11, room / (shape.label.length * 0.9)));
    const style = shape.role === "stage" ? "on-stage" : "soft";
    const label: Label = { lines: [shape.label], size, style };
    const extent = measureLabel(context, scene, label);
    const at = worldToScreen(view.camera, view.viewport, shape);
    return extent.width < room ? [{ label, box: boxAround(at, extent) }] : [];
  });
  const written = model.texts.flatMap((text): Way[] => {
    const size = text.size * view.camera.scale;
    if (size < 7 || size > 80) return [];
    const label: Label = { lines: [text.text], size, style: "soft" };
    const at = worldToScreen(view.camera, view.viewport, text);
    const box = boxAround(at, measureLabel(context, scene, label));
    const corners = cornersOf(view, box);
    const world = { minX: corners[0].x, minY: corners[0].y, maxX: corners[3].x, maxY: corners[3].y };
    return hasSeat(model, world, view.clearings) ? [] : [{ label, box }];
  });
  return [...named, ...written];
}

function boxAround(at: Point, { width, height }: { width: number; height: number }): Rect {
  return {
    minX: at.x - width / 2 - 2,
    maxX: at.x + width / 2 + 2,
    minY: at.y - height / 2 - 1,
    maxY: at.y + height / 2 + 1,
  };
}

function cornersOf({ camera, viewport }: View, box: Rect): readonly [Point, Point, Point, Point] {
  const at = (x: number, y: number) => screenToWorld(camera, viewport, { x, y });
  return [at(box.minX, box.minY), at(box.maxX, box.minY), at(box.minX, box.maxY), at(box.maxX, box.maxY)];
}

function toScreen({ camera, viewport }: View, rect: Rect): Rect {
  const least = worldToScreen(camera, viewport, { x: rect.minX, y: rect.minY });
  const most = worldToScreen(camera, viewport, { x: rect.maxX, y: rect.maxY });
  return { minX: least.x, minY: least.y, maxX: most.x, maxY: most.y };
}

function shapeBox(
  points: readonly Point[],
  shape: { x: number; y: number; width?: number | undefined; height?: number | undefined },
): Rect {
  if (points.length > 0) {
    const xs = points.map((point) => point.x);
    const ys = points.map((point) => point.y);
    return { minX: Math.min(...xs), maxX: Math.max(...xs), minY: Math.min(...ys), maxY: Math.max(...ys) };
  }
  const [w, h] = [(shape.width ?? 0) / 2, (shape.height ?? 0) / 2];
  return { minX: shape.x - w, maxX: shape.x + w, minY: shape.y - h, maxY: shape.y + h };
}
