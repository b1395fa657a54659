import {
  type ClientLoad,
  type DrillReport,
  failuresOf,
  limitedBy,
  unexpectedErrors,
} from "@onsale/core/drill/drill-report";
import { tenths } from "@onsale/core/drill/latencies";
import { slosOf } from "@onsale/core/drill/slos";
import type { DrillEvent } from "./drill-event.ts";
import type { DrillFacts } from "./drill-facts.ts";
import type { DrillSettings } from "./drill-settings.ts";
import { describeCommit, describeMachine } from "./machine.ts";
import type { Tally } from "./tally.ts";

export type DrillFindings = {
  readonly event: DrillEvent;
  readonly settings: DrillSettings;
  readonly startedAt: Date;
  readonly seconds: number;
  readonly settled: boolean;
  readonly tally: Tally;
  readonly facts: DrillFacts;
  readonly client: ClientLoad;
};

/** One document from what fans saw and what is true. */
export async function makeReport(findings: DrillFindings): Promise<DrillReport> {
  const { event, settings, seconds, settled, tally, facts, client } = findings;
  const { sold, held, free, sections } = facts;
  const { invariants, drift } = facts.reconciliation;
  const errors = tally.errors() as Record<string, number>;
  const verdict = {
    // Two independent readings: the tickets that fans were shown, and the rows of Postgres.
    oversold: Math.max(tally.doubleSeats(), facts.beyondCapacity),
    lostTickets: Math.max(0, tally.ticketCount() - sold),
    violations: invariants.reduce((sum, check) => sum + check.violations, 0),
    drift: drift.map(({ kind, detail }) => ({ kind, detail })),
    unexpected: unexpectedErrors(errors),
  };
  const slos = slosOf({
    ...verdict,
    drift: verdict.drift.length,
    admittedOverCap: 0,
    admittedTwice: 0,
    orderInversions: 0,
    botTicketsBeyondLimit: 0,
    drawRefused: 0,
    line: null,
    sold,
    seats: event.places,
    steps: tally.latencies.summary(seconds),
    requests: tally.latencies.total(),
    unexpected: Object.values(verdict.unexpected).reduce((sum, count) => sum + count, 0),
    hung: 0,
  });
  const failures = failuresOf({ ...verdict, slos, faults: [], settled });
  const commit = await describeCommit();
  return {
    version: 2,
    ok: failures.length === 0,
    failures,
    settled,
    admittedOverCap: 0,
    orderInversions: 0,
    botTickets: 0,
    slos,
    line: null,
    bots: null,
    faults: [],
    errorSeries: [],
    hung: 0,
    drill: event.drill,
    event: event.slug,
    startedAt: findings.startedAt.toISOString(),
    seconds: tenths(seconds),
    seed: settings.seed,
    fans: settings.fans,
    seats: event.places,
    sold,
    held,
    free,
    ...verdict,
    soldOut: sold >= event.places,
    sections,
    perSecond: tenths(tally.latencies.total() / seconds),
    ticketsPerSecond: tenths(tally.ticketCount() / seconds),
    steps: tally.latencies.summary(seconds),
    outcomes: tally.outcomes(),
    invariants: invariants.map(({ id, title, violations }) => ({ id, title, violations })),
    errors,
    timeline: tally.timeline(),
    limitedBy: limitedBy(client),
    client,
    settings: flat(settings),
    ...(commit === undefined ? {} : { commit }),
    machine: describeMachine(),
  };
}

function flat(settings: DrillSettings): DrillReport["settings"] {
  const { patienceMs, event, ...rest } = settings;
  return {
    ...rest,
    ...(event === null ? {} : { event }),
    patienceLeastMs: patienceMs.least,
    patienceMostMs: patienceMs.most,
  };
}
