import { expect, test } from "vitest";
import { seeded } from "../poster/seeded.ts";
import { buildGrid, nearestSeat, visitRect } from "./spatial-grid.ts";

const random = seeded(7);
const x = Float32Array.from({ length: 3_000 }, () => random.between(-500, 900));
const y = Float32Array.from({ length: 3_000 }, () => random.between(0, 400));
const grid = buildGrid(x, y, 12);

test("a rectangle finds every seat inside it and none twice", () => {
  for (let round = 0; round < 50; round++) {
    const minX = random.between(-600, 800);
    const minY = random.between(-50, 350);
    const rect = { minX, minY, maxX: minX + random.between(0, 300), maxY: minY + random.between(0, 120) };
    const found: number[] = [];
    visitRect(grid, rect, (seatNo) => found.push(seatNo));
    expect(new Set(found).size).toBe(found.length);
    const inside = [...x.keys()].filter((i) => {
      const px = x[i] ?? NaN;
      const py = y[i] ?? NaN;
      return px >= rect.minX && px <= rect.maxX && py >= rect.minY && py <= rect.maxY;
    });
    const set = new Set(found);
    expect(inside.every((seatNo) => set.has(seatNo))).toBe(true);
  }
});

test("the nearest seat is the one a full search finds", () => {
  for (let round = 0; round < 100; round++) {
    const at = { x: random.between(-500, 900), y: random.between(0, 400), reach: 25 };
    let best = -1;
    let bestDistance = at.reach;
    for (let i = 0; i < x.length; i++) {
      const distance = Math.hypot((x[i] ?? 0) - at.x, (y[i] ?? 0) - at.y);
      if (distance <= bestDistance) {
        best = i;
        bestDistance = distance;
      }
    }
    expect(nearestSeat(grid, { x, y }, at)).toBe(best);
  }
});

test("nothing within reach is -1, also on a plan without seats", () => {
  expect(nearestSeat(grid, { x, y }, { x: 5_000, y: 5_000, reach: 10 })).toBe(-1);
  const empty = new Float32Array();
  expect(nearestSeat(buildGrid(empty, empty, 10), { x: empty, y: empty }, { x: 0, y: 0, reach: 9 })).toBe(-1);
});

test("a seat far away does not make the grid huge", () => {
  const far = buildGrid(Float32Array.from([0, 1e7]), Float32Array.from([0, 1e7]), 1);
  expect(far.columns * far.rows).toBeLessThanOrEqual(1_000_000);
  expect(
    nearestSeat(
      far,
      { x: Float32Array.from([0, 1e7]), y: Float32Array.from([0, 1e7]) },
      { x: 1, y: 1, reach: 5 },
    ),
  ).toBe(0);
});
