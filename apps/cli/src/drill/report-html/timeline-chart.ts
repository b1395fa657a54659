import type { TimelinePoint } from "@onsale/core/drill/drill-report";
import { drawing, label, tag } from "./svg.ts";
import { niceTicks } from "./ticks.ts";

const WIDTH = 720;
const HEIGHT = 260;
const BOX = { left: 56, right: 704, top: 12, bottom: 224 };
const TIME_LABELS = 8;

/** Tickets sold so far as a line towards the number of places, and the holds of each second as columns below it. */
export function timelineChart(timeline: readonly TimelinePoint[], places: number): string {
  let soFar = 0;
  const sold = timeline.map(({ tickets }) => (soFar += tickets));
  const ticks = niceTicks(Math.max(places, soFar, ...timeline.map(({ holds }) => holds)));
  const end = ticks.at(-1) ?? 1;
  const step = (BOX.right - BOX.left) / Math.max(1, timeline.length);
  const y = (value: number) => BOX.bottom - (value / end) * (BOX.bottom - BOX.top);
  const grid = ticks.map((value) =>
    [
      tag("line", { x1: BOX.left, x2: BOX.right, y1: y(value), y2: y(value), class: "grid" }),
      label(BOX.left - 8, y(value) + 4, { text: value, class: "tick", "text-anchor": "end" }),
    ].join(""),
  );
  const columns = timeline.map(({ holds }, second) =>
    tag("rect", {
      x: BOX.left + second * step + step * 0.15,
      y: y(holds),
      width: step * 0.7,
      height: BOX.bottom - y(holds),
      class: "holds",
    }),
  );
  const points = [0, ...sold].map(
    (value, second) => `${(BOX.left + second * step).toFixed(1)},${y(value).toFixed(1)}`,
  );
  const line = tag("polyline", { points: points.join(" "), class: "sold" });
  const wall = tag("line", { x1: BOX.left, x2: BOX.right, y1: y(places), y2: y(places), class: "wall" });
  const says = `${soFar} tickets sold in ${timeline.length} seconds, of ${places} places.`;
  const inner = [...grid, ...columns, wall, line, ...secondLabels(timeline.length, step)];
  return drawing({ width: WIDTH, height: HEIGHT, says }, inner.join(""));
}

function secondLabels(seconds: number, step: number): string[] {
  return niceTicks(seconds, TIME_LABELS)
    .filter((second) => second <= seconds && Number.isInteger(second))
    .map((second) =>
      label(BOX.left + second * step, BOX.bottom + 20, {
        text: `${second} s`,
        class: "tick",
        "text-anchor": "middle",
      }),
    );
}
