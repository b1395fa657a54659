import type { TimelinePoint } from "@onsale/core/drill/drill-report";
import { LEFT, PLOT_WIDTH, RIGHT, valueGrid } from "./plot.ts";
import { picture, label, tag } from "./svg.ts";
import { niceTicks } from "./ticks.ts";

const SOLD = { top: 12, bottom: 192 };
const HOLDS = { top: 220, bottom: 276 };
const HEIGHT = 304;
const TIME_LABELS = 8;

/** Tickets sold so far as a line towards the number of places; below it, the holds of each second. */
export function timelineChart(timeline: readonly TimelinePoint[], places: number): string {
  let soFar = 0;
  const sold = timeline.map(({ tickets }) => (soFar += tickets));
  const step = (RIGHT - LEFT) / Math.max(1, timeline.length);
  const tickets = valueGrid(SOLD, Math.max(places, soFar), 4);
  const holds = valueGrid(HOLDS, Math.max(0, ...timeline.map((point) => point.holds)), 2);
  const points = [0, ...sold].map((value, second) => {
    return `${(LEFT + second * step).toFixed(1)},${tickets.y(value).toFixed(1)}`;
  });
  const wallY = tickets.y(places);
  const columns = timeline.map((point, second) =>
    tag("rect", {
      x: LEFT + second * step + step * 0.15,
      y: holds.y(point.holds),
      width: step * 0.7,
      height: HOLDS.bottom - holds.y(point.holds),
      class: "holds",
    }),
  );
  const says = `${soFar} tickets sold in ${timeline.length} seconds, of ${places} places.`;
  const inner = [
    tickets.svg,
    holds.svg,
    ...columns,
    tag("line", { x1: LEFT, x2: RIGHT, y1: wallY, y2: wallY, class: "wall" }),
    tag("polyline", { points: points.join(" "), class: "sold" }),
    ...secondLabels(timeline.length, step),
  ];
  return picture({ width: PLOT_WIDTH, height: HEIGHT, says }, inner.join(""));
}

function secondLabels(seconds: number, step: number): string[] {
  return niceTicks(seconds, TIME_LABELS)
    .filter((second) => second <= seconds && Number.isInteger(second))
    .map((second) => {
      const look = { text: `${second} s`, class: "tick", "text-anchor": "middle" };
      return label(LEFT + second * step, HOLDS.bottom + 20, look);
    });
}
