import { expect, test } from "vitest";
import { type ArrivalShape, planArrivals } from "./arrivals.ts";

const flash: ArrivalShape = { kind: "flash", lobbyMs: 30_000, latePct: 15, lateMs: 20_000 };
const poisson: ArrivalShape = { kind: "poisson", lobbyMs: 10_000, perSecond: 200 };
const crowd = { seed: 7, fans: 4_000 };
const atOf = (shape: ArrivalShape, asked = crowd) => planArrivals(shape, asked).map(({ atMs }) => atMs);

test("the same seed brings the same arrivals, another seed others, and more fans are added to the same ones", () => {
  for (const shape of [flash, poisson]) {
    expect(planArrivals(shape, crowd)).toEqual(planArrivals(shape, crowd));
    expect(planArrivals(shape, { ...crowd, seed: 8 })).not.toEqual(planArrivals(shape, crowd));
    expect(planArrivals(shape, { ...crowd, fans: 5_000 }).slice(0, 4_000)).toEqual(
      planArrivals(shape, crowd),
    );
  }
});

test("a flash fills the lobby, more and more towards the release, and a share comes after it", () => {
  const at = atOf(flash);
  const late = at.filter((ms) => ms > 0).length / at.length;
  expect(late).toBeGreaterThan(0.13);
  expect(late).toBeLessThan(0.17);
  expect(Math.min(...at)).toBeGreaterThanOrEqual(-30_000);
  expect(Math.max(...at)).toBeLessThanOrEqual(20_000);
  const early = at.filter((ms) => ms <= 0);
  expect(early.filter((ms) => ms > -10_000).length).toBeGreaterThan(early.length / 2);
});

test("without a lobby everybody comes after the opening, at once at first", () => {
  const at = atOf({ ...flash, lobbyMs: 0 });
  expect(Math.min(...at)).toBeGreaterThanOrEqual(0);
  expect(at.filter((ms) => ms <= 20_000 / 3).length).toBeGreaterThan(at.length / 2);
});

test("a Poisson stream keeps its rate, and its gaps vary as much as they are long", () => {
  const at = atOf(poisson);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  const gaps = at.slice(1).map((ms, n) => ms - (at[n] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  expect(mean).toBeGreaterThan(4.7);
  expect(mean).toBeLessThan(5.3);
  const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  expect(spread / mean).toBeGreaterThan(0.9);
  expect(spread / mean).toBeLessThan(1.1);
});

test("a replay begins at the release and keeps the gaps and the parties of the recording", () => {
  const orders = [
    { atMs: 1_000_000, quantity: 2 },
    { atMs: 1_060_000, quantity: 5 },
    { atMs: 1_600_000, quantity: 1 },
  ];
  const shape: ArrivalShape = { kind: "replay", orders, compress: 60 };
  expect(planArrivals(shape, { seed: 1, fans: 10 })).toEqual([
    { no: 0, atMs: 0, quantity: 2 },
    { no: 1, atMs: 1_000, quantity: 5 },
    { no: 2, atMs: 10_000, quantity: 1 },
  ]);
  expect(planArrivals(shape, { seed: 1, fans: 2 })).toHaveLength(2);
});
