import { formatFigure } from "@onsale/core/shared/format";
import type { LimitedBy, Outcome } from "@onsale/core/drill/drill-report";
import type { FaultReport } from "@onsale/core/drill/faults";
import type { SloResult } from "@onsale/core/drill/slos";

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  bought: "bought",
  declined: "declined by their bank",
  released: "gave their seats back",
  abandoned: "left their seats behind",
  gave_up: "gave up",
  sold_out: "found it sold out",
  left_line: "left the line",
  lapsed: "came back too late for their place",
  too_late: "too late to pay",
  failed: "met a fault",
};

/** "180 bought, 101 found it sold out"; most first. */
export function outcomeWords(outcomes: Readonly<Partial<Record<Outcome, number>>>): string {
  const entries = Object.entries(outcomes) as [Outcome, number][];
  return entries.map(([outcome, count]) => `${formatFigure(count)} ${OUTCOMES[outcome]}`).join(", ");
}

const LIMITS: Readonly<Record<LimitedBy, string>> = {
  client: "the drill itself: this process had no time left, so the server may be faster than shown",
  server: "the server: requests waited for a free connection",
  crowd: "the crowd: nobody came any faster",
};
export const limitWords = (limit: LimitedBy): string => LIMITS[limit];

const withUnit = (value: number, unit: SloResult["unit"]) =>
  `${formatFigure(value)}${unit === "" ? "" : ` ${unit}`}`;

export const sloValue = ({ value, unit }: SloResult): string =>
  value === null ? "nothing to measure" : withUnit(value, unit);

export function sloTarget({ is, target, unit }: SloResult): string {
  if (is === "at_most" && target === 0) return "0";
  return `${is === "at_most" ? "at most" : "at least"} ${withUnit(target, unit)}`;
}

/** "rate.limited 100, http.400 30 and 2 more"; most first. */
export function countWords(counts: Readonly<Record<string, number>>, most: number): string {
  const entries = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  const words = entries.slice(0, most).map(([code, times]) => `${code} ${formatFigure(times)}`);
  const rest = entries.length - words.length;
  return `${words.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** What was done and what fans met of it. */
export function faultWords({
  doneAtSecond,
  tookMs,
  met,
  holdsAgainAfterS,
  ordersAgainAfterS,
}: FaultReport): string {
  if (doneAtSecond === null) return "Not done: the sale was over before.";
  const after = (what: string, seconds: number | null) =>
    seconds === null ? `no ${what} came after it` : `${what} again after ${seconds} s`;
  const done = `Done at T+${Math.round(doneAtSecond * 10) / 10} s${tookMs === null ? "" : ` in ${Math.round(tookMs)} ms`}`;
  const codes = countWords(met, 4);
  return `${done}; ${after("holds", holdsAgainAfterS)}, ${after("orders", ordersAgainAfterS)}. Met: ${codes === "" ? "nothing" : codes}.`;
}
