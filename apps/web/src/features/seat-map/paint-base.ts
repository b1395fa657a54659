import type { Point, Shape } from "@onsale/core/layout/layout";
import type { Detail } from "./detail.ts";
import type { MapColors } from "./map-colors.ts";
import type { MapModel, MapSection } from "./map-model.ts";
import { overlaps, type Rect } from "./camera.ts";

export type BaseScene = {
  readonly model: MapModel;
  readonly colors: MapColors;
  readonly levelOf: Uint8Array;
  /** Sections whose category the legend filter hides are paler. */
  readonly isShown: (category: number) => boolean;
  /** null while nobody knows. */
  readonly openIn: (section: MapSection) => number | null;
};

/** Ground shapes, stage and section shapes inside `rect`; the context is in world units, `px` is one CSS pixel in them. */
export function paintBase(
  context: CanvasRenderingContext2D,
  scene: BaseScene,
  view: { rect: Rect; detail: Detail; px: number },
): void {
  const { model, colors } = scene;
  for (const shape of model.shapes) paintShape(context, shape, scene);
  context.lineJoin = "round";
  for (const section of model.sections) {
    if (!overlaps(section.bounds, view.rect) || section.category < 0) continue;
    paintSection(context, scene, { section, ...view });
  }
  context.fillStyle = colors.section;
  context.strokeStyle = colors.sectionLine;
  context.lineWidth = view.px;
  if (view.detail !== "sections") for (const table of model.tables) paintTable(context, table);
}

function paintSection(
  context: CanvasRenderingContext2D,
  scene: BaseScene,
  view: { section: MapSection; detail: Detail; px: number },
): void {
  const { model, colors } = scene;
  const { section, detail, px } = view;
  const level = colors.levels[scene.levelOf[section.category] ?? 0] ?? colors.section;
  const isOpen = (scene.openIn(section) ?? 0) > 0;
  tracePolygon(context, section.polygon);
  if (section.areaNo !== null) {
    context.fillStyle = isOpen ? mix(level, colors.section, 0.34) : colors.section;
    context.strokeStyle = level;
    context.lineWidth = 1.5 * px;
    context.fill();
    context.setLineDash([4 * px, 3 * px]);
    context.stroke();
    context.setLineDash([]);
    return;
  }
  const fill =
    detail !== "sections" || !isOpen
      ? colors.section
      : scene.isShown(section.category)
        ? level
        : mix(level, colors.section, 0.22);
  context.fillStyle = context.strokeStyle = fill;
  // The same colour around the shape covers the half of the outer seats that sticks out.
  context.lineWidth = model.pitch * 1.15;
  context.stroke();
  context.fill();
}

/** Opaque, because fill and outline overlap and transparency would show it. */
function mix(color: string, into: string, share: number): string {
  return `color-mix(in srgb, ${color} ${Math.round(share * 100)}%, ${into})`;
}

function tracePolygon(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  context.beginPath();
  points.forEach(({ x, y }, index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.closePath();
}

function paintShape(context: CanvasRenderingContext2D, shape: Shape, { colors }: BaseScene): void {
  context.save();
  context.fillStyle = shape.role === "stage" ? colors.stage : colors.section;
  if (shape.points) {
    tracePolygon(context, shape.points);
  } else {
    const width = shape.width ?? 0;
    const height = shape.height ?? 0;
    context.translate(shape.x, shape.y);
    context.rotate(((shape.rotation ?? 0) * Math.PI) / 180);
    context.beginPath();
    if (shape.kind === "ellipse") context.ellipse(0, 0, width / 2, height / 2, 0, 0, 2 * Math.PI);
    else context.roundRect(-width / 2, -height / 2, width, height, Math.min(width, height) * 0.04);
  }
  context.fill();
  context.restore();
}

function paintTable(context: CanvasRenderingContext2D, table: MapModel["tables"][number]): void {
  context.save();
  context.translate(table.x, table.y);
  context.rotate(((table.rotation ?? 0) * Math.PI) / 180);
  context.beginPath();
  if (table.shape === "round") context.arc(0, 0, table.radius ?? 10, 0, 2 * Math.PI);
  else
    context.rect(-(table.width ?? 20) / 2, -(table.height ?? 20) / 2, table.width ?? 20, table.height ?? 20);
  context.fill();
  context.stroke();
  context.restore();
}
