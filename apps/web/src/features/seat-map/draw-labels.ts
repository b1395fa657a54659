import { type Camera, overlaps, type Rect, type Viewport, visibleWorld, worldToScreen } from "./camera.ts";
import { detailAt } from "./detail.ts";
import type { MapColors } from "./map-colors.ts";
import type { MapModel, MapSection } from "./map-model.ts";

export type LabelScene = {
  readonly model: MapModel;
  readonly colors: MapColors;
  readonly openIn: (section: MapSection) => number;
};

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Names in screen space, over the tiles: they keep their size, and a name never covers another. */
export function drawLabels(
  context: CanvasRenderingContext2D,
  scene: LabelScene,
  view: { camera: Camera; viewport: Viewport },
): void {
  const { model, colors } = scene;
  const seen = visibleWorld(view.camera, view.viewport);
  const taken: Box[] = [];
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const shape of model.shapes) {
    if (!shape.label) continue;
    const stage = shape.role === "stage";
    const at = worldToScreen(view.camera, view.viewport, shape);
    const room = (shape.width ?? 200) * view.camera.scale;
    const size = Math.min(22, Math.max(11, room / (shape.label.length * 0.9)));
    context.font = `650 ${size}px ${colors.font}`;
    context.fillStyle = stage ? colors.stageText : colors.inkSoft;
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
  const bySize = model.sections
    .filter((section) => section.category >= 0 && overlaps(section.bounds, seen))
    .toSorted((a, b) => b.seatCount - a.seatCount);
  for (const section of bySize) drawSectionLabel(context, scene, { ...view, seen, section, taken });
}

function drawSectionLabel(
  context: CanvasRenderingContext2D,
  scene: LabelScene,
  view: { camera: Camera; viewport: Viewport; seen: Rect; section: MapSection; taken: Box[] },
): void {
  const { colors, model } = scene;
  const { camera, viewport, section } = view;
  const detail = detailAt(model.pitch * camera.scale);
  const width = (section.bounds.maxX - section.bounds.minX) * camera.scale;
  const height = (section.bounds.maxY - section.bounds.minY) * camera.scale;
  const near = detail !== "sections" && section.areaNo === null;
  const open = scene.openIn(section);
  const lines = [section.label];
  if (!near && Math.min(width, height) > 46) lines.push(open === 0 ? "sold out" : `${open.toLocaleString("en")} left`);
  const size = near ? 13 : Math.min(17, Math.max(10, Math.min(width, height) / 3.4));
  context.font = `650 ${size}px ${colors.font}`;
  const textWidth = Math.max(...lines.map((line) => context.measureText(line).width));
  if (!near && textWidth > width * 1.25) {
    if (width < 14) return;
  }
  const at = near
    ? pinned(section, { camera, viewport, textWidth })
    : worldToScreen(camera, viewport, section.middle);
  const box = {
    x: at.x - textWidth / 2 - 7,
    y: at.y - (size * 1.25 * lines.length) / 2 - 3,
    width: textWidth + 14,
    height: size * 1.25 * lines.length + 6,
  };
  if (view.taken.some((other) => collide(other, box))) return;
  view.taken.push(box);
  if (near) drawPlate(context, box, colors);
  const onLevel = !near && open > 0 && section.areaNo === null;
  context.fillStyle = onLevel ? colors.paper : near || section.areaNo !== null ? colors.ink : colors.inkSoft;
  lines.forEach((line, index) => {
    if (index === 1) context.font = `500 ${Math.max(10, size * 0.78)}px ${colors.font}`;
    context.fillText(line, at.x, at.y + (index - (lines.length - 1) / 2) * size * 1.2);
  });
}

/** Above the part of the section that is in view, so that the name stays while one looks around inside it. */
function pinned(
  section: MapSection,
  view: { camera: Camera; viewport: Viewport; textWidth: number },
): { x: number; y: number } {
  const { camera, viewport } = view;
  const topLeft = worldToScreen(camera, viewport, { x: section.bounds.minX, y: section.bounds.minY });
  const bottomRight = worldToScreen(camera, viewport, { x: section.bounds.maxX, y: section.bounds.maxY });
  const left = Math.max(topLeft.x, 0);
  const right = Math.min(bottomRight.x, viewport.width);
  const half = view.textWidth / 2 + 10;
  return {
    x: Math.min(Math.max((left + right) / 2, half), Math.max(half, viewport.width - half)),
    y: Math.min(Math.max(topLeft.y - 12, 18), bottomRight.y - 4),
  };
}

function collide(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function drawPlate(context: CanvasRenderingContext2D, box: Box, colors: MapColors): void {
  context.globalAlpha = 0.9;
  context.fillStyle = colors.paper;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 3);
  context.fill();
  context.globalAlpha = 1;
}
