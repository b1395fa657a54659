import { expect, test } from "vitest";
import { barChart } from "./bar-chart.ts";
import { latencyChart } from "./latency-chart.ts";
import { niceTicks } from "./ticks.ts";
import { timelineChart } from "./timeline-chart.ts";

const numbers = (svg: string, name: string) =>
  [...svg.matchAll(new RegExp(` ${name}="([0-9.-]+)"`, "g"))].map(([, value]) => Number(value));

test.each([
  [0, [0, 1]],
  [0.9, [0, 0.5, 1]],
  [7, [0, 2, 4, 6, 8]],
  [200, [0, 50, 100, 150, 200]],
  [13_001, [0, 5_000, 10_000, 15_000]],
])("an axis up to %d has round ticks that reach it", (max, ticks) => {
  expect(niceTicks(max)).toEqual(ticks);
});

test("bars of one step are as long as their milliseconds, and the longest ends inside the picture", () => {
  const svg = latencyChart({ hold: { count: 1, p50Ms: 10, p95Ms: 20, p99Ms: 40, maxMs: 90, perSecond: 1 } });
  const [p99 = 0, p95 = 0, p50 = 0] = numbers(svg, "width");
  expect(p95).toBeCloseTo(p99 / 2);
  expect(p50).toBeCloseTo(p99 / 4);
  for (const x of numbers(svg, "x2")) expect(x).toBeLessThanOrEqual(720);
});

test("the line of sales only rises and ends at the last ticket", () => {
  const quiet = { holds: 0, orders: 0, errors: 0 };
  const svg = timelineChart(
    [5, 0, 3].map((tickets, second) => ({ second, tickets, ...quiet })),
    10,
  );
  const points =
    /points="([^"]+)"/
      .exec(svg)?.[1]
      ?.split(" ")
      .map((point) => Number(point.split(",")[1])) ?? [];
  expect(points).toHaveLength(4);
  expect(points).toEqual(points.toSorted((a, b) => b - a));
  expect(svg).toContain("8 tickets sold in 3 seconds, of 10 places.");
});

test("a section's bar is its share, whatever other sections sold", () => {
  const svg = barChart(
    [
      { name: "A", value: 5, of: 10 },
      { name: "B", value: 100, of: 100 },
    ],
    "Sold.",
  );
  const [restA = 0, soldA = 0, restB = 0, soldB = 0] = numbers(svg, "width");
  expect(soldA).toBeCloseTo(restA / 2);
  expect(soldB).toBe(restB);
});
