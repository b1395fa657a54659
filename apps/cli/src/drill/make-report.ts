import {
  type ClientLoad,
  type DrillReport,
  failuresOf,
  isExpectedError,
  limitedBy,
} from "@onsale/core/drill/drill-report";
import { type ErrorPoint, type FaultReport, isUnderFault, judgeFault } from "@onsale/core/drill/faults";
import { tenths } from "@onsale/core/drill/latencies";
import { type SloResult, slosOf } from "@onsale/core/drill/slos";
import type { AccountId } from "@onsale/core/shared/ids";
import { driftWords } from "../words/drift-words.ts";
import { botFacts } from "./bots/bot-facts.ts";
import type { BotTally } from "./bots/bot-tally.ts";
import type { DrillAccount } from "./drill-accounts.ts";
import type { DrillEvent } from "./drill-event.ts";
import type { DrillFacts } from "./drill-facts.ts";
import type { DrillSettings } from "./drill-settings.ts";
import type { FaultRun } from "./fault-runner.ts";
import type { LineFacts } from "./line-facts.ts";
import { describeCommit, describeMachine } from "./machine.ts";
import type { Tally } from "./tally.ts";

export type DrillFindings = {
  readonly event: DrillEvent;
  readonly settings: DrillSettings;
  readonly startedAt: Date;
  readonly seconds: number;
  readonly settled: boolean;
  /** Tickets that fans were shown and that are not there. */
  readonly lostTickets: number;
  /** Tickets that fans came for who would pay. */
  readonly wanted: number;
  readonly tally: Tally;
  readonly facts: DrillFacts;
  readonly lineFacts: LineFacts | null;
  readonly tickets: readonly { readonly accountId: AccountId; readonly tickets: number }[];
  readonly bots: BotTally | null;
  readonly botAccounts: readonly DrillAccount[];
  readonly faults: FaultRun;
  readonly client: ClientLoad;
};

/** One document from what fans saw and what is true. */
export async function makeReport(findings: DrillFindings): Promise<DrillReport> {
  const { event, settings, seconds, settled, tally, facts, client, lineFacts } = findings;
  const { sold, held, free, sections } = facts;
  const { invariants, drift } = facts.reconciliation;
  const bots = botsIn(findings);
  // Two independent readings: the tickets that fans were shown, and the rows of Postgres.
  const oversold = Math.max(tally.doubleSeats(), facts.beyondCapacity);
  const { lostTickets } = findings;
  const violations = invariants.reduce((sum, check) => sum + check.violations, 0);
  const unexpected = unexplained(tally.errorSeries(), findings.faults);
  const faults = faultsIn(findings);
  const truths = { oversold, lostTickets, violations, unexpected };
  const slos = slosIn(findings, { ...truths, botTicketsBeyondLimit: bots?.ticketsBeyondLimit ?? 0 });
  const failures = failuresOf({ slos, faults, unexpected, settled });
  const commit = await describeCommit();
  return {
    version: 2,
    ok: failures.length === 0,
    failures,
    settled,
    drill: event.drill,
    event: event.slug,
    startedAt: findings.startedAt.toISOString(),
    seconds: tenths(seconds),
    seed: settings.seed,
    fans: settings.fans,
    seats: event.places,
    wanted: findings.wanted,
    sold,
    held,
    free,
    ...truths,
    drift: drift.map((found) => ({ kind: found.kind, detail: driftWords(found).what })),
    admittedOverCap: lineFacts?.admittedOverCap ?? 0,
    orderInversions: lineFacts?.orderInversions ?? 0,
    botTickets: bots?.tickets ?? 0,
    slos,
    line: lineFacts?.line ?? null,
    bots,
    faults,
    soldOut: sold >= event.places,
    sections,
    perSecond: tenths(tally.latencies.total() / seconds),
    ticketsPerSecond: tenths(sold / seconds),
    steps: tally.latencies.summary(seconds),
    stepsBesideFaults: stepsBesideFaults(findings),
    outcomes: tally.outcomes(),
    invariants: invariants.map(({ id, title, violations: broken }) => ({ id, title, violations: broken })),
    errors: tally.errors() as Record<string, number>,
    refusals: tally.refusals(),
    errorSeries: tally.errorSeries(),
    hung: tally.counts.hung,
    timeline: tally.timeline(),
    limitedBy: limitedBy(client),
    client,
    settings: flat(settings),
    ...(commit === undefined ? {} : { commit }),
    machine: describeMachine(),
  };
}

