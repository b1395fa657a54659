import type { DrillReport } from "@onsale/core/drill/drill-report";
import { isExpectedError } from "@onsale/core/drill/drill-report";
import { columns, type Panel, PLOT_WIDTH, timeScale, valueScale } from "./plot.ts";
import { picture } from "./svg.ts";

const PANELS = {
  orders: { top: 24, bottom: 124, name: "orders in each second" },
  errors: { top: 160, bottom: 250, name: "refusals in each second" },
} as const satisfies Record<string, Panel>;

/** What was answered with yes and what with no, by second; answers that no fan should get stand on the others. */
export function activityChart({ timeline, errorSeries, unexpected }: DrillReport): string {
  const seconds = [...timeline.map((point) => point.second), ...errorSeries.map((point) => point.second)];
  const from = Math.min(0, ...seconds);
  const to = Math.max(1, ...seconds.map((second) => second + 1));
  const time = timeScale({ from, to }, Object.values(PANELS));
  const refused = errorSeries.map(({ second, codes }) => {
    const bad = sumWhere(codes, (code) => code in unexpected && !isExpectedError(code));
    return { second, bad, rest: sumWhere(codes, () => true) - bad };
  });
  const orders = valueScale(PANELS.orders, Math.max(0, ...timeline.map((point) => point.orders)));
  const errors = valueScale(PANELS.errors, Math.max(0, ...refused.map(({ bad, rest }) => bad + rest)));
  const inner = [
    time.svg,
    orders.svg,
    errors.svg,
    columns(
      timeline.map((point) => [point.second, point.orders] as const),
      { ...time, ...orders },
      "p50",
    ),
    columns(
      refused.map(({ second, rest }) => [second, rest] as const),
      { ...time, ...errors },
      "holds",
    ),
    columns(
      refused.map(({ second, bad, rest }) => [second, bad, rest] as const),
      { ...time, ...errors },
      "bad",
    ),
  ];
  const most = Math.max(0, ...timeline.map((point) => point.orders));
  const says = `At most ${most} orders in a second; ${refused.reduce((sum, { bad }) => sum + bad, 0)} answers that no fan should get.`;
  return picture({ width: PLOT_WIDTH, height: time.height, says }, inner.join(""));
}

function sumWhere(codes: Readonly<Record<string, number>>, counts: (code: string) => boolean): number {
  return Object.entries(codes).reduce((sum, [code, times]) => sum + (counts(code) ? times : 0), 0);
}
