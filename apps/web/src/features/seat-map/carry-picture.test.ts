import { expect, test } from "vitest";
import { worldToScreen } from "./camera.ts";
import { type Picture, transformBetween } from "./carry-picture.ts";

const painted: Picture = { camera: { x: 120, y: -40, scale: 0.5 }, viewport: { width: 390, height: 500 } };

function carried(transform: string, at: { x: number; y: number }) {
  const [, numbers = "1,0,0,1,0,0"] = /^matrix\((.*)\)$/.exec(transform) ?? [];
  const [a = 1, , , d = 1, x = 0, y = 0] = numbers.split(",").map(Number);
  return { x: at.x * a + x, y: at.y * d + y };
}

test.each<[string, Picture]>([
  ["nearer", { ...painted, camera: { x: 160, y: 10, scale: 1.7 } }],
  ["farther", { ...painted, camera: { x: -30, y: 0, scale: 0.2 } }],
  ["dragged", { ...painted, camera: { x: 100, y: -90, scale: 0.5 } }],
  ["in a smaller window", { camera: painted.camera, viewport: { width: 375, height: 300 } }],
])("a carried picture has every place where the camera sees it: %s", (_, seen) => {
  const transform = transformBetween(painted, seen);
  for (const place of [
    { x: 0, y: 0 },
    { x: 160, y: 10 },
    { x: -900, y: 444 },
  ]) {
    const there = carried(transform, worldToScreen(painted.camera, painted.viewport, place));
    const meant = worldToScreen(seen.camera, seen.viewport, place);
    expect(there.x).toBeCloseTo(meant.x, 6);
    expect(there.y).toBeCloseTo(meant.y, 6);
  }
});

test("a picture that is where the camera is carries no transform, so that its pixels are the screen's", () => {
  expect(transformBetween(painted, { ...painted })).toBe("");
});
