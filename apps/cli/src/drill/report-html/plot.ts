import { formatFigure } from "@onsale/core/shared/format";
import { label, tag } from "./svg.ts";
import { niceTicks } from "./ticks.ts";

export const PLOT_WIDTH = 720;
/** Where the axes of every chart begin and end. */
export const [LEFT, RIGHT] = [56, 704];
const TIME_LABELS = 8;
const TICK_ROOM = 28;

export type Span = { readonly from: number; readonly to: number };
export type Panel = { readonly top: number; readonly bottom: number; readonly name: string };
/** One value at one moment. */
export type Dot = readonly [second: number, value: number];

/** Seconds from left to right; the release, second 0, has a line of its own when something came before it. */
export function timeScale({ from, to }: Span, panels: readonly Panel[]) {
  const length = Math.max(1, to - from);
  const x = (second: number) => LEFT + ((second - from) / length) * (RIGHT - LEFT);
  const [top, bottom] = [panels[0]?.top ?? 0, panels.at(-1)?.bottom ?? 0];
  const [step = 1, next = 2] = niceTicks(length, TIME_LABELS);
  const every = Math.max(1, next - step);
  const first = Math.ceil(from / every);
  const marks = Array.from({ length: Math.floor(to / every) - first + 1 }, (_, n) => (first + n) * every);
  const labels = marks.map((second) => {
    const text = second === 0 && from < 0 ? "release" : `${second} s`;
    return label(x(second), bottom + 20, { text, class: "tick", "text-anchor": "middle" });
  });
  const release =
    from < 0 && to > 0 ? tag("line", { x1: x(0), x2: x(0), y1: top, y2: bottom, class: "wall" }) : "";
  return { x, width: (RIGHT - LEFT) / length, svg: labels.join("") + release, height: bottom + TICK_ROOM };
}

/** Values from 0 upwards between two heights. */
export function valueGrid({ top, bottom }: Omit<Panel, "name">, max: number, wanted = 3) {
  const ticks = niceTicks(max, wanted);
  const end = ticks.at(-1) ?? 1;
  const y = (value: number) => bottom - (value / end) * (bottom - top);
  const grid = ticks.map((value) => {
    const line = tag("line", { x1: LEFT, x2: RIGHT, y1: y(value), y2: y(value), class: "grid" });
    const text = formatFigure(value);
    return line + label(LEFT - 8, y(value) + 4, { text, class: "tick", "text-anchor": "end" });
  });
  return { y, bottom, svg: grid.join("") };
}

/** The same in one panel, its name above it. */
export function valueScale(panel: Panel, max: number, wanted = 3) {
  const { y, bottom, svg } = valueGrid(panel, max, wanted);
  return { y, bottom, svg: svg + label(LEFT, panel.top - 8, { text: panel.name, class: "panel" }) };
}

type Scales = {
  readonly x: (second: number) => number;
  readonly y: (value: number) => number;
};

/** A value that holds until the next one. */
export function stairs(dots: readonly Dot[], { x, y }: Scales, css: string): string {
  const points = dots.flatMap(([second, value], n) => {
    const before = dots[n - 1]?.[1];
    const here = `${x(second).toFixed(1)},${y(value).toFixed(1)}`;
    return before === undefined || before === value
      ? [here]
      : [`${x(second).toFixed(1)},${y(before).toFixed(1)}`, here];
  });
  return tag("polyline", { points: points.join(" "), class: css });
}

export function polyline(dots: readonly Dot[], { x, y }: Scales, css: string): string {
  const points = dots.map(([second, value]) => `${x(second).toFixed(1)},${y(value).toFixed(1)}`);
  return tag("polyline", { points: points.join(" "), class: css });
}

/** A column for each second that has a value; `from` lifts it onto what stands below it. */
export function columns(
  dots: readonly (readonly [second: number, value: number, from?: number])[],
  { x, y, width }: Scales & { readonly width: number },
  css: string,
): string {
  return dots
    .filter(([, value]) => value > 0)
    .map(([second, value, from = 0]) =>
      tag("rect", {
        x: x(second) + width * 0.1,
        y: y(from + value),
        width: Math.max(0.5, width * 0.8),
        height: y(from) - y(from + value),
        class: css,
      }),
    )
    .join("");
}
