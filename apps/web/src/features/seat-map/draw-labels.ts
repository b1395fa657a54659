import { type Camera, overlaps, type Viewport, visibleWorld, worldToScreen } from "./camera.ts";
import { detailAt } from "./detail.ts";
import type { MapColors } from "./map-colors.ts";
import type { MapModel, MapSection } from "./map-model.ts";
import { insidePolygon } from "./section-outline.ts";

export type LabelScene = {
  readonly model: MapModel;
  readonly colors: MapColors;
  /** null while nobody knows. */
  readonly openIn: (section: MapSection) => number | null;
};
type View = { readonly camera: Camera; readonly viewport: Viewport };
type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type Label = {
  readonly lines: readonly string[];
  readonly size: number;
  readonly x: number;
  readonly y: number;
  /** Written upwards, for sections that are tall and narrow. */
  readonly upright: boolean;
  readonly style: "on-level" | "on-ground" | "over-seats";
};

/** Sections larger than this on screen carry their name at their upper edge, where it stays while one looks around. */
const PINNED_FROM_PX = 260;
/** One size where it fits, so that small differences between sections do not show as a jumble of sizes. */
const SIZES = [12.5, 11, 9.5];
const ROOMY_SIZES = [17, ...SIZES];
const ROOMY_PX = 110;
/** Sections smaller than this on screen stay without a name until one comes closer. */
const NAMED_FROM_PX = 14;
/** Per factor e of zoom: which way of writing fits is asked anew every two per cent, not in every frame of a flight. */
const SCALE_STEPS = 50;
const LEADING = 1.18;

/** Names in screen space, over the tiles: they keep their size, and no name covers another. */
export function drawLabels(context: CanvasRenderingContext2D, scene: LabelScene, view: View): void {
  const seen = visibleWorld(view.camera, view.viewport);
  context.textAlign = "center";
  context.textBaseline = "middle";
  drawShapeNames(context, scene, view);
  const taken: Box[] = [];
  const bySize = scene.model.sections
    .filter((section) => section.category >= 0 && overlaps(section.bounds, seen))
    .toSorted((a, b) => b.seatCount - a.seatCount);
  for (const section of bySize) {
    const label = choices(context, scene, { ...view, section }).find(
      (candidate) => !taken.some((box) => collide(box, boxOf(context, scene, candidate))),
    );
    if (!label) continue;
    taken.push(boxOf(context, scene, label));
    drawLabel(context, scene, label);
  }
}

/** Ways to write a section's name here, the best first; none when it is too small to carry even its name. */
function choices(
  context: CanvasRenderingContext2D,
  scene: LabelScene,
  view: View & { section: MapSection },
): Label[] {
  const { section, camera, viewport } = view;
  const width = (section.bounds.maxX - section.bounds.minX) * camera.scale;
  const height = (section.bounds.maxY - section.bounds.minY) * camera.scale;
  const seats = detailAt(scene.model.pitch * camera.scale) !== "sections" && section.areaNo === null;
  const open = scene.openIn(section);
  const at = worldToScreen(camera, viewport, section.middle);
  const base = { ...at, upright: false };
  if (seats) {
    const style = "over-seats" as const;
    const lines = [section.label];
    if (Math.max(width, height) > PINNED_FROM_PX)
      return [{ ...base, ...pinned(section, view), lines, size: 15, style }];
    return [
      { ...base, lines, size: 14, style },
      { ...base, lines, size: 11, style },
    ];
  }
  const style: Label["style"] = (open ?? 0) > 0 && section.areaNo === null ? "on-level" : "on-ground";
  const counted =
    open === null
      ? [section.label]
      : [section.label, open === 0 ? "sold out" : `${open.toLocaleString("en")} left`];
  const sizes = Math.min(width, height) > ROOMY_PX ? ROOMY_SIZES : SIZES;
  const ways: Label[] = [false, true].flatMap((upright) =>
    [counted, [section.label]].flatMap((lines) =>
      sizes.map((size) => ({ ...base, lines, size, style, upright })),
    ),
  );
  const fit = fitting(context, scene, {
    ...view,
    ways,
    key: `${Math.round(Math.log(camera.scale) * SCALE_STEPS)}|${open}`,
  });
  if (fit.length > 0 || Math.max(width, height) < NAMED_FROM_PX) return fit;
  // Too narrow for any of them: the name alone, over whatever is beside it, wherever no other name stands.
  const upright = height > width;
  return [{ ...base, lines: [section.label], size: 9.5, style: "over-seats", upright }];
}

type Kept = { readonly key: string; readonly ways: readonly number[] };
/** Which ways fit depends on scale and count alone, so while the map is only moved nothing is measured again. */
const keptWays = new WeakMap<MapSection, Kept>();

