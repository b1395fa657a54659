import type { Point } from "@onsale/core/layout/layout";
import { overlaps, screenToWorld } from "./camera.ts";
import { DOTS_FROM_PX, PICK_FROM_PX } from "./detail.ts";
import type { MapModel, MapSection } from "./map-model.ts";
import type { MapState } from "./map-state.ts";
import { isPickable } from "./section-camera.ts";
import { insidePolygon } from "./section-outline.ts";
import { nearestSeat } from "./spatial-grid.ts";

export type Hit =
  | { readonly kind: "seat"; readonly seatNo: number }
  | { readonly kind: "section"; readonly section: MapSection }
  | { readonly kind: "nothing" };

/** A finger is this wide, a mouse this exact; CSS pixels. */
const TOUCH_REACH_PX = 18;
const MOUSE_REACH_PX = 4;

/** The section whose shape holds this point of the world. */
export function sectionUnder(model: MapModel, world: Point): MapSection | undefined {
  const point = { minX: world.x, maxX: world.x, minY: world.y, maxY: world.y };
  return model.sections.find(
    ({ category, bounds, polygon }) =>
      category >= 0 && overlaps(bounds, point) && insidePolygon(polygon, world),
  );
}

/** What lies under a point of the canvas: a seat once seats are large enough to be meant, else the section. */
export function hitAt({ camera, viewport, options: { model } }: MapState, at: Point, touch: boolean): Hit {
  const world = screenToWorld(camera, viewport, at);
  const pitchPx = model.pitch * camera.scale;
  if (pitchPx >= PICK_FROM_PX) {
    const reach = Math.max(model.pitch * 0.55, (touch ? TOUCH_REACH_PX : MOUSE_REACH_PX) / camera.scale);
    const seatNo = nearestSeat(model.grid, model.plan, { ...world, reach });
    const section = model.sections[model.plan.runs[model.plan.run[seatNo] ?? -1]?.section ?? -1];
    if (section && (!touch || isPickable(section, camera.scale))) return { kind: "seat", seatNo };
    if (section) return { kind: "section", section };
  }
  const point = { minX: world.x, maxX: world.x, minY: world.y, maxY: world.y };
  const boxed = () => model.sections.find(({ category, bounds }) => category >= 0 && overlaps(bounds, point));
  // Far out a narrow section is a few pixels; its box is as near as anyone can point.
  const section = sectionUnder(model, world) ?? (pitchPx < DOTS_FROM_PX * 2 ? boxed() : undefined);
  return section ? { kind: "section", section } : { kind: "nothing" };
}
