import { PAY_WITHIN_MS } from "@onsale/core/checkout/build-draft";
import type { ArrivalShape } from "@onsale/core/drill/arrivals";
import type { ScheduledFault } from "@onsale/core/drill/faults";
import type { RecordedOrder } from "@onsale/core/drill/replay";
import { soldOutTargetS } from "@onsale/core/drill/slos";

/** The line before the drill's sale; times are milliseconds. */
export type DrillLineSettings = {
  readonly lobbyMs: number;
  readonly cap: number;
  readonly inflowPerSecond: number;
  readonly passTtlMs: number;
  readonly passMaxMs: number;
  readonly graceMs: number;
};

/** One drill, with every default filled in; printed in its report. Times are milliseconds. */
export type DrillSettings = {
  readonly url: string;
  readonly seed: number;
  readonly fans: number;
  readonly bots: number;
  readonly seats: number;
  /** Slug of the event that is cloned; null: a plan of `seats` places is made. */
  readonly event: string | null;
  /** null: sold without a line, as fast as people come. */
  readonly line: DrillLineSettings | null;
  readonly arrivals: ArrivalShape;
  readonly abandonPct: number;
  readonly contestedPct: number;
  readonly contestedBlocks: number;
  readonly patienceMs: { readonly least: number; readonly most: number };
  /** Whoever finds nothing to take looks this often before their patience counts. */
  readonly looksLeast: number;
  readonly holdTtlMs: number;
  readonly lookAgainMaxMs: number;
  /** Whoever still waits this long after the release goes home. */
  readonly saleLimitMs: number;
  readonly concurrency: number;
  /** Of all bots together, so that they do not take the processor from the fans. */
  readonly botRequestsPerSecond: number;
  /** The crowd asks for the document this much less often where its size alone decides, as it shares the machine. */
  readonly crowdStretch: number;
  readonly faults: readonly ScheduledFault[];
};

/** What a person may set; the rest follows. */
export type DrillWishes = {
  readonly url: string;
  readonly short: boolean;
  readonly fans?: number | undefined;
  readonly bots?: number | undefined;
  readonly seats?: number | undefined;
  /** What is cloned; its places are the `seats`. */
  readonly event?: { readonly slug: string; readonly places: number } | undefined;
  readonly seed?: number | undefined;
  /** Seconds. */
  readonly ramp?: number | undefined;
  readonly abandon?: number | undefined;
  readonly contested?: number | undefined;
  readonly concurrency?: number | undefined;
  /** false: no line. */
  readonly line?: boolean | undefined;
  /** Seconds. */
  readonly lobby?: number | undefined;
  readonly cap?: number | undefined;
  readonly inflow?: number | undefined;
  /** Fans per second. */
  readonly poisson?: number | undefined;
  readonly replay?: { readonly orders: readonly RecordedOrder[]; readonly compress: number } | undefined;
  readonly faults?: readonly ScheduledFault[] | undefined;
};

const FANS = 1_000;
const SHORT_FANS = 300;
const CLONE_FANS_MAX = 10_000;
/** Fans per place: with two tickets each, about three times what there is to sell. */
const FANS_PER_SEAT = 1.5;
/** A full ramp brings this many fans per second on average. */
const FANS_PER_SECOND = 100;
const RAMP_MS = { least: 5_000, most: 40_000 };
const SHORT_RAMP_MS = 4_000;
/** A quarter of the ramp between these: long enough to pay in a crowd, short enough to see seats come back. */
const HOLD_TTL_MS = { least: 15_000, most: 60_000 };
const SHORT_HOLD_TTL_MS = 5_000;
/** With a line few are inside at once; a hold that was left behind holds the whole line up. */
const LINE_HOLD_TTL_MS = 15_000;
const CONTESTED_BLOCKS = 5;
const CONCURRENCY = 256;

/** Of a hundred fans who come to a flash sale, how many come after the release. */
const LATE_PCT = 12;
/** Joining costs a statement and a signature: two cores that carry the crowd as well take about so many a second. */
const JOINS_PER_SECOND = 160;
const LOBBY_MS = { least: 8_000, most: 120_000 };
/** What two cores serve well that carry the crowd as well; a line is there to keep a sale below that. */
const CAP = { perSeat: 0.2, least: 20, most: 120 };
const INFLOW = { perSeat: 0.03, least: 8, most: 15 };
const PASS_TTL_MS = 20_000;
const PASS_MAX_MS = 45_000;
const GRACE_MS = 20_000;
const LINE_PATIENCE_MS = { least: 4_000, most: 12_000 };
/**
 * Beyond the target, so that a machine with other work still sells out and says how late; and beyond the time to pay, so that
 * seats of an order that nobody pays any more come back while somebody waits for them.
 */
