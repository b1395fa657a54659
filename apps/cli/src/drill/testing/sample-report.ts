import type { DrillReport } from "@onsale/core/drill/drill-report";

const step = { count: 300, p50Ms: 4.2, p95Ms: 18, p99Ms: 41.5, maxMs: 60, perSecond: 40 };

/** A drill that went well; tests change what they are about. */
export function sampleReport(changes: Partial<DrillReport> = {}): DrillReport {
  return {
    version: 1,
    ok: true,
    failures: [],
    drill: "0badcafe",
    event: "drill-0badcafe",
    startedAt: "2026-05-02T10:00:00.000Z",
    seconds: 7.5,
    seed: 1,
    fans: 300,
    seats: 200,
    sold: 200,
    held: 0,
    free: 0,
    oversold: 0,
    lostTickets: 0,
    soldOut: true,
    sections: [{ section: "101", places: 200, sold: 200 }],
    violations: 0,
    perSecond: 210.4,
    ticketsPerSecond: 26.7,
    steps: { event: step, stock: step, hold: step, checkout: { ...step, p99Ms: 120 }, order: step },
    outcomes: { sold_out: 150, bought: 110, gave_up: 40 },
    invariants: [{ id: "I1", title: "A seat is sold at most once", violations: 0 }],
    drift: [],
    errors: { "hold.seats_taken": 62 },
    unexpected: {},
    timeline: [
      { second: 0, holds: 60, orders: 20, tickets: 40, errors: 30 },
      { second: 1, holds: 50, orders: 80, tickets: 160, errors: 32 },
    ],
    limitedBy: "crowd",
    client: { busy: 0.3, loopDelayP99Ms: 4, slotWaitP95Ms: 0 },
    settings: { url: "http://127.0.0.1:3000", fans: 300 },
    machine: { cpus: 2, cpuModel: "a processor", memoryMb: 8_000, platform: "linux x64", node: "v24.0.0" },
    ...changes,
  };
}
