import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closestPair } from "../testing/closest-pair.ts";
import { arrangeSectors, type Sector } from "./arrange-sectors.ts";
import { SEAT_PITCH } from "./block.ts";
import { convexHull } from "../convex-hull.ts";

const row = fc
  .integer({ min: 1, max: 40 })
  .map((seats) => Array.from({ length: seats }, (_, i) => String(i + 1)));
const sector = (labels: readonly string[], groups: readonly string[]): fc.Arbitrary<Sector> =>
  fc.record({
    label: fc.constantFrom(...labels),
    group: fc.constantFrom(...groups),
    rows: fc.array(row, { minLength: 1, maxLength: 25 }),
  });
const labelled = fc.oneof(
  fc.array(sector(["A1", "A2", "B1", "B2", "C1", "D0", "E1", "F2"], ["Rank 1", "Floor"]), {
    minLength: 1,
    maxLength: 30,
  }),
  fc.array(sector(["101", "102", "201", "202", "303"], ["", "x"]), { minLength: 1, maxLength: 30 }),
  fc.array(sector(["1", "2", "VIP"], ["west", "east", "north", "south"]), { minLength: 1, maxLength: 30 }),
  fc.array(sector(["Stalls", "Circle", "Box"], ["Stalls", "Circle"]), { minLength: 1, maxLength: 5 }),
);

function seats(sectors: readonly Sector[]) {
  return arrangeSectors(sectors).placed.flatMap((placed) => placed.rows.flat());
}

describe("sectors without coordinates", () => {
  test("every seat gets a place, and no two come closer than nine tenths of a seat", () => {
    fc.assert(
      fc.property(labelled, (sectors) => {
        const placed = seats(sectors);
        expect(placed).toHaveLength(sectors.flatMap((each) => each.rows.flat()).length);
        expect(placed.every((point) => Number.isFinite(point.x) && Number.isFinite(point.y))).toBe(true);
        expect(closestPair(placed)).toBeGreaterThan(SEAT_PITCH * 0.9);
      }),
      { numRuns: 300 },
    );
  });

  test("the same sectors give the same picture", () => {
    fc.assert(
      fc.property(labelled, (sectors) => {
        expect(arrangeSectors(sectors)).toEqual(arrangeSectors(sectors));
      }),
      { numRuns: 20 },
    );
  });

  test("tribunes named after the compass stand on their sides", () => {
    const rows = Array.from({ length: 10 }, () => Array.from({ length: 20 }, (_, i) => String(i + 1)));
    const sectors = ["south", "west", "north", "east"].flatMap((group) =>
      ["1", "2", "3"].map((label) => ({ label: `${group} ${label}`, group, rows })),
    );
    const middles = arrangeSectors(sectors).placed.map(({ rows: placed }) => {
      const points = placed.flat();
      return {
        x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
        y: points.reduce((sum, point) => sum + point.y, 0) / points.length,
      };
    });
    expect(middles[1]?.y).toBeGreaterThan(200);
    expect(middles[4]?.x).toBeLessThan(-200);
    expect(middles[7]?.y).toBeLessThan(-200);
    expect(middles[10]?.x).toBeGreaterThan(200);
  });

  test("first rows are nearest to the stage", () => {
    const rows = Array.from({ length: 12 }, () => Array.from({ length: 15 }, (_, i) => String(i + 1)));
    for (const count of [1, 3, 12]) {
      const arranged = arrangeSectors(
        Array.from({ length: count }, (_, i) => ({ label: `S${i}`, group: "", rows })),
      );
      for (const placed of arranged.placed) {
        const distances = placed.rows.map((points) => {
          const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
          return Math.hypot(middle.x - arranged.focalPoint.x, middle.y - arranged.focalPoint.y);
        });
        expect(distances).toEqual(distances.toSorted((a, b) => a - b));
      }
    }
  });
});

test("rows that start at other numbers keep equal numbers behind each other", () => {
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
  const [placed] = arrangeSectors([{ label: "A", group: "", rows: [numbers(6, 16), numbers(1, 20)] }]).placed;
  const [front, back] = placed?.rows ?? [];
  // Seats 10 and 11 stand on both sides of the middle in both rows, although they are the 5th and 6th of the first.
  expect(front?.[4]?.x).toBeLessThan(0);
  expect(front?.[5]?.x).toBeCloseTo(-(front?.[4]?.x ?? 0), 1);
  expect(back?.[9]?.x).toBeLessThan(0);
  expect(back?.[10]?.x).toBeCloseTo(-(back?.[9]?.x ?? 0), 1);
});

test("a hull holds every point of it", () => {
  const point = fc.record({ x: fc.integer({ min: -50, max: 50 }), y: fc.integer({ min: -50, max: 50 }) });
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 60 }), (points) => {
      const hull = convexHull(points);
      fc.pre(hull.length >= 3);
      for (const { x, y } of points) {
        hull.forEach((a, index) => {
          const b = hull[(index + 1) % hull.length] ?? a;
          expect((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)).toBeGreaterThanOrEqual(-1e-6);
        });
      }
    }),
  );
});
