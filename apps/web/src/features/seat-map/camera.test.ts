import { expect, test } from "vitest";
import {
  blendCameras,
  clampCamera,
  fitRect,
  panBy,
  screenToWorld,
  visibleWorld,
  worldToScreen,
  zoomAt,
} from "./camera.ts";

const viewport = { width: 800, height: 600 };
const camera = { x: 120, y: -40, scale: 2.5 };
const limits = { min: 0.1, max: 20 };

test("screen and world are inverse to each other", () => {
  const screen = worldToScreen(camera, viewport, { x: 33, y: 44 });
  const world = screenToWorld(camera, viewport, screen);
  expect(world.x).toBeCloseTo(33);
  expect(world.y).toBeCloseTo(44);
});

test("zooming keeps the world under the pointer where it is", () => {
  const at = { x: 611, y: 97 };
  const before = screenToWorld(camera, viewport, at);
  for (const factor of [0.2, 0.9, 1.1, 7]) {
    const after = screenToWorld(zoomAt(camera, viewport, { at, factor, limits }), viewport, at);
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
  }
});

test("zooming stops at the limits", () => {
  expect(zoomAt(camera, viewport, { at: { x: 0, y: 0 }, factor: 1e9, limits }).scale).toBe(20);
  expect(zoomAt(camera, viewport, { at: { x: 0, y: 0 }, factor: 1e-9, limits }).scale).toBe(0.1);
});

test("a fitted rectangle lies in the view with its padding", () => {
  const rect = { minX: -10, minY: 5, maxX: 300, maxY: 95 };
  const seen = visibleWorld(fitRect(rect, viewport, 20), viewport);
  const padding = 20 / fitRect(rect, viewport, 20).scale;
  expect(seen.minX).toBeCloseTo(rect.minX - padding);
  expect(seen.minY).toBeLessThanOrEqual(rect.minY - padding + 1e-6);
  expect(seen.maxY).toBeGreaterThanOrEqual(rect.maxY + padding - 1e-6);
});

test("a rectangle without extent still gives a finite camera", () => {
  expect(Number.isFinite(fitRect({ minX: 1, minY: 1, maxX: 1, maxY: 1 }, viewport, 20).scale)).toBe(true);
});

test("dragging right moves the view left", () => {
  expect(panBy(camera, 25, 0).x).toBeCloseTo(110);
});

test("the middle of the view never leaves the world", () => {
  const world = { minX: 0, minY: 0, maxX: 100, maxY: 50 };
  expect(clampCamera({ x: 900, y: -9, scale: 1 }, world, limits)).toEqual({ x: 100, y: 0, scale: 1 });
});

test("a flight starts and ends exactly where it should", () => {
  const to = { x: 0, y: 0, scale: 10 };
  expect(blendCameras(camera, to, 0)).toEqual(camera);
  expect(blendCameras(camera, to, 1)).toEqual(to);
  const half = blendCameras(camera, to, 0.5);
  expect(half.scale).toBeCloseTo(5);
});
