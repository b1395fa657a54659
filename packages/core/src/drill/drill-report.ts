import type { StepStats } from "./latencies.ts";

/** Of a moment of the drill, counted from its start. */
export type TimelinePoint = {
  readonly second: number;
  readonly holds: number;
  readonly orders: number;
  readonly tickets: number;
  readonly errors: number;
};

/** How a fan's visit ended. `failed`: by an answer that no fan should get. */
export type Outcome =
  | "bought"
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
  readonly version: 1;
  readonly ok: boolean;
  /** Why not ok, in words; empty when it is. */
  readonly failures: readonly string[];
  readonly drill: string;
  readonly event: string;
  readonly startedAt: string;
  /** From the first arrival to the last fan's end. */
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
  /** Answered requests. */
  readonly perSecond: number;
  readonly ticketsPerSecond: number;
  readonly steps: Readonly<Record<string, StepStats>>;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly invariants: readonly {
    readonly id: string;
    readonly title: string;
    readonly violations: number;
  }[];
  readonly drift: readonly { readonly kind: string; readonly detail: string }[];
  readonly errors: Readonly<Record<string, number>>;
  /** Those of `errors` that no fan should ever get. */
  readonly unexpected: Readonly<Record<string, number>>;
  readonly timeline: readonly TimelinePoint[];
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

export function unexpectedErrors(errors: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(errors).filter(([code]) => !EXPECTED_ERRORS.has(code)));
}

/** What decides the exit code, worst first. */
export function failuresOf(
  report: Pick<DrillReport, "oversold" | "lostTickets" | "violations" | "drift" | "unexpected"> & {
    readonly settled: boolean;
  },
): string[] {
  const failures: string[] = [];
  const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
  if (report.oversold > 0) failures.push(`${count(report.oversold, "place was", "places were")} sold twice`);
  if (report.lostTickets > 0)
    failures.push(
      `${count(report.lostTickets, "ticket that a fan was given is", "tickets that fans were given are")} not sold in Postgres`,
    );
  if (report.violations > 0)
    failures.push(`${count(report.violations, "row breaks", "rows break")} an invariant`);
  if (report.drift.length > 0)
    failures.push(
      `${count(report.drift.length, "place differs", "places differ")} between Redis and Postgres`,
    );
  if (!report.settled) failures.push("orders were still unsettled when the drill stopped waiting for them");
  for (const [code, times] of Object.entries(report.unexpected))
    failures.push(`${code} was answered ${count(times, "time")}, which no fan should see`);
  return failures;
}