type Truths = Pick<DrillReport, "oversold" | "lostTickets" | "violations" | "unexpected"> & {
  readonly botTicketsBeyondLimit: number;
};

function slosIn(findings: DrillFindings, truths: Truths): SloResult[] {
  const { event, tally, facts, lineFacts, seconds } = findings;
  const draw = lineFacts?.line.draw ?? null;
  return slosOf({
    ...truths,
    drift: facts.reconciliation.drift.length,
    admittedOverCap: lineFacts?.admittedOverCap ?? 0,
    admittedTwice: lineFacts?.line.admittedTwice ?? 0,
    orderInversions: lineFacts?.orderInversions ?? 0,
    drawRefused: draw && !draw.verified ? 1 : 0,
    line: lineFacts?.line ?? null,
    sold: facts.sold,
    seats: event.places,
    wanted: findings.wanted,
    steps: tally.latencies.summary(seconds),
    stepsBesideFaults: stepsBesideFaults(findings),
    requests: tally.latencies.total(),
    unexpected: Object.values(truths.unexpected).reduce((sum, count) => sum + count, 0),
    hung: tally.counts.hung,
  });
}

function stepsBesideFaults({ tally, seconds, faults }: DrillFindings): DrillReport["stepsBesideFaults"] {
  const done = faults.findings();
  if (done.every(({ doneAtSecond }) => doneAtSecond === null)) return null;
  return tally.latencies.summary(
    seconds,
    ({ atMs, ms }) => !isUnderFault(done, { fromMs: atMs - ms, toMs: atMs }),
  );
}

function botsIn({
  settings,
  event,
  bots,
  botAccounts,
  tickets,
  lineFacts,
}: DrillFindings): DrillReport["bots"] {
  if (!bots) return null;
  return botFacts({
    seed: settings.seed,
    lobbyMs: settings.line?.lobbyMs ?? 0,
    accounts: botAccounts,
    tally: bots,
    tickets,
    admissions: lineFacts?.admissions ?? null,
    maxPerFan: event.maxPerFan,
  });
}

function faultsIn({ faults, tally, lineFacts }: DrillFindings): FaultReport[] {
  const timeline = tally.timeline();
  const trace = {
    errors: tally.errorSeries(),
    isExpected: isExpectedError,
    holds: timeline.map(({ holds }) => holds),
    orders: timeline.map(({ orders }) => orders),
    soldOutSecond: lineFacts?.line.soldOutSecond ?? null,
  };
  return faults.findings().map((finding) => judgeFault(finding, trace));
}

/** What no fan should ever get, but for what a fault was allowed to do. */
function unexplained(errors: readonly ErrorPoint[], faults: FaultRun): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { second, codes } of errors)
    for (const [code, count] of Object.entries(codes))
      if (!isExpectedError(code) && !faults.explains(second, code))
        counts[code] = (counts[code] ?? 0) + count;
  return counts;
}

/** Settings of settings as "line.cap"; what is none is left out. */
function flat(settings: DrillSettings): DrillReport["settings"] {
  const found: Record<string, string | number | boolean> = {};
  const add = (name: string, value: unknown): void => {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      found[name] = value;
    else if (name === "faults" && Array.isArray(value)) found[name] = value.map(faultWords).join(",");
    else if (typeof value === "object" && value !== null && !Array.isArray(value))
      for (const [key, inner] of Object.entries(value)) add(`${name}.${key}`, inner);
  };
  for (const [name, value] of Object.entries(settings)) add(name, value);
  return found;
}

const faultWords = ({ second, kind }: DrillSettings["faults"][number]) => `T+${second}:${kind}`;
