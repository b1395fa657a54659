import type { Point } from "@onsale/core/layout/layout";
import { type Camera, clamp, fitRect, growRect, type Rect, type Viewport } from "./camera.ts";
import { SECTION_PITCH_PX, TOUCH_FROM_PX } from "./detail.ts";
import type { MapModel, MapSection } from "./map-model.ts";

const PADDING_PX = 28;

type Look = { readonly camera: Camera; readonly viewport: Viewport };

/** Whether a finger can pick the seats of this section at that scale; then a tap that met no seat was a miss. */
export function isPickable(section: MapSection, scale: number): boolean {
  return section.areaNo !== null || section.pitch * scale >= TOUCH_FROM_PX;
}

/**
 * The section with room around it, or nearer where that leaves its seats too close together for a finger; then what was
 * tapped stays in view. Never further away than one is already.
 */
export function sectionCamera(
  { pitch }: Pick<MapModel, "pitch">,
  target: { readonly section: MapSection; readonly at: Point },
  { camera, viewport }: Look,
): Camera {
  const { section, at } = target;
  const room = growRect(section.bounds, pitch);
  const fit = fitRect(room, viewport, PADDING_PX);
  const least = section.areaNo === null ? SECTION_PITCH_PX / section.pitch : 0;
  const scale = Math.max(fit.scale, least, camera.scale);
  return { ...within(room, at, { width: viewport.width / scale, height: viewport.height / scale }), scale };
}

/** As near to the point as the view can be without showing more than a rim beside the rectangle. */
function within(rect: Rect, at: Point, view: { width: number; height: number }): Point {
  const along = (value: number, [min, max]: readonly [number, number], size: number) =>
    max - min <= size ? (min + max) / 2 : clamp(value, min + size / 2, max - size / 2);
  return {
    x: along(at.x, [rect.minX, rect.maxX], view.width),
    y: along(at.y, [rect.minY, rect.maxY], view.height),
  };
}
