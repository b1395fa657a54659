import type { Outcome, TimelinePoint } from "@onsale/core/drill/drill-report";
import { makeLatencies, percentile } from "@onsale/core/drill/latencies";

type Mark = "holds" | "orders" | "tickets" | "errors";
/** A ticket as its fan sees it: the place is unique in the house, but for standing places. */
export type SeenTicket = { readonly id: string; readonly place: string; readonly isSeat: boolean };

/** Everything that the fans of one drill saw. Times are milliseconds since the doors opened. */
export function makeTally(nowMs: () => number) {
  const latencies = makeLatencies();
  const errors = new Map<string, number>();
  const outcomes = new Map<Outcome, number>();
  const seconds = new Map<number, Record<Mark, number>>();
  const tickets = new Map<string, SeenTicket>();
  const slotWaits: number[] = [];

  function mark(what: Mark, count = 1): void {
    const second = Math.max(0, Math.floor(nowMs() / 1_000));
    const at = seconds.get(second) ?? { holds: 0, orders: 0, tickets: 0, errors: 0 };
    at[what] += count;
    seconds.set(second, at);
  }

  return {
    latencies,
    mark,
    slotWait: (ms: number) => void slotWaits.push(ms),
    error(code: string): void {
      errors.set(code, (errors.get(code) ?? 0) + 1);
      mark("errors");
    },
    outcome: (outcome: Outcome) => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1),
    bought(seen: readonly SeenTicket[]): void {
      mark("orders");
      mark("tickets", seen.length);
      for (const ticket of seen) tickets.set(ticket.id, ticket);
    },
    errors: () => sortedByCount(errors),
    outcomes: () => sortedByCount(outcomes),
    gone: () => [...outcomes.values()].reduce((sum, count) => sum + count, 0),
    ticketCount: () => tickets.size,
    /** Seats that more than one ticket names, by how many too many. */
    doubleSeats: () => {
      const seats = [...tickets.values()].filter((ticket) => ticket.isSeat).map((ticket) => ticket.place);
      return seats.length - new Set(seats).size;
    },
    slotWaitP95Ms: () => percentile(Float64Array.from(slotWaits).sort(), 95),
    timeline(): TimelinePoint[] {
      const last = Math.max(-1, ...seconds.keys());
      return Array.from({ length: last + 1 }, (_, second) => ({
        second,
        ...(seconds.get(second) ?? { holds: 0, orders: 0, tickets: 0, errors: 0 }),
      }));
    },
  };
}
export type Tally = ReturnType<typeof makeTally>;

function sortedByCount<K extends string>(counts: ReadonlyMap<K, number>): Partial<Record<K, number>> {
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)) as Partial<Record<K, number>>;
}
