import type { Point } from "@onsale/core/layout/layout";

/** What the map looks at: the world point in the middle of the view, and CSS pixels per world unit. */
export type Camera = { readonly x: number; readonly y: number; readonly scale: number };
/** CSS pixels. */
export type Viewport = { readonly width: number; readonly height: number };
export type Rect = {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
};
export type ScaleLimits = { readonly min: number; readonly max: number };

export function worldToScreen(camera: Camera, viewport: Viewport, point: Point): Point {
  return {
    x: (point.x - camera.x) * camera.scale + viewport.width / 2,
    y: (point.y - camera.y) * camera.scale + viewport.height / 2,
  };
}

export function screenToWorld(camera: Camera, viewport: Viewport, point: Point): Point {
  return {
    x: (point.x - viewport.width / 2) / camera.scale + camera.x,
    y: (point.y - viewport.height / 2) / camera.scale + camera.y,
  };
}

/** Moves the world by so many pixels, as a finger drags paper. */
export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** Scales by `factor` so that the world point under `at` stays under it. */
export function zoomAt(
  camera: Camera,
  viewport: Viewport,
  zoom: { at: Point; factor: number; limits: ScaleLimits },
): Camera {
  const scale = clamp(camera.scale * zoom.factor, zoom.limits.min, zoom.limits.max);
  const world = screenToWorld(camera, viewport, zoom.at);
  return {
    scale,
    x: world.x - (zoom.at.x - viewport.width / 2) / scale,
    y: world.y - (zoom.at.y - viewport.height / 2) / scale,
  };
}

/** The camera that shows the whole rectangle with `padding` pixels around it. */
export function fitRect(rect: Rect, viewport: Viewport, padding: number): Camera {
  const width = Math.max(rect.maxX - rect.minX, 1e-6);
  const height = Math.max(rect.maxY - rect.minY, 1e-6);
  const roomX = Math.max(viewport.width - 2 * padding, 1);
  const roomY = Math.max(viewport.height - 2 * padding, 1);
  return {
    x: (rect.minX + rect.maxX) / 2,
    y: (rect.minY + rect.maxY) / 2,
    scale: Math.min(roomX / width, roomY / height),
  };
}

/** Keeps the middle of the view inside the world, so that nobody is ever lost on empty paper. */
export function clampCamera(camera: Camera, world: Rect, limits: ScaleLimits): Camera {
  return {
    x: clamp(camera.x, world.minX, world.maxX),
    y: clamp(camera.y, world.minY, world.maxY),
    scale: clamp(camera.scale, limits.min, limits.max),
  };
}

/** Between two cameras, `t` in 0..1: scale moves evenly in ratio, position follows so that the path looks straight. */
export function blendCameras(from: Camera, to: Camera, t: number): Camera {
  if (t >= 1) return to;
  const scale = from.scale * (to.scale / from.scale) ** t;
  const ratio = from.scale === to.scale ? t : (1 / scale - 1 / from.scale) / (1 / to.scale - 1 / from.scale);
  return { scale, x: from.x + (to.x - from.x) * ratio, y: from.y + (to.y - from.y) * ratio };
}

export function visibleWorld(camera: Camera, viewport: Viewport): Rect {
  const halfWidth = viewport.width / 2 / camera.scale;
  const halfHeight = viewport.height / 2 / camera.scale;
  return {
    minX: camera.x - halfWidth,
    minY: camera.y - halfHeight,
    maxX: camera.x + halfWidth,
    maxY: camera.y + halfHeight,
  };
}

export function growRect(rect: Rect, by: number): Rect {
  return { minX: rect.minX - by, minY: rect.minY - by, maxX: rect.maxX + by, maxY: rect.maxY + by };
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY;
}

export function boundsOf(points: Iterable<Point>): Rect | null {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (const { x, y } of points) {
    minX = Math.min(minX, x);
    minY = Math.min(minY, y);
    maxX = Math.max(maxX, x);
    maxY = Math.max(maxY, y);
  }
  return minX > maxX ? null : { minX, minY, maxX, maxY };
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), Math.max(min, max));
}
