import { formatFigure } from "../format.ts";
import type { BotReport } from "@onsale/core/drill/bot-report";
import type { DrillReport } from "@onsale/core/drill/drill-report";
import type { LineReport } from "@onsale/core/drill/line-report";
import type { ReportSignature } from "@onsale/core/drill/report-schema";
import { reasonWords } from "@onsale/words/line-words";
import { TERMINAL_LOCALE } from "../terminal-locale.ts";
import type { Output } from "../output.ts";
import { fingerprintOf } from "./report-signature.ts";
import { countWords, faultWords, limitWords, outcomeWords, sloTarget, sloValue } from "./report-words.ts";

/** Steps, line, bots, faults, targets, verdict: the summary comes last, where the eye is. */
export function printDrillReport(
  output: Output,
  report: DrillReport & { readonly signature: ReportSignature },
): void {
  printSteps(output, report);
  printErrors(output, report);
  if (report.line) printLine(output, report.line, report);
  if (report.bots) printBots(output, report.bots);
  printFaults(output, report);
  printInvariants(output, report);
  printSlos(output, report);
  output.pairs([
    ["fans", `${outcomeWords(report.outcomes)}`],
    ["places", placesWords(report)],
    ["speed", speedWords(report)],
    ["limited by", limitWords(report.limitedBy)],
    ["seed", String(report.seed)],
    ["signed by", fingerprintOf(report.signature.publicKey)],
  ]);
  output.line();
  for (const failure of report.failures) output.bad(failure);
  if (report.ok) output.good(verdictWords(report));
}

function printSteps(output: Output, report: DrillReport): void {
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
}

function printErrors(output: Output, { errors, unexpected }: DrillReport): void {
  const rows = Object.entries(errors).map(([code, count]) => ({ code, count }));
  if (rows.length === 0) return;
  output.table(rows, [
    { head: "refusals", of: ({ code }) => code },
    { head: "times", of: ({ count }) => count },
    { head: "", of: ({ code }) => (code in unexpected ? "✗ unexpected" : ""), tone: () => "bad" },
  ]);
  output.line();
}

function printLine(output: Output, line: LineReport, report: DrillReport): void {
  const { admittedOverCap, orderInversions } = report;
  const { fairness, draw } = line;
  const mark = (ok: boolean) => (ok ? "✓" : "✗");
  const drawWords =
    draw === null
      ? "none was made"
      : draw.verified
        ? `✓ ${n(draw.entries)} entries recomputed, ${n(draw.proofs)} inclusion paths checked`
        : `✗ ${draw.problem ?? "does not verify"}`;
  output.line(output.strong("the line"));
  output.pairs([
    [
      "joined",
      `${n(line.joined)}, ${n(line.drawn)} before the draw; ${n(line.toldSoldOut)} waited until all was gone`,
    ],
    [
      "let in",
      `${n(line.admitted)} in ${n(line.waves.length)} waves, the first after ${seconds(line.firstAdmissionSecond)}, at most ${n(line.mostPerSecond)} in a second`,
    ],
    [
      "inside",
      `${mark(admittedOverCap === 0)} at most ${n(line.mostActive)} of ${n(line.cap)}, ${n(admittedOverCap)} above the cap in ${n(line.samples)} looks`,
    ],
    ["waves", reasonsWords(line)],
    ["sold out", line.soldOutSecond === null ? "never" : `after ${seconds(line.soldOutSecond)}`],
    [
      "fair",
      `${mark(orderInversions === 0)} ${n(orderInversions)} overtakings; number to admission ${fairness.numberToAdmission ?? "-"}, joining to number ${fairness.joiningToNumber ?? "-"}`,
    ],
    ["the draw", drawWords],
  ]);
  output.line();
}

function reasonsWords({ waves }: LineReport): string {
  const counts: Record<string, number> = {};
  for (const { reason } of waves) {
    const { label } = reasonWords(reason, TERMINAL_LOCALE);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return waves.length === 0 ? "none" : `limited by ${countWords(counts, 5)}`;
}

function printBots(output: Output, bots: BotReport): void {
  output.table(bots.kinds, [
    { head: "bots", of: ({ kind }) => kind },
    { head: "accounts", of: ({ accounts }) => accounts },
    { head: "requests", of: ({ requests }) => requests },
    { head: "granted", of: ({ granted }) => granted },
    { head: "passes", of: ({ passes }) => passes },
    { head: "holds", of: ({ holds }) => holds },
    { head: "tickets", of: ({ tickets }) => tickets },
    { head: "refused, most of all", of: ({ refused }) => countWords(refused, 2) },
  ]);
  const isHeld = bots.ticketsBeyondLimit === 0;
  const share = `${n(bots.tickets)} tickets, ${Math.round(bots.shareOfTickets * 1_000) / 10} % of all`;
  const say = isHeld ? output.good : output.bad;
  say(`${share}; ${n(bots.ticketsBeyondLimit)} beyond the limit or without a pass`);
  output.line();
}

function printFaults(output: Output, { faults }: DrillReport): void {
  for (const fault of faults) {
    const say = fault.onlyAllowed ? output.good : output.bad;
    say(`T+${n(fault.second)} s ${fault.kind}: ${faultWords(fault)}`);
    for (const what of fault.beyond) output.line(`    not allowed: ${what}`);
  }
  if (faults.length > 0) output.line();
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

function printSlos(output: Output, { slos }: DrillReport): void {
  output.table(slos, [
    {
      head: "",
      of: ({ ok }) => (ok ? "✓" : "✗"),
      tone: ({ ok }) => (ok ? "good" : "bad"),
    },
    { head: "promise or target", of: ({ name }) => name },
    { head: "measured", of: sloValue, align: "right" },
    { head: "must be", of: sloTarget, align: "right" },
  ]);
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

function speedWords(report: DrillReport): string {
  const { perSecond, ticketsPerSecond } = report;
  return `${n(perSecond)} answers/s, ${n(ticketsPerSecond)} tickets/s over ${n(report.seconds)} s`;
}

function verdictWords({ soldOut, sold, oversold, slos }: DrillReport): string {
  return `${soldOut ? "Sold out: " : ""}${n(sold)} sold, ${oversold} oversold, every invariant held, all ${slos.length} targets met`;
}

const seconds = (value: number | null) => (value === null ? "never" : `${n(value)} s`);
const n = (value: number) => formatFigure(value);
