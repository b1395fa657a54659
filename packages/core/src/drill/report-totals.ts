import type { BotReport } from "./bot-report.ts";
import type { TotalsRule } from "../shared/error-details.ts";
import { brokePromise, type DrillReport, isExpectedError } from "./drill-report.ts";
import { rankCorrelation } from "./fairness.ts";
import type { LineReport } from "./line-report.ts";
import { type SloResult, slosOf } from "./slos.ts";

/** A figure of a report that its other figures contradict. `at`: its place, such as `line.admitted`. */
export type TotalsProblem = { readonly at: string; readonly rule: TotalsRule };

/** What a report says twice must agree; the first place where it does not, or null. */
export function findTotalsProblem(report: DrillReport): TotalsProblem | null {
  const checks = [placesProblem, verdictProblem, sloProblem, fansProblem, lineProblem, botProblem];
  for (const check of checks) {
    const problem = check(report);
    if (problem) return problem;
  }
  return null;
}

type Rule = readonly [holds: boolean, at: string, rule: TotalsRule];

function firstBroken(rules: readonly Rule[]): TotalsProblem | null {
  const [, at, rule] = rules.find(([holds]) => !holds) ?? [];
  return at === undefined || rule === undefined ? null : { at, rule };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const sumOf = (counts: Readonly<Record<string, number>>) => sum(Object.values(counts));

function sumByCode(counts: readonly Readonly<Record<string, number>>[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const codes of counts)
    for (const [code, times] of Object.entries(codes)) sums.set(code, (sums.get(code) ?? 0) + times);
  return sums;
}

function placesProblem(report: DrillReport): TotalsProblem | null {
  const { seats, sold, held, free, sections, drift, soldOut, oversold } = report;
  const differs = drift.length > 0 || oversold > 0;
  return firstBroken([
    [sum(sections.map(({ places }) => places)) === seats, "seats", "places_of_sections"],
    [sum(sections.map((one) => one.sold)) === sold, "sold", "sold_of_sections"],
    [differs || sold + held + free === seats, "free", "all_seats"],
    [soldOut === sold >= seats, "soldOut", "sold_out"],
  ]);
}

function verdictProblem(report: DrillReport): TotalsProblem | null {
  const { ok, failures, slos, unexpected, errors, invariants, violations, faults } = report;
  const series = sumByCode(report.errorSeries.map(({ codes }) => codes));
  const bySteps = sumByCode(Object.values(report.refusals));
  const isClean =
    !brokePromise(report) && Object.keys(unexpected).length === 0 && slos.every((slo) => slo.ok);
  const codes = new Set([...Object.keys(errors), ...series.keys()]);
  const isPart = ([code, times]: readonly [string, number]) =>
    !isExpectedError(code) && times <= (errors[code] ?? 0);
  return firstBroken([
    [ok === (failures.length === 0), "ok", "no_failures"],
    [ok === isClean, "ok", "targets_met"],
    [sum(invariants.map((one) => one.violations)) === violations, "violations", "of_invariants"],
    [[...codes].every((code) => errors[code] === series.get(code)), "errors", "sum_of_series"],
    [[...bySteps].every(([code, times]) => times <= (errors[code] ?? 0)), "refusals", "errors_by_step"],
    [Object.entries(unexpected).every(isPart), "unexpected", "errors_unexpected"],
    [
      faults.every(({ onlyAllowed, beyond }) => onlyAllowed === (beyond.length === 0)),
      "faults",
      "only_allowed",
    ],
  ]);
}

function fansProblem({
  outcomes,
  fans,
  steps,
  stepsBesideFaults,
  faults,
}: DrillReport): TotalsProblem | null {
  const beside = Object.entries(stepsBesideFaults ?? {});
  const inOrder = [...Object.entries(steps), ...beside].find(
    ([, { p50Ms, p95Ms, p99Ms, maxMs }]) => p50Ms > p95Ms || p95Ms > p99Ms || p99Ms > maxMs,
  );
  const hadFault = faults.some(({ doneAtSecond }) => doneAtSecond !== null);
  return firstBroken([
    [sumOf(outcomes) === fans, "outcomes", "each_fan"],
    [inOrder === undefined, `steps.${inOrder?.[0] ?? ""}`, "rising"],
    [(stepsBesideFaults !== null) === hadFault, "stepsBesideFaults", "after_fault"],
    [
      beside.every(([step, { count, maxMs }]) => {
        const all = steps[step];
        return all !== undefined && count <= all.count && maxMs <= all.maxMs;
      }),
      "stepsBesideFaults",
      "part_of_steps",
    ],
  ]);
}

/** The targets' values follow from the other fields; a target itself is what the drill was held to then. */
function sloProblem(report: DrillReport): TotalsProblem | null {
  const values = new Map(slosOf(sloInputOf(report)).map(({ name, value }) => [name, value]));
  for (const slo of report.slos) {
    const at = `slos["${slo.name}"]`;
    if (values.has(slo.name) && values.get(slo.name) !== slo.value) return { at, rule: "value_elsewhere" };
    if (slo.ok !== meets(slo)) return { at, rule: "target_met" };
  }
  return report.slos.length < values.size ? { at: "slos", rule: "every_target" } : null;
}

function meets({ is, kind, value, target }: SloResult): boolean {
  if (value === null) return kind === "service";
  return is === "at_most" ? value <= target : value >= target;
}

function sloInputOf(report: DrillReport): Parameters<typeof slosOf>[0] {
  const { line, bots, steps } = report;
  return {
    ...report,
    drift: report.drift.length,
    admittedTwice: line?.admittedTwice ?? 0,
    botTicketsBeyondLimit: bots?.ticketsBeyondLimit ?? 0,
    drawRefused: line?.draw && !line.draw.verified ? 1 : 0,
    requests: sum(Object.values(steps).map(({ count }) => count)),
    unexpected: sumOf(report.unexpected),
  };
}

function lineProblem({ line, ...report }: DrillReport): TotalsProblem | null {
  if (!line)
    return firstBroken([
      [report.admittedOverCap === 0 && report.orderInversions === 0, "line", "line_if_admitted"],
    ]);
  const over = Math.max(0, ...line.waves.map(({ active, cap }) => active - cap));
  return firstBroken([
    [line.fans.length === line.admitted, "line.fans", "each_admitted"],
    [sum(line.waves.map(({ admitted }) => admitted)) === line.admitted, "line.waves", "of_waves"],
    [new Set(line.fans.map(({ number }) => number)).size === line.admitted, "line.fans", "number_once"],
    [report.admittedOverCap >= over, "admittedOverCap", "fullest_wave"],
    [
      line.mostActive >= Math.max(0, ...line.waves.map(({ active }) => active)),
      "line.mostActive",
      "most_of_waves",
    ],
    [line.draw === null || line.draw.entries === line.drawn, "line.draw.entries", "all_drawn"],
    [fairnessHolds(line), "line.fairness.numberToAdmission", "from_fans"],
  ]);
}

function fairnessHolds({ fans, fairness }: LineReport): boolean {
  const there = fans.filter(({ late }) => !late);
  return fairness.numberToAdmission === rankCorrelation(there.map(({ number, second }) => [number, second]));
}

function botProblem({ bots, botTickets, sold }: DrillReport): TotalsProblem | null {
  if (!bots) return firstBroken([[botTickets === 0, "botTickets", "no_bots"]]);
  const ofKinds = (what: "accounts" | "requests" | "tickets") => sum(bots.kinds.map((kind) => kind[what]));
  return firstBroken([
    [botTickets === bots.tickets && botTickets <= sold, "botTickets", "of_bots"],
    [ofKinds("tickets") === bots.tickets, "bots.tickets", "of_kinds"],
    [ofKinds("accounts") === bots.accounts, "bots.accounts", "of_kinds"],
    [ofKinds("requests") === bots.requests, "bots.requests", "of_kinds"],
    [bots.kinds.every(isAnswered), "bots.kinds", "all_requests"],
    [shareHolds(bots, sold), "bots.shareOfTickets", "share_of_tickets"],
  ]);
}

const isAnswered = ({ requests, granted, refused }: BotReport["kinds"][number]) =>
  granted + sumOf(refused) === requests;

function shareHolds({ shareOfTickets, tickets }: BotReport, sold: number): boolean {
  // Rounded to four decimals; a hair more for the two roundings.
  return Math.abs(shareOfTickets - (sold === 0 ? 0 : tickets / sold)) < 0.000_1;
}
