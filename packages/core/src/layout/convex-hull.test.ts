import { expect, test } from "vitest";
import { convexHull } from "./convex-hull.ts";

const square = [
  { x: 0, y: 0 },
  { x: 4, y: 0 },
  { x: 4, y: 4 },
  { x: 0, y: 4 },
];

test("a hull has the corners, whatever lies inside or between them, each once", () => {
  const more = [{ x: 2, y: 2 }, { x: 2, y: 0 }, ...square];
  expect(convexHull(more)).toHaveLength(4);
  expect(convexHull(more)).toEqual(expect.arrayContaining(square));
});

test.each([0, 1, 2])("%i points are their own hull", (count) => {
  expect(convexHull(square.slice(0, count))).toEqual(square.slice(0, count));
});
