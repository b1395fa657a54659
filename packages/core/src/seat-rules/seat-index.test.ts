import { expect, test } from "vitest";
import type { SeatPlan } from "../layout/seat-plan.ts";
import { seatIndexOf } from "./seat-index.ts";
import { samplePlan } from "../layout/testing/sample-plan.ts";

/** Seats per stretch, in seat order. */
const counts = (plan: SeatPlan) => seatIndexOf(plan).stretches.map((stretch) => stretch.count);
/** One row with its seats at these places along it. */
function rowAt(places: readonly number[], curve: (x: number) => number = () => 0): SeatPlan {
  const plan = samplePlan([{ key: "A", rows: ["s".repeat(places.length)] }]);
  return { ...plan, x: Float32Array.from(places), y: Float32Array.from(places, curve) };
}

test("more than 1.8 times the usual distance is an aisle, less is an armrest", () => {
  expect(counts(rowAt([0, 10, 20, 38, 48, 58]))).toEqual([6]);
  expect(counts(rowAt([0, 10, 20, 38.5, 48.5, 58.5]))).toEqual([3, 3]);
});

test("a curve makes no aisle: neighbours are as far apart as ever, along the row", () => {
  const places = Array.from({ length: 21 }, (_, n) => 100 * Math.sin((n - 10) / 10));
  expect(counts(rowAt(places, (x) => Math.sqrt(100 ** 2 - Math.min(x * x, 100 ** 2))))).toEqual([21]);
});

test("seats that all lie on one point, as in a list without positions, are neighbours", () => {
  expect(counts(rowAt([5, 5, 5, 5]))).toEqual([4]);
  expect(counts(rowAt([5, 5, 5, 5, 9]))).toEqual([5]);
});

test("a short row is judged by the usual distance of its section", () => {
  expect(counts(samplePlan([{ key: "A", rows: ["sssss", "s  s"] }]))).toEqual([5, 1, 1]);
  expect(counts(samplePlan([{ key: "A", rows: ["s  s"] }]))).toEqual([2]);
});

test("a table is one stretch without an end, and an empty row is none", () => {
  const plan = samplePlan([{ key: "A", rows: ["s", " "], tables: [5] }]);
  expect(seatIndexOf(plan).stretches.map(({ count, circular }) => [count, circular])).toEqual([
    [1, false],
    [5, true],
  ]);
});

test("one plan is looked at once", () => {
  const plan = rowAt([0, 10]);
  expect(seatIndexOf(plan)).toBe(seatIndexOf(plan));
});
