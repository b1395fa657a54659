import { expect, test } from "vitest";
import {
  admittedByJoinTenth,
  type Admitted,
  countInversions,
  mostPerSecond,
  rankCorrelation,
} from "./fairness.ts";

/** [number, wave, present since]; wave n goes in at n seconds. */
const line = (...fans: [number, number, number][]): Admitted[] =>
  fans.map(([number, wave, presentSinceMs]) => ({
    number,
    wave,
    presentSinceMs,
    admittedAtMs: wave * 1_000,
  }));

test("a line that serves its numbers in order has no inversion", () => {
  expect(countInversions(line([1, 1, 0], [2, 1, 0], [3, 2, 0], [4, 2, 0]))).toBe(0);
});

test("one who was present with a lower number and is let in later was overtaken, once by each", () => {
  expect(countInversions(line([5, 1, 0], [6, 1, 0], [2, 2, 500]))).toBe(2);
  expect(countInversions(line([5, 1, 0], [2, 3, 500], [6, 2, 0]))).toBe(2);
});

test("one who was away when called keeps the number, goes in later, and was not overtaken", () => {
  expect(countInversions(line([5, 1, 0], [6, 2, 0], [2, 3, 2_500]))).toBe(0);
  expect(countInversions(line([5, 1, 0], [6, 2, 0], [2, 3, 1_500]))).toBe(1);
});

test("in the very millisecond of a wave nobody can say who was first", () => {
  expect(countInversions(line([5, 1, 0], [2, 2, 1_000]))).toBe(0);
  expect(countInversions(line([5, 1, 0], [2, 2, 999]))).toBe(1);
});

test("it agrees with looking at every pair", () => {
  const fans = Array.from({ length: 300 }, (_, n): [number, number, number] => [
    ((n * 173) % 301) + 1,
    ((n * 31) % 20) + 1,
    (n * 71) % 9_000,
  ]);
  const admitted = line(...fans);
  const pairs = admitted.flatMap((low) =>
    admitted.filter(
      (high) => low.number < high.number && low.wave > high.wave && low.presentSinceMs < high.admittedAtMs,
    ),
  );
  expect(pairs.length).toBeGreaterThan(100);
  // Presence before the wave of the other, and at every wave after it as well: a stay has no gaps.
  expect(countInversions(admitted)).toBe(pairs.length);
});

test("rank correlation is 1 for the same order, -1 for the opposite, near 0 for none, and ties share their rank", () => {
  expect(
    rankCorrelation([
      [1, 10],
      [2, 20],
      [3, 900],
    ]),
  ).toBe(1);
  expect(
    rankCorrelation([
      [1, 3],
      [2, 2],
      [3, 1],
    ]),
  ).toBe(-1);
  expect(
    rankCorrelation([
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 2],
    ]),
  ).toBeCloseTo(0.894, 3);
  const shuffled = Array.from({ length: 1_009 }, (_, n): [number, number] => [n, (n * 479) % 1_009]);
  expect(Math.abs(rankCorrelation(shuffled) ?? 1)).toBeLessThan(0.1);
  expect(
    rankCorrelation([
      [1, 1],
      [2, 2],
    ]),
  ).toBeNull();
  expect(
    rankCorrelation([
      [1, 1],
      [2, 1],
      [3, 1],
    ]),
  ).toBeNull();
});

test("each tenth of the joining order is counted with those of it who were let in", () => {
  const fans = Array.from({ length: 25 }, (_, n) => ({ admitted: n < 5 }));
  const tenths = admittedByJoinTenth(fans);
  expect(tenths.reduce((sum, { joined }) => sum + joined, 0)).toBe(25);
  expect(tenths.slice(0, 2).reduce((sum, { admitted }) => sum + admitted, 0)).toBe(5);
  expect(tenths.slice(2).every(({ admitted }) => admitted === 0)).toBe(true);
});

test("waves of one second of the clock count together", () => {
  const waves = [
    { atMs: 1_000, admitted: 4 },
    { atMs: 1_999, admitted: 5 },
    { atMs: 2_000, admitted: 3 },
  ];
  expect(mostPerSecond(waves)).toBe(9);
  expect(mostPerSecond([])).toBe(0);
});
