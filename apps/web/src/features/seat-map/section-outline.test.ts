import { expect, test } from "vitest";
import { insidePolygon, middleOf, outlineOfRows } from "./section-outline.ts";

const eye = { x: 0, y: 0 };
/** A stand on a quarter circle, radii 50 to 80, every second row numbered the other way round. */
const quarter = [50, 60, 70, 80].map((radius, index) => {
  const row = Array.from({ length: 20 }, (_, seat) => {
    const angle = (seat / 19) * (Math.PI / 2);
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
  return index % 2 ? row.toReversed() : row;
});

test("the outline of a curved stand follows the curve", () => {
  const outline = outlineOfRows(quarter, eye);
  expect(insidePolygon(outline, { x: 65 * Math.cos(0.8), y: 65 * Math.sin(0.8) })).toBe(true);
  expect(insidePolygon(outline, { x: 35, y: 35 })).toBe(false);
  expect(insidePolygon(outline, { x: 0, y: 0 })).toBe(false);
});

test("the order in which rows were written does not matter", () => {
  expect(outlineOfRows(quarter.toReversed(), eye)).toHaveLength(outlineOfRows(quarter, eye).length);
});

test("one row, no row and empty rows are shapes too", () => {
  expect(outlineOfRows([], eye)).toEqual([]);
  expect(outlineOfRows([[]], eye)).toEqual([]);
  expect(outlineOfRows([[{ x: 1, y: 1 }]], eye)).toEqual([{ x: 1, y: 1 }]);
});

test("a name stands in the middle of its shape", () => {
  const square = [
    { x: 0, y: 0 },
    { x: 4, y: 0 },
    { x: 4, y: 4 },
    { x: 0, y: 4 },
  ];
  expect(middleOf(square)).toEqual({ x: 2, y: 2 });
});