const SALE_LIMIT_MS = PAY_WITHIN_MS + 120_000;
const BOT_REQUESTS_PER_SECOND = 60;
/** forecast.ts lets a crowd ask 10,000 times a second in all; here the same two cores ask and answer. */
const CROWD_STRETCH = 16;

export function drillSettings(wishes: DrillWishes): DrillSettings {
  const { short, replay, event } = wishes;
  const fans = Math.min(wishes.fans ?? usualFans(wishes), replay?.orders.length ?? Infinity);
  const seats = event?.places ?? wishes.seats ?? Math.max(12, Math.round(fans / FANS_PER_SEAT));
  const rampMs = rampOf(wishes, fans);
  const line = wishes.line === false ? null : lineSettings(wishes, { fans, seats });
  const holdTtlMs = short
    ? SHORT_HOLD_TTL_MS
    : line
      ? LINE_HOLD_TTL_MS
      : Math.round(within(rampMs / 4, HOLD_TTL_MS));
  return {
    url: wishes.url.replace(/\/$/, ""),
    seed: wishes.seed ?? 1,
    fans,
    bots: wishes.bots ?? 0,
    seats,
    event: event?.slug ?? null,
    line,
    arrivals: arrivalsOf(wishes, { lobbyMs: line?.lobbyMs ?? 0, rampMs }),
    abandonPct: wishes.abandon ?? 8,
    contestedPct: wishes.contested ?? 25,
    contestedBlocks: CONTESTED_BLOCKS,
    // Whoever abandons keeps seats from the others for one TTL; without a line the patient ones are there when they come back.
    patienceMs: line ? LINE_PATIENCE_MS : { least: Math.round(holdTtlMs / 2), most: 3 * holdTtlMs },
    looksLeast: line ? 3 : 6,
    holdTtlMs,
    lookAgainMaxMs: line ? 2_000 : Math.round(holdTtlMs / 3),
    saleLimitMs: Math.max(SALE_LIMIT_MS, 2_000 * soldOutTargetS(seats)),
    concurrency: wishes.concurrency ?? CONCURRENCY,
    botRequestsPerSecond: BOT_REQUESTS_PER_SECOND,
    crowdStretch: CROWD_STRETCH,
    faults: wishes.faults ?? [],
  };
}

/** Enough to sell a cloned plan out, as far as two cores can bring so many. */
function usualFans({ short, event }: DrillWishes): number {
  if (event) return Math.min(CLONE_FANS_MAX, Math.ceil(event.places * FANS_PER_SEAT));
  return short ? SHORT_FANS : FANS;
}

/** Without a line: the time of all arrivals. With one: of those who come after the release. */
function rampOf({ short, ramp, line }: DrillWishes, fans: number): number {
  if (ramp !== undefined) return ramp * 1_000;
  if (short) return SHORT_RAMP_MS;
  const ms = Math.max(RAMP_MS.least, Math.round((fans / FANS_PER_SECOND) * 1_000));
  return line === false ? ms : Math.min(ms, RAMP_MS.most);
}

function lineSettings(
  { short, lobby, cap, inflow }: DrillWishes,
  { fans, seats }: { fans: number; seats: number },
): DrillLineSettings {
  return {
    lobbyMs:
      lobby === undefined ? Math.round(within((fans / JOINS_PER_SECOND) * 1_000, LOBBY_MS)) : lobby * 1_000,
    cap: cap ?? Math.round(within(seats * CAP.perSeat, CAP)),
    inflowPerSecond: inflow ?? Math.round(within(seats * INFLOW.perSeat, INFLOW)),
    passTtlMs: short ? 8_000 : PASS_TTL_MS,
    passMaxMs: PASS_MAX_MS,
    graceMs: short ? 6_000 : GRACE_MS,
  };
}

function arrivalsOf(
  { poisson, replay }: DrillWishes,
  { lobbyMs, rampMs }: { lobbyMs: number; rampMs: number },
): ArrivalShape {
  if (replay) return { kind: "replay", ...replay };
  if (poisson !== undefined) return { kind: "poisson", lobbyMs, perSecond: poisson };
  return { kind: "flash", lobbyMs, latePct: LATE_PCT, lateMs: rampMs };
}

function within(value: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, value));
}
