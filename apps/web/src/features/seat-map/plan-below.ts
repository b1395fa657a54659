import { visibleWorld } from "./camera.ts";
import { sizeCanvas } from "./carry-picture.ts";
import { paintScene } from "./paint-scene.ts";
import type { MapState } from "./map-state.ts";

/**
 * The whole plan, coarse, beneath the map: what a moving camera finds beyond the picture that it carries along. At rest
 * the map covers it.
 */
export function paintPlanBelow(state: MapState): void {
  const { below } = state.options;
  const context = below.getContext("2d");
  if (!context) return;
  const { home: camera, viewport } = state;
  sizeCanvas(below, viewport, 1);
  context.setTransform(
    camera.scale,
    0,
    0,
    camera.scale,
    viewport.width / 2 - camera.x * camera.scale,
    viewport.height / 2 - camera.y * camera.scale,
  );
  paintScene(context, state, { rect: visibleWorld(camera, viewport), scale: camera.scale });
  Object.assign(state, { below: { camera, viewport }, isBelowStale: false });
}
