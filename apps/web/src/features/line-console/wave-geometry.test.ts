import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { describe, expect, test } from "vitest";
import {
  chartLeft,
  type ChartWave,
  depthPath,
  insideSteps,
  niceMax,
  reasonRuns,
  ribbonText,
  waveBars,
  WAVES,
  xAt,
} from "./wave-geometry.ts";

const frame = { nowMs: 1_000_000, seconds: 100, width: 1_060 };
const wave = (ago: number, over: Partial<ChartWave> = {}): ChartWave => ({
  seq: 1_000 - ago,
  atMs: frame.nowMs - ago * 1_000,
  admitted: 10,
  activeAfter: 100,
  reason: "cap",
  inputs: { cap: 200 },
  ...over,
});

test.each([
  [0, 1],
  [1, 1],
  [7, 8],
  [11, 15],
  [450, 500],
  [100_754, 150_000],
])("the scale of %d ends at %d", (value, end) => expect(niceMax(value)).toBe(end));

describe("the bars", () => {
  test("stand in the order of time, now at the right edge and the oldest right of the scale", () => {
    const { bars } = waveBars([wave(0), wave(50), wave(99)], frame);
    expect(bars.map(({ x }) => x)).toEqual(bars.map(({ x }) => x).toSorted((a, b) => b - a));
    expect(xAt(frame, frame.nowMs)).toBe(frame.width);
    for (const { x, width } of bars) {
      expect(x).toBeGreaterThanOrEqual(chartLeft);
      expect(x + width).toBeLessThanOrEqual(frame.width);
    }
  });
  test("are as high as their share of the scale", () => {
    const { bars, max } = waveBars([wave(1, { admitted: 5 }), wave(2)], frame);
    expect(max).toBe(10);
    expect(bars.map(({ height }) => height / (WAVES.bottom - WAVES.top))).toEqual([0.5, 1]);
  });
  test("leave out what is older than the frame, or from the future", () => {
    expect(waveBars([wave(100), wave(-1)], frame).bars).toEqual([]);
  });
});

describe("the ribbon of reasons", () => {
  test("joins neighbours with one reason and parts them at a gap", () => {
    const reasons = [
      wave(9),
      wave(8),
      wave(7, { reason: "inflow" }),
      wave(6, { reason: "inflow" }),
      wave(1, { reason: "inflow" }),
    ];
    const runs = reasonRuns(waveBars(reasons, frame).bars);
    expect(runs.map(({ reason }) => reason)).toEqual(["cap", "inflow", "inflow"]);
    expect(runs[0]?.width).toBeGreaterThan(runs[2]?.width ?? Infinity);
  });
  test("says a word only where it fits", () => {
    expect(ribbonText({ reason: "database_slow", x: 0, width: 300 }, DEFAULT_LOCALE)).toBe("database slow");
    expect(ribbonText({ reason: "database_slow", x: 0, width: 20 }, DEFAULT_LOCALE)).toBe("");
  });
});

test("the scale of those inside has room for the cap", () => {
  expect(insideSteps([wave(3), wave(2)], frame).max).toBe(200);
});

test("a room that is full and lets nobody in is shown from what the page saw, under the last wave's cap", () => {
  const seen = [3, 2, 1].map((ago) => ({ atMs: frame.nowMs - ago * 1_000, waiting: 5, inside: 80 }));
  const { inside, cap, max } = insideSteps([wave(500)], frame, seen);
  expect(max).toBe(200);
  expect(inside.match(/H/g)).toHaveLength(2);
  expect(cap.match(/H/g)).toHaveLength(2);
});

test("without anything to draw there is nothing, and no number that is none", () => {
  expect(depthPath([], frame)).toEqual({ line: "", area: "", max: 1 });
  expect(insideSteps([], frame)).toMatchObject({ inside: "", cap: "" });
});
