import { formatFigure } from "@onsale/core/shared/format";
import type { StepStats } from "@onsale/core/drill/latencies";
import { picture, label, tag } from "./svg.ts";
import { niceTicks } from "./ticks.ts";

const WIDTH = 720;
const LEFT = 120;
const RIGHT = 60;
const ROW = 40;
const TOP = 8;
const BAR = 16;

/** Per step one bar to the median, with p95 and p99 as lighter ends; milliseconds. */
export function latencyChart(steps: Readonly<Record<string, StepStats>>): string {
  const rows = Object.entries(steps);
  const ticks = niceTicks(Math.max(0, ...rows.map(([, { p99Ms }]) => p99Ms)));
  const end = ticks.at(-1) ?? 1;
  const x = (ms: number) => LEFT + (ms / end) * (WIDTH - LEFT - RIGHT);
  const bottom = TOP + rows.length * ROW;
  const grid = ticks.map((ms) =>
    [
      tag("line", { x1: x(ms), x2: x(ms), y1: TOP, y2: bottom, class: "grid" }),
      label(x(ms), bottom + 18, {
        text: ms === end ? `${formatFigure(ms)} ms` : formatFigure(ms),
        class: "tick",
        "text-anchor": "middle",
      }),
    ].join(""),
  );
  const bars = rows.map(([step, { p50Ms, p95Ms, p99Ms }], row) => {
    const y = TOP + row * ROW + (ROW - BAR) / 2;
    const bar = (ms: number, css: string) =>
      tag("rect", { x: LEFT, y, width: Math.max(1, x(ms) - LEFT), height: BAR, class: css });
    return [
      label(LEFT - 12, y + 12, { text: step, class: "name", "text-anchor": "end" }),
      bar(p99Ms, "p99"),
      bar(p95Ms, "p95"),
      bar(p50Ms, "p50"),
      label(x(p99Ms) + 8, y + 12, { text: `${formatFigure(p99Ms)} ms`, class: "value" }),
    ].join("");
  });
  const says = `Latency by step in milliseconds. ${rows.map(([step, { p50Ms, p99Ms }]) => `${step}: median ${p50Ms}, p99 ${p99Ms}`).join("; ")}.`;
  return picture({ width: WIDTH, height: bottom + 28, says }, [...grid, ...bars].join(""));
}
