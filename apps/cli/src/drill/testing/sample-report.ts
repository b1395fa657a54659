import { slosOf } from "@onsale/core/drill/slos";
import type { BotReport } from "@onsale/core/drill/bot-report";
import type { DrillReport } from "@onsale/core/drill/drill-report";
import type { FaultReport } from "@onsale/core/drill/faults";
import type { LineReport } from "@onsale/core/drill/line-report";

const step = { count: 300, p50Ms: 4.2, p95Ms: 18, p99Ms: 41.5, maxMs: 60, perSecond: 40 };
const steps = { event: step, stock: step, hold: step, checkout: { ...step, p99Ms: 120 }, order: step };

export const sampleLine: LineReport = {
  id: "6b5a1c9e-0d6f-4c6e-9a50-0badcafe0001",
  cap: 40,
  inflowPerSecond: 20,
  passTtlMs: 15_000,
  graceMs: 20_000,
  lobbySeconds: 8,
  drawn: 270,
  joined: 310,
  admitted: 130,
  ended: { bought: 110, left: 14, expired: 6 },
  ticketsPerPass: 1.54,
  mostActive: 40,
  samples: 60,
  mostPerSecond: 20,
  admittedTwice: 0,
  firstAdmissionSecond: 1.4,
  soldOutSecond: 6.5,
  toldSoldOut: 150,
  fairness: {
    numberToAdmission: 0.998,
    joiningToNumber: -0.03,
    byJoinTenth: Array.from({ length: 10 }, (_, n) => ({ tenth: n + 1, joined: 27, admitted: 10 + (n % 3) })),
  },
  polls: 4_200,
  draw: {
    file: "draw.json",
    entries: 270,
    commitment: "c0".repeat(32),
    entriesRoot: "e0".repeat(32),
    verified: true,
    problem: null,
    proofs: 3,
  },
  fans: Array.from({ length: 130 }, (_, n) => ({
    number: n + 1,
    joined: ((n * 97) % 270) + 1,
    second: Math.round((1.4 + n / 20) * 10) / 10,
    drawn: true,
    late: n % 40 === 39,
  })),
  waves: Array.from({ length: 7 }, (_, n) => ({
    second: n + 1,
    admitted: n < 6 ? 20 : 10,
    active: Math.min(40, (n + 1) * 16),
    cap: 40,
    reason: n < 2 ? ("inflow" as const) : n < 5 ? ("cap" as const) : ("stock_low" as const),
  })),
  depth: Array.from({ length: 15 }, (_, n) => ({
    second: n - 7,
    joined: Math.min(310, (n + 1) * 38),
    waiting: n < 8 ? Math.min(270, (n + 1) * 34) : Math.max(0, 270 - (n - 7) * 40),
    active: n < 8 ? 0 : Math.min(40, (n - 7) * 16),
    front: n < 8 ? 0 : 60,
    servedTo: n < 8 ? 0 : Math.min(130, (n - 7) * 20),
    calledTo: n < 8 ? 0 : Math.min(310, (n - 7) * 20 + 60),
  })),
};

export const sampleBots: BotReport = {
  accounts: 60,
  addresses: 2,
  requests: 900,
  kinds: [
    {
      kind: "farm",
      accounts: 15,
      requests: 120,
      granted: 100,
      refused: {},
      passes: 5,
      holds: 5,
      tickets: 20,
    },
    {
      ...{ kind: "hoarder", accounts: 15, requests: 180, granted: 90 },
      ...{ refused: { "hold.cycles": 40 }, passes: 6, holds: 30, tickets: 0 },
    },
    {
      ...{ kind: "jumper", accounts: 15, requests: 300, granted: 0 },
      ...{ refused: { "line.pass_required": 300 }, passes: 0, holds: 0, tickets: 0 },
    },
    {
      ...{ kind: "guesser", accounts: 9, requests: 150, granted: 0 },
      ...{ refused: { "access.code_refused": 60, "rate.limited": 90 }, passes: 0, holds: 0, tickets: 0 },
    },
    {
      ...{ kind: "hammer", accounts: 6, requests: 150, granted: 20 },
      ...{ refused: { "rate.limited": 100, "http.400": 30 }, passes: 0, holds: 0, tickets: 0 },
    },
  ],
  tickets: 20,
  shareOfTickets: 0.1,
  ticketsBeyondLimit: 0,
  ticketsWithoutPass: 0,
};

export const sampleFault: FaultReport = {
  kind: "flush-redis",
  second: 3,
  allowed: ["every hold that is not in checkout is lost, and its fan looks for other seats"],
  doneAtSecond: 3,
  tookMs: 4,
  met: { "hold.not_found": 4, "inventory.rebuilding": 9 },
  holdsAgainAfterS: 1,
  ordersAgainAfterS: 2,
  beyond: [],
  onlyAllowed: true,
};

/** A drill that went well; tests change what they are about. */
export function sampleReport(changes: Partial<DrillReport> = {}): DrillReport {
  return {
    version: 2,
    ok: true,
    failures: [],
    settled: true,
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
    admittedOverCap: 0,
    orderInversions: 0,
    botTickets: 20,
    slos: sampleSlos,
    line: sampleLine,
    bots: sampleBots,
    faults: [sampleFault],
    perSecond: 210.4,
    ticketsPerSecond: 26.7,
    steps,
    outcomes: { sold_out: 150, bought: 110, gave_up: 40 },
    invariants: [{ id: "I1", title: "A seat is sold at most once", violations: 0 }],
    drift: [],
    errors: { "hold.seats_taken": 62 },
    unexpected: {},
    errorSeries: [
      { second: -2, codes: { "rate.limited": 3 } },
      { second: 0, codes: { "hold.seats_taken": 30 } },
      { second: 1, codes: { "hold.seats_taken": 32 } },
    ],
    hung: 0,
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

const sampleSlos = slosOf({
  oversold: 0,
  lostTickets: 0,
  violations: 0,
  drift: 0,
  admittedOverCap: 0,
  admittedTwice: 0,
  orderInversions: 0,
  botTicketsBeyondLimit: 0,
  drawRefused: 0,
  line: sampleLine,
  sold: 200,
  seats: 200,
  steps,
  requests: 1_578,
  unexpected: 0,
  hung: 0,
});
