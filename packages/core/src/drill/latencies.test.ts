import { expect, test } from "vitest";
import { makeLatencies, percentile } from "./latencies.ts";

test("percentiles are values that were measured, by nearest rank", () => {
  const sorted = Array.from({ length: 200 }, (_, i) => i + 1);
  expect([50, 95, 99, 100].map((percent) => percentile(sorted, percent))).toEqual([100, 190, 198, 200]);
  expect(percentile([7], 99)).toBe(7);
  expect(percentile([], 50)).toBe(0);
});

test("a step is counted, ranked numerically and divided by the seconds of the drill", () => {
  const latencies = makeLatencies();
  for (const ms of [100, 9, 20, 1_000]) latencies.record("hold", { ms, atMs: 0 });
  latencies.record("checkout", { ms: 5.04, atMs: 0 });
  expect(latencies.summary(2)).toEqual({
    hold: { count: 4, p50Ms: 20, p95Ms: 1_000, p99Ms: 1_000, maxMs: 1_000, perSecond: 2 },
    checkout: { count: 1, p50Ms: 5, p95Ms: 5, p99Ms: 5, maxMs: 5, perSecond: 0.5 },
  });
  expect(latencies.total()).toBe(5);
});

test("answers can be left out, and a step of which none is left", () => {
  const latencies = makeLatencies();
  for (const [ms, atMs] of [
    [10, 100],
    [4_000, 5_000],
  ] as const)
    latencies.record("hold", { ms, atMs });
  latencies.record("checkout", { ms: 4_000, atMs: 5_000 });
  expect(latencies.summary(1, ({ atMs }) => atMs < 1_000)).toEqual({
    hold: { count: 1, p50Ms: 10, p95Ms: 10, p99Ms: 10, maxMs: 10, perSecond: 1 },
  });
});
