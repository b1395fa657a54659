import { formatFigure } from "@onsale/core/shared/format";
import { picture, label, tag } from "./svg.ts";
import { niceTicks } from "./ticks.ts";

export type Point = { readonly x: number; readonly y: number; readonly odd: boolean };
export type DensityLook = {
  readonly xName: string;
  readonly yName: string;
  readonly says: string;
};

const WIDTH = 720;
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 704, 24, 324];
const CELL = 6;
const SHADES = 4;

/**
 * Where points lie, as cells of 6 units whose shade says how many: as light with a hundred thousand of them as with ten.
 * Odd points are few and shown as crosses, one for each cell that has any.
 */
export function densityChart(points: readonly Point[], { xName, yName, says }: DensityLook): string {
  const xTicks = niceTicks(Math.max(0, ...maxOf(points, "x")), 6);
  const yTicks = niceTicks(Math.max(0, ...maxOf(points, "y")), 5);
  const x = (value: number) => LEFT + (value / (xTicks.at(-1) ?? 1)) * (RIGHT - LEFT);
  const y = (value: number) => BOTTOM - (value / (yTicks.at(-1) ?? 1)) * (BOTTOM - TOP);
  const grid = [
    ...yTicks.map(
      (value) =>
        tag("line", { x1: LEFT, x2: RIGHT, y1: y(value), y2: y(value), class: "grid" }) +
        label(LEFT - 8, y(value) + 4, {
          text: formatFigure(value),
          class: "tick",
          "text-anchor": "end",
        }),
    ),
    ...xTicks.map((value) =>
      label(x(value), BOTTOM + 20, {
        text: formatFigure(value),
        class: "tick",
        "text-anchor": "middle",
      }),
    ),
    label(LEFT, TOP - 10, { text: yName, class: "panel" }),
    label(RIGHT, BOTTOM + 42, { text: xName, class: "panel", "text-anchor": "end" }),
  ];
  const place = (point: Point) =>
    `${Math.floor((x(point.x) - LEFT) / CELL)} ${Math.floor((y(point.y) - TOP) / CELL)}`;
  const cells = countBy(
    points.filter(({ odd }) => !odd),
    place,
  );
  const crosses = countBy(
    points.filter(({ odd }) => odd),
    place,
  );
  const most = Math.max(1, ...cells.values());
  const shades = Array.from({ length: SHADES }, (_, shade) => {
    const here = [...cells].filter(([, count]) => shadeOf(count, most) === shade);
    const path = here.map(([cell]) => `M${cornerOf(cell).join(" ")}h${CELL}v${CELL}h-${CELL}z`).join("");
    return path === "" ? "" : tag("path", { d: path, class: `dot dot${shade}` });
  });
  const odd = [...crosses.keys()].map((cell) => {
    const [left, top] = cornerOf(cell);
    return `M${left} ${top}l${CELL} ${CELL}m0 -${CELL}l-${CELL} ${CELL}`;
  });
  const cross = odd.length === 0 ? "" : tag("path", { d: odd.join(""), class: "cross" });
  return picture({ width: WIDTH, height: BOTTOM + 50, says }, [...grid, ...shades, cross].join(""));
}

function maxOf(points: readonly Point[], axis: "x" | "y"): [number] {
  // A spread of a hundred thousand arguments would overflow the stack.
  return [points.reduce((most, point) => Math.max(most, point[axis]), 0)];
}

/** Even steps of the square root, so that a lone point is still seen beside a crowded cell. */
function shadeOf(count: number, most: number): number {
  return Math.min(SHADES - 1, Math.floor((Math.sqrt(count) / Math.sqrt(most)) * SHADES));
}

function cornerOf(cell: string): [number, number] {
  const [column = 0, row = 0] = cell.split(" ").map(Number);
  return [LEFT + column * CELL, TOP + row * CELL];
}

function countBy(points: readonly Point[], place: (point: Point) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const point of points) counts.set(place(point), (counts.get(place(point)) ?? 0) + 1);
  return counts;
}
