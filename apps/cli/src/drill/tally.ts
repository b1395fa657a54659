import type { Outcome, TimelinePoint } from "@onsale/core/drill/drill-report";
import { makeLatencies, percentile } from "@onsale/core/drill/latencies";
import { makeErrorTally, sortedByCount } from "./error-tally.ts";

type Mark = "holds" | "orders" | "tickets" | "errors";
/** A ticket as its fan sees it: the place is unique in the plan, but for standing places. */
export type SeenTicket = { readonly id: string; readonly place: string; readonly isSeat: boolean };

const HUNG_MS = 10_000;
const RECENT_MS = 10_000;
const QUIET = { holds: 0, orders: 0, tickets: 0, errors: 0 };

/** Everything that the fans of one drill saw. Times are milliseconds since the release, or the opening without a line. */
export function makeTally(nowMs: () => number) {
  const latencies = makeLatencies();
  const outcomes = new Map<Outcome, number>();
  const seconds = new Map<number, Record<Mark, number>>();
  const tickets = new Map<string, SeenTicket>();
  const slotWaits: number[] = [];
  const recent = makeRecent(nowMs);
  /** In the order of joining the line. */
  const joined: string[] = [];
  /** Of those who came after the draw and got their numbers at once, in the order of joining. */
  const numbered: number[] = [];
  const counts = { arrived: 0, entered: 0, inside: 0, toldSoldOut: 0, polls: 0, hung: 0 };
  const second = () => Math.floor(nowMs() / 1_000);
  const errors = makeErrorTally(second);

  function mark(what: Mark, count = 1): void {
    const at = Math.max(0, second());
    const point = seconds.get(at) ?? { ...QUIET };
    point[what] += count;
    seconds.set(at, point);
  }

  return {
    latencies,
    mark,
    counts,
    joined,
    numbered,
    slotWait: (ms: number) => void slotWaits.push(ms),
    answered(step: string, ms: number): void {
      latencies.record(step, { ms, atMs: nowMs() });
      if (ms > HUNG_MS) counts.hung += 1;
      if (step === "hold" || step === "checkout") recent.note(step, ms);
    },
    /** Over the last ten seconds; null without answers. */
    recentP95Ms: recent.p95Ms,
    /** `step`: what was asked for. */
    error(code: string, step = "drill"): void {
      errors.note(code, step);
      if (nowMs() >= 0) mark("errors");
    },
    outcome: (outcome: Outcome) => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1),
    bought(seen: readonly SeenTicket[]): void {
      mark("orders");
      mark("tickets", seen.length);
      for (const ticket of seen) tickets.set(ticket.id, ticket);
    },
    errors: errors.errors,
    refusals: errors.refusals,
    errorSeries: errors.errorSeries,
    outcomes: () => sortedByCount(outcomes),
    gone: () => [...outcomes.values()].reduce((sum, count) => sum + count, 0),
    ticketCount: () => tickets.size,
    ticketIds: () => [...tickets.keys()],
    /** Of one second; all quiet where nothing happened. */
    at: (asked: number): Readonly<Record<Mark, number>> => seconds.get(asked) ?? QUIET,
    /** Seats that more than one ticket names, by how many too many. */
    doubleSeats: () => {
      const seats = [...tickets.values()].filter((ticket) => ticket.isSeat).map((ticket) => ticket.place);
      return seats.length - new Set(seats).size;
    },
    slotWaitP95Ms: () => percentile(Float64Array.from(slotWaits).sort(), 95),
    timeline(): TimelinePoint[] {
      const last = Math.max(-1, ...seconds.keys());
      return Array.from({ length: last + 1 }, (_, at) => ({ second: at, ...(seconds.get(at) ?? QUIET) }));
    },
  };
}
export type Tally = ReturnType<typeof makeTally>;

function makeRecent(nowMs: () => number) {
  const byStep = new Map<string, { atMs: number; ms: number }[]>();
  return {
    note(step: string, ms: number): void {
      const kept = byStep.get(step);
      if (kept) kept.push({ atMs: nowMs(), ms });
      else byStep.set(step, [{ atMs: nowMs(), ms }]);
    },
    p95Ms: (step: string): number | null => {
      const from = nowMs() - RECENT_MS;
      const kept = (byStep.get(step) ?? []).filter(({ atMs }) => atMs >= from);
      byStep.set(step, kept);
      if (kept.length === 0) return null;
      return Math.round(percentile(Float64Array.from(kept, ({ ms }) => ms).sort(), 95));
    },
  };
}
