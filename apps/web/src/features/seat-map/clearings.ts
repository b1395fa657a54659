import type { Rect } from "./camera.ts";
import { DOTS_FROM_PX, PICK_FROM_PX } from "./detail.ts";
import { measureLabel, type TextLook } from "./label-size.ts";
import type { MapModel, MapSection } from "./map-model.ts";
import { insidePolygon } from "./section-outline.ts";
import { shortNames } from "./short-names.ts";

/** Where a section's name stands among its dots, and how it is written there. */
export type Clearing = { readonly name: string; readonly size: number; readonly rect: Rect };

const SIZES = [12.5, 11, 9.5];
const MARGIN_PX = 2.5;
/** A name that takes more of its section than this would leave a rim of dots. */
const SHARE_MAX = 0.34;

const known = new WeakMap<
  MapModel,
  { scale: number; font: string; clearings: readonly (Clearing | null)[] }
>();

/**
 * Between the scale at which seats are dots and the one at which a seat can be picked, a section's dots show how full it is,
 * and those under its name are left out: so every section has its name in it, also one between two others. By section; null
 * for one without room, or at any other scale. The same for all squares of one scale, wherever one looks.
 */
export function clearingsAt(
  context: CanvasRenderingContext2D,
  { model, colors }: TextLook & { readonly model: MapModel },
  scale: number,
): readonly (Clearing | null)[] {
  const pitchPx = model.pitch * scale;
  if (pitchPx < DOTS_FROM_PX || pitchPx >= PICK_FROM_PX) return [];
  const before = known.get(model);
  if (before?.scale === scale && before.font === colors.font) return before.clearings;
  const short = shortNames(model.sections.map(({ label }) => label));
  const clearings = model.sections.map((section, index) =>
    section.category < 0 || section.areaNo !== null
      ? null
      : clearingOf(context, {
          section,
          colors,
          scale,
          names: [section.label, short[index] ?? section.label],
        }),
  );
  known.set(model, { scale, font: colors.font, clearings });
  return clearings;
}

function clearingOf(
  context: CanvasRenderingContext2D,
  ask: TextLook & { section: MapSection; scale: number; names: readonly string[] },
): Clearing | null {
  const { section, colors, scale, names } = ask;
  const { bounds, middle, polygon } = section;
  const ground = (bounds.maxX - bounds.minX) * (bounds.maxY - bounds.minY);
  for (const name of names)
    for (const size of SIZES) {
      const { width, height } = measureLabel(context, { colors }, { lines: [name], size });
      const [w, h] = [(width / 2 + MARGIN_PX) / scale, (height / 2 + MARGIN_PX) / scale];
      const rect = { minX: middle.x - w, maxX: middle.x + w, minY: middle.y - h, maxY: middle.y + h };
      const corners = [
        { x: rect.minX, y: rect.minY },
        { x: rect.maxX, y: rect.minY },
        { x: rect.minX, y: rect.maxY },
        { x: rect.maxX, y: rect.maxY },
      ];
      if (4 * w * h <= ground * SHARE_MAX && corners.every((corner) => insidePolygon(polygon, corner)))
        return { name, size, rect };
    }
  return null;
}

/** Whether a seat's dot would touch the name of its section. */
export function isCleared(model: MapModel, clearings: readonly (Clearing | null)[], seatNo: number): boolean {
  const { plan, radius } = model;
  const rect = clearings[plan.runs[plan.run[seatNo] ?? -1]?.section ?? -1]?.rect;
  if (!rect) return false;
  const x = plan.x[seatNo] ?? 0;
  const y = plan.y[seatNo] ?? 0;
  return x + radius > rect.minX && x - radius < rect.maxX && y + radius > rect.minY && y - radius < rect.maxY;
}
