import { formatFigure } from "@onsale/core/shared/format";
import { picture, label, tag } from "./svg.ts";

export type Bar = {
  readonly name: string;
  readonly value: number;
  /** Of which the bar is a share; absent: the largest value. */
  readonly of?: number;
  readonly bad?: boolean;
};

const WIDTH = 720;
const LEFT = 220;
const RIGHT = 130;
const ROW = 28;
const BAR = 14;

/** Named lengths below each other. Bad ones carry a sign as well as a colour. */
export function barChart(bars: readonly Bar[], about: string): string {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const rows = bars.map(({ name, value, of, bad }, row) => {
    const y = row * ROW + (ROW - BAR) / 2;
    const full = WIDTH - LEFT - RIGHT;
    const width = Math.max(1, (value / (of ?? most)) * full);
    const text = `${formatFigure(value)}${of === undefined ? "" : ` of ${formatFigure(of)}`}${bad ? " ✗" : ""}`;
    return [
      label(LEFT - 12, y + 11, { text: name, class: "name", "text-anchor": "end" }),
      of === undefined ? "" : tag("rect", { x: LEFT, y, width: full, height: BAR, class: "rest" }),
      tag("rect", { x: LEFT, y, width, height: BAR, class: bad ? "bad" : "bar" }),
      label(LEFT + (of === undefined ? width : full) + 8, y + 11, {
        text,
        class: bad ? "value worse" : "value",
      }),
    ].join("");
  });
  const says = `${about} ${bars.map(({ name, value }) => `${name}: ${value}`).join("; ")}.`;
  return picture({ width: WIDTH, height: Math.max(ROW, bars.length * ROW), says }, rows.join(""));
}