function fitting(
  context: CanvasRenderingContext2D,
  scene: LabelScene,
  view: View & { section: MapSection; ways: readonly Label[]; key: string },
): Label[] {
  const { section, ways, camera, key } = view;
  const kept = keptWays.get(section);
  if (kept?.key === key) return kept.ways.flatMap((index) => ways[index] ?? []);
  const found: number[] = [];
  for (const [index, way] of ways.entries()) {
    const { width, height } = extent(context, scene, way);
    const [w, h] = way.upright ? [height, width] : [width, height];
    const reachX = (w / 2 + 1) / camera.scale;
    const reachY = h / 2 / camera.scale;
    const corners = [-1, 1].flatMap((x) =>
      [-1, 1].map((y) => ({ x: section.middle.x + x * reachX, y: section.middle.y + y * reachY })),
    );
    if (corners.every((corner) => insidePolygon(section.polygon, corner))) found.push(index);
  }
  keptWays.set(section, { key, ways: found });
  return found.flatMap((index) => ways[index] ?? []);
}

/** Above the part of the section that is in view. */
function pinned(section: MapSection, { camera, viewport }: View): { x: number; y: number } {
  const topLeft = worldToScreen(camera, viewport, { x: section.bounds.minX, y: section.bounds.minY });
  const bottomRight = worldToScreen(camera, viewport, { x: section.bounds.maxX, y: section.bounds.maxY });
  const left = Math.max(topLeft.x, 0);
  const right = Math.min(bottomRight.x, viewport.width);
  return {
    x: Math.min(Math.max((left + right) / 2, 40), viewport.width - 40),
    y: Math.min(Math.max(topLeft.y - 10, 20), bottomRight.y - 6),
  };
}

/** Widths grow with the size, so one measurement per text and weight serves every size and frame. */
const widths = new Map<string, number>();
const MEASURED_AT_PX = 100;
const WIDTHS_MAX = 5_000;

function widthOf(
  context: CanvasRenderingContext2D,
  scene: LabelScene,
  line: { text: string; index: number },
): number {
  const key = `${line.index}${scene.colors.font}${line.text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > WIDTHS_MAX) widths.clear();
  context.font = fontOf(scene.colors, MEASURED_AT_PX, line.index);
  const width = context.measureText(line.text).width / sizeOfLine(MEASURED_AT_PX, line.index);
  widths.set(key, width);
  return width;
}

function extent(
  context: CanvasRenderingContext2D,
  scene: LabelScene,
  label: Label,
): { width: number; height: number } {
  const lengths = label.lines.map(
    (text, index) => widthOf(context, scene, { text, index }) * sizeOfLine(label.size, index),
  );
  return { width: Math.max(...lengths), height: label.size * LEADING * label.lines.length };
}

function boxOf(context: CanvasRenderingContext2D, scene: LabelScene, label: Label): Box {
  const { width, height } = extent(context, scene, label);
  const [w, h] = label.upright ? [height, width] : [width, height];
  return { x: label.x - w / 2 - 2, y: label.y - h / 2 - 1, width: w + 4, height: h + 2 };
}

function drawLabel(context: CanvasRenderingContext2D, { colors }: LabelScene, label: Label): void {
  context.save();
  context.translate(label.x, label.y);
  if (label.upright) context.rotate(-Math.PI / 2);
  label.lines.forEach((line, index) => {
    context.font = fontOf(colors, label.size, index);
    const y = (index - (label.lines.length - 1) / 2) * label.size * LEADING;
    if (label.style === "over-seats") {
      // A seam of paper around the letters keeps them readable on any seats, and hides fewer of them than a plate.
      context.lineJoin = "round";
      context.lineWidth = label.size > 10 ? 5 : 3;
      context.strokeStyle = colors.paper;
      context.strokeText(line, 0, y);
    }
    context.fillStyle = label.style === "on-level" ? colors.paper : colors.ink;
    context.fillText(line, 0, y);
  });
  context.restore();
}

/** The count under a name is smaller than it. */
const sizeOfLine = (size: number, index: number) => (index === 0 ? size : Math.max(9.5, size * 0.8));

function fontOf(colors: MapColors, size: number, index: number): string {
  return `${index === 0 ? 700 : 500} ${sizeOfLine(size, index)}px ${colors.font}`;
}

function collide(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function drawShapeNames(context: CanvasRenderingContext2D, { model, colors }: LabelScene, view: View): void {
  for (const shape of model.shapes) {
    if (!shape.label) continue;
    const at = worldToScreen(view.camera, view.viewport, shape);
    const room = (shape.width ?? 200) * view.camera.scale;
    const size = Math.min(22, Math.max(11, room / (shape.label.length * 0.9)));
    context.font = `650 ${size}px ${colors.font}`;
    context.fillStyle = shape.role === "stage" ? colors.stageText : colors.inkSoft;
    if (context.measureText(shape.label).width < room) context.fillText(shape.label, at.x, at.y);
  }
  for (const text of model.texts) {
    const at = worldToScreen(view.camera, view.viewport, text);
    const size = text.size * view.camera.scale;
    if (size < 7 || size > 80) continue;
    context.font = `500 ${size}px ${colors.font}`;
    context.fillStyle = colors.inkSoft;
    context.fillText(text.text, at.x, at.y);
  }
}
