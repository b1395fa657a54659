import { expect, test } from "vitest";
import { makePace, type Pace, paceAfter, perMinuteOf, type ServedAt } from "./pace.ts";

const T = 1_800_000_000_000;
const paceOf = (samples: readonly ServedAt[]) => samples.reduce<Pace>(paceAfter, []);
/** A sample each second, `perSecond` more served in each. */
const seconds = (count: number, perSecond: number, from: ServedAt = { atMs: T, servedTo: 0 }) =>
  Array.from({ length: count }, (_, n) => ({
    atMs: from.atMs + n * 1_000,
    servedTo: from.servedTo + n * perSecond,
  }));

test("a steady line has its own pace", () => {
  expect(perMinuteOf(paceOf(seconds(60, 50)))).toBeCloseTo(3_000);
  expect(perMinuteOf(paceOf(seconds(600, 2)))).toBeCloseTo(120);
});

test("in its first seconds nobody knows the pace of a line", () => {
  expect(perMinuteOf([])).toBe(0);
  expect(perMinuteOf(paceOf(seconds(1, 50)))).toBe(0);
  expect(perMinuteOf(paceOf(seconds(5, 50)))).toBe(0);
  expect(perMinuteOf(paceOf(seconds(6, 50)))).toBeCloseTo(3_000);
});

test("a line that rests gets slower, and after some minutes has no pace", () => {
  const moving = seconds(121, 50);
  const rest = (count: number) => seconds(count, 0, { atMs: T + 121_000, servedTo: 6_000 });
  const [busy, half, over] = [0, 60, 130].map((count) => perMinuteOf(paceOf([...moving, ...rest(count)])));
  expect(busy).toBeCloseTo(3_000);
  expect(half).toBeGreaterThan(1_300);
  expect(half).toBeLessThan(1_700);
  expect(over).toBe(0);
});

test("some sixty samples are kept, however many come", () => {
  const often = Array.from({ length: 5_000 }, (_, n) => ({ atMs: T + n * 100, servedTo: n }));
  const pace = paceOf(often);
  expect(pace.length).toBeLessThanOrEqual(64);
  expect(perMinuteOf(pace)).toBeCloseTo(600);
});

test("waves that come in leaps are evened out", () => {
  const leaps = Array.from({ length: 120 }, (_, n) => ({
    atMs: T + n * 1_000,
    servedTo: Math.floor(n / 10) * 100,
  }));
  const rate = perMinuteOf(paceOf(leaps));
  expect(rate).toBeGreaterThan(500);
  expect(rate).toBeLessThan(700);
});

test("a line that begins anew, or a clock that went back, forgets what was", () => {
  const before = paceOf(seconds(60, 50));
  expect(paceAfter(before, { atMs: T + 61_000, servedTo: 10 })).toHaveLength(1);
  expect(paceAfter(before, { atMs: T, servedTo: 9_000 })).toHaveLength(1);
});

test("makePace keeps the samples of its line alone", () => {
  const [one, other] = [makePace(), makePace()];
  const rates = seconds(10, 50).map((sample) => one.perMinute(sample));
  expect(rates.at(-1)).toBeCloseTo(3_000);
  expect(other.perMinute({ atMs: T, servedTo: 1 })).toBe(0);
});
