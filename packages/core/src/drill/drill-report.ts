import type { BotReport } from "./bot-report.ts";
import type { ErrorPoint, FaultReport } from "./faults.ts";
import type { StepStats } from "./latencies.ts";
import type { LineReport } from "./line-report.ts";
import type { SloResult } from "./slos.ts";

/** Of one second of the sale; second 0 begins at the release (T-0), or at the first arrival where there is no line. */
export type TimelinePoint = {
  readonly second: number;
  readonly holds: number;
  readonly orders: number;
  readonly tickets: number;
  readonly errors: number;
};

/**
 * How a fan's visit ended. `failed`: by an answer that no fan should get. `left_line`: went home before it was their turn.
 * `lapsed`: came back after the grace time, and did not stand at the end again.
 */
export type Outcome =
  | "bought"
  | "left_line"
  | "lapsed"
  | "declined"
  | "released"
  | "abandoned"
  | "gave_up"
  | "sold_out"
  | "too_late"
  | "failed";

export type SectionSales = { readonly section: string; readonly places: number; readonly sold: number };

/** What a drill found. `docs/drill.md` says what each field means; `--json` prints it as it is. */
export type DrillReport = {
  readonly version: 2;
  readonly ok: boolean;
  /** Why not ok, in words; empty when it is. */
  readonly failures: readonly string[];
  /** False when orders were still on their way when the drill stopped waiting for them. */
  readonly settled: boolean;
  readonly drill: string;
  readonly event: string;
  readonly startedAt: string;
  /** From the release (or the first arrival, without a line) to the last fan's end. */
  readonly seconds: number;
  readonly seed: number;
  readonly fans: number;
  /** Places to sell, standing ones included. */
  readonly seats: number;
  readonly sold: number;
  readonly held: number;
  readonly free: number;
  readonly oversold: number;
  readonly lostTickets: number;
  readonly soldOut: boolean;
  readonly sections: readonly SectionSales[];
  readonly violations: number;
  /** Most passes above the cap at any look or wave; 0 without a line. */
  readonly admittedOverCap: number;
  /** Pairs of fans of whom the one with the lower number was present first and was let in later; 0 without a line. */
  readonly orderInversions: number;
  /** Tickets in Postgres that belong to accounts of bots. */
  readonly botTickets: number;
  readonly slos: readonly SloResult[];
  /** null: sold without a line. */
  readonly line: LineReport | null;
  /** null: no bots came. */
  readonly bots: BotReport | null;
  readonly faults: readonly FaultReport[];
  /** Answered requests of fans; bots are counted apart. */
  readonly perSecond: number;
  readonly ticketsPerSecond: number;
  /** Tickets that fans came for who would pay; where these are hardly more than the places, nobody is asked to sell all. */
  readonly wanted: number;
  readonly steps: Readonly<Record<string, StepStats>>;
  /** The same without answers of the time that a fault is given to recover, by which the targets are judged; null: no fault. */
  readonly stepsBesideFaults: Readonly<Record<string, StepStats>> | null;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly invariants: readonly {
    readonly id: string;
    readonly title: string;
    readonly violations: number;
  }[];
  readonly drift: readonly { readonly kind: string; readonly detail: string }[];
  readonly errors: Readonly<Record<string, number>>;
  /** The same by step and code. */
  readonly refusals: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Those of `errors` that no fan should ever get. */
  readonly unexpected: Readonly<Record<string, number>>;
  readonly timeline: readonly TimelinePoint[];
  readonly errorSeries: readonly ErrorPoint[];
  /** Requests that had no answer after ten seconds. */
  readonly hung: number;
  /** What kept the drill from being faster. */
  readonly limitedBy: LimitedBy;
  readonly client: ClientLoad;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly commit?: string;
  readonly machine: Machine;
};

export type Machine = {
  readonly cpus: number;
  readonly cpuModel: string;
  readonly memoryMb: number;
  readonly platform: string;
  readonly node: string;
};

/** client: this process had no time left. server: requests waited for answers. crowd: nobody came any faster. */
export type LimitedBy = "client" | "server" | "crowd";

export type ClientLoad = {
  /** Share of the time in which the event loop was busy, 0 to 1. */
  readonly busy: number;
  readonly loopDelayP99Ms: number;
  /** How long requests waited here because all connections were in use. */
  readonly slotWaitP95Ms: number;
};

const CLIENT_BUSY = 0.85;
const SLOT_WAIT_MS = 20;

export function limitedBy({ busy, slotWaitP95Ms }: ClientLoad): LimitedBy {
  if (busy >= CLIENT_BUSY) return "client";
  return slotWaitP95Ms >= SLOT_WAIT_MS ? "server" : "crowd";
}

/**
 * Answers that a sale gives to people who did nothing wrong: somebody was faster, time ran out, too many at once.
 * Everything else is unexpected.
 */
const EXPECTED_ERRORS: ReadonlySet<string> = new Set([
  "line.not_open",
  "line.not_your_turn",
  "line.pass_over",
  "line.resting",
  "hold.seats_taken",
  "hold.area_full",
  "hold.no_block",
  "hold.seat_rule",
  "hold.expired",
  "hold.not_found",
  "hold.limit",
  "event.not_on_sale",
  "rate.limited",
  "checkout.busy",
  "checkout.pending",
  "inventory.rebuilding",
  "payment.unavailable",
  "service.unavailable",
  "http.503",
]);

export const isExpectedError = (code: string): boolean => EXPECTED_ERRORS.has(code);

export function unexpectedErrors(errors: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(errors).filter(([code]) => !isExpectedError(code)));
}

export type Verdict = Pick<DrillReport, "unexpected" | "slos" | "faults"> & { readonly settled: boolean };

/** Why a drill is not ok, worst first. What the targets say in numbers is said here in words. */
export function failuresOf({ settled, slos, faults, ...report }: Verdict): string[] {
  const failures: string[] = [];
  for (const { name, kind, value, target, unit, ok } of slos)
    if (!ok && kind === "promise")
      failures.push(`${name}: ${value ?? "not measured"}, must be ${target}${unit}`);
  if (!settled) failures.push("orders were still unsettled when the drill stopped waiting for them");
  for (const { kind, second, beyond } of faults)
    for (const what of beyond) failures.push(`T+${second} ${kind}: ${what}, which was not allowed to happen`);
  for (const [code, times] of Object.entries(report.unexpected))
    failures.push(`${code} was answered ${times} ${times === 1 ? "time" : "times"}, which no fan should see`);
  for (const { name, kind, is, value, target, unit, ok } of slos)
    if (!ok && kind === "service")
      failures.push(
        `${name}: ${value ?? "not measured"}${unit && ` ${unit}`}, target ${is === "at_most" ? "at most" : "at least"} ${target}${unit && ` ${unit}`}`,
      );
  return failures;
}

/** Whether a promise was broken, which is worse than a wrong answer or a slow one. */
export function brokePromise({
  slos,
  faults,
  settled,
}: Pick<Verdict, "slos" | "faults" | "settled">): boolean {
  return (
    !settled ||
    slos.some(({ kind, ok }) => kind === "promise" && !ok) ||
    faults.some((one) => !one.onlyAllowed)
  );
}
