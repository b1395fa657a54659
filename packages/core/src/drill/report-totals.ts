import type { BotReport } from "./bot-report.ts";
import { brokePromise, type DrillReport, isExpectedError } from "./drill-report.ts";
import { rankCorrelation } from "./fairness.ts";
import type { LineReport } from "./line-report.ts";
import { type SloResult, slosOf } from "./slos.ts";

/** A figure of a report that its other figures contradict. `at`: its place, such as `line.admitted`. */
export type TotalsProblem = { readonly at: string; readonly rule: string };

/** What a report says twice must agree; the first place where it does not, or null. */
export function findTotalsProblem(report: DrillReport): TotalsProblem | null {
  const checks = [placesProblem, verdictProblem, sloProblem, fansProblem, lineProblem, botProblem];
  for (const check of checks) {
    const problem = check(report);
    if (problem) return problem;
  }
  return null;
}

type Rule = readonly [holds: boolean, at: string, rule: string];

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
    [sum(sections.map(({ places }) => places)) === seats, "seats", "the places of all sections"],
    [sum(sections.map((one) => one.sold)) === sold, "sold", "what all sections sold"],
    [differs || sold + held + free === seats, "free", "sold, held and free together are all seats"],
    [soldOut === sold >= seats, "soldOut", "true when as much is sold as there is"],
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
    [ok === (failures.length === 0), "ok", "true when there are no failures"],
    [ok === isClean, "ok", "true when every target is met and nothing unexpected was answered"],
    [sum(invariants.map((one) => one.violations)) === violations, "violations", "those of all invariants"],
    [
      [...codes].every((code) => errors[code] === series.get(code)),
      "errors",
      "what each second of errorSeries says, added up",
    ],
    [
      [...bySteps].every(([code, times]) => times <= (errors[code] ?? 0)),
      "refusals",
      "a part of errors, by step",
    ],
    [Object.entries(unexpected).every(isPart), "unexpected", "a part of errors that no fan should get"],
    [
      faults.every(({ onlyAllowed, beyond }) => onlyAllowed === (beyond.length === 0)),
      "faults",
      "onlyAllowed when nothing went beyond it",
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
    [sumOf(outcomes) === fans, "outcomes", "one for each fan"],
    [inOrder === undefined, `steps.${inOrder?.[0] ?? ""}`, "p50, p95, p99 and the longest rise"],
    [(stepsBesideFaults !== null) === hadFault, "stepsBesideFaults", "there when a fault was done"],
    [
      beside.every(([step, { count, maxMs }]) => {
        const all = steps[step];
        return all !== undefined && count <= all.count && maxMs <= all.maxMs;
      }),
      "stepsBesideFaults",
      "a part of steps",
    ],
  ]);
}

/** The targets' values follow from the other fields; a target itself is what the drill was held to then. */
function sloProblem(report: DrillReport): TotalsProblem | null {
  const values = new Map(slosOf(sloInputOf(report)).map(({ name, value }) => [name, value]));
  for (const slo of report.slos) {
    const at = `slos["${slo.name}"]`;
    if (values.has(slo.name) && values.get(slo.name) !== slo.value)
      return { at, rule: "its value is the one that the report gives elsewhere" };
    if (slo.ok !== meets(slo)) return { at, rule: "ok when the value meets the target" };
  }
  return report.slos.length < values.size ? { at: "slos", rule: "every target is there" } : null;
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
      [
        report.admittedOverCap === 0 && report.orderInversions === 0,
        "line",
        "there is one if it let anybody in",
      ],
    ]);
  const over = Math.max(0, ...line.waves.map(({ active, cap }) => active - cap));
  return firstBroken([
    [line.fans.length === line.admitted, "line.fans", "one for each who was let in"],
    [sum(line.waves.map(({ admitted }) => admitted)) === line.admitted, "line.waves", "let in by all waves"],
    [
      new Set(line.fans.map(({ number }) => number)).size === line.admitted,
      "line.fans",
      "a number goes in once",
    ],
    [report.admittedOverCap >= over, "admittedOverCap", "at least what the fullest wave says"],
    [
      line.mostActive >= Math.max(0, ...line.waves.map(({ active }) => active)),
      "line.mostActive",
      "that of all waves",
    ],
    [line.draw === null || line.draw.entries === line.drawn, "line.draw.entries", "all who were drawn"],
    [fairnessHolds(line), "line.fairness.numberToAdmission", "follows from line.fans"],
  ]);
}

function fairnessHolds({ fans, fairness }: LineReport): boolean {
  const there = fans.filter(({ late }) => !late);
  return fairness.numberToAdmission === rankCorrelation(there.map(({ number, second }) => [number, second]));
}

function botProblem({ bots, botTickets, sold }: DrillReport): TotalsProblem | null {
  if (!bots) return firstBroken([[botTickets === 0, "botTickets", "none without bots"]]);
  const ofKinds = (what: "accounts" | "requests" | "tickets") => sum(bots.kinds.map((kind) => kind[what]));
  return firstBroken([
    [botTickets === bots.tickets && botTickets <= sold, "botTickets", "those of bots, a part of all sold"],
    [ofKinds("tickets") === bots.tickets, "bots.tickets", "those of all kinds"],
    [ofKinds("accounts") === bots.accounts, "bots.accounts", "those of all kinds"],
    [ofKinds("requests") === bots.requests, "bots.requests", "those of all kinds"],
    [bots.kinds.every(isAnswered), "bots.kinds", "granted and refused together are all requests"],
    [shareHolds(bots, sold), "bots.shareOfTickets", "the tickets of bots in all tickets"],
  ]);
}

const isAnswered = ({ requests, granted, refused }: BotReport["kinds"][number]) =>
  granted + sumOf(refused) === requests;

function shareHolds({ shareOfTickets, tickets }: BotReport, sold: number): boolean {
  // Rounded to four decimals; a hair more for the two roundings.
  return Math.abs(shareOfTickets - (sold === 0 ? 0 : tickets / sold)) < 0.000_1;
}
