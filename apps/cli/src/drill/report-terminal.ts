import type { DrillReport } from "@onsale/core/drill/drill-report";
import type { Output } from "../output.ts";
import { limitWords, outcomeWords } from "./report-words.ts";

/** Steps, sales, errors, verdict: the summary comes last, where the eye is. */
export function printDrillReport(output: Output, report: DrillReport): void {
  const steps = Object.entries(report.steps).map(([step, stats]) => ({ step, ...stats }));
  output.table(steps, [
    { head: "step", of: ({ step }) => step },
    { head: "answers", of: ({ count }) => count },
    { head: "p50 ms", of: ({ p50Ms }) => p50Ms },
    { head: "p95 ms", of: ({ p95Ms }) => p95Ms },
    { head: "p99 ms", of: ({ p99Ms }) => p99Ms },
    { head: "per second", of: ({ perSecond }) => perSecond },
  ]);
  output.line();
  printErrors(output, report);
  printInvariants(output, report);
  output.pairs([
    ["fans", `${outcomeWords(report.outcomes)}`],
    ["places", placesWords(report)],
    ["speed", speedWords(report)],
    ["limited by", limitWords(report.limitedBy)],
    ["seed", String(report.seed)],
  ]);
  output.line();
  for (const failure of report.failures) output.bad(failure);
  if (report.ok) output.good(verdictWords(report));
}

function printErrors(output: Output, { errors, unexpected }: DrillReport): void {
  const rows = Object.entries(errors).map(([code, count]) => ({ code, count }));
  if (rows.length === 0) return;
  output.table(rows, [
    { head: "refusals", of: ({ code }) => code },
    { head: "times", of: ({ count }) => count },
    { head: "", of: ({ code }) => (code in unexpected ? "✗ unexpected" : "") },
  ]);
  output.line();
}

function printInvariants(output: Output, { invariants, drift }: DrillReport): void {
  const broken = invariants.filter(({ violations }) => violations > 0);
  output.table(broken, [
    {
      head: broken.length > 0 ? "broken" : output.faint(`${invariants.length} invariants asked, 0 broken`),
      of: ({ id }) => id,
    },
    { head: "", of: ({ title }) => title },
    { head: "", of: ({ violations }) => violations },
  ]);
  for (const { kind, detail } of drift.slice(0, 20)) output.bad(`${kind}: ${detail}`);
  output.line();
}

function placesWords({ sold, seats, held, free, sections }: DrillReport): string {
  const gone = sections.filter(({ places, sold: ofIt }) => places > 0 && ofIt >= places).length;
  const rest = [held > 0 ? `${held} held` : "", free > 0 ? `${free} free` : ""].filter((part) => part !== "");
  const words = [
    `${n(sold)} of ${n(seats)} sold`,
    ...rest,
    `${gone} of ${sections.length} sections sold out`,
  ];
  return words.join(", ");
}

function speedWords({ seconds, perSecond, ticketsPerSecond }: DrillReport): string {
  return `${n(perSecond)} answers/s, ${n(ticketsPerSecond)} tickets/s over ${n(seconds)} s`;
}

function verdictWords({ soldOut, sold, oversold }: DrillReport): string {
  return `${soldOut ? "Sold out: " : ""}${n(sold)} sold, ${oversold} oversold, every invariant held`;
}

const n = (value: number) => value.toLocaleString("en");
