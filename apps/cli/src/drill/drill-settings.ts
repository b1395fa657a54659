/** One drill, with every default filled in; printed in its report. Times are milliseconds. */
export type DrillSettings = {
  readonly url: string;
  readonly seed: number;
  readonly fans: number;
  readonly seats: number;
  /** Slug of the event to clone, or null for a house of `seats` places. */
  readonly event: string | null;
  readonly rampMs: number;
  readonly abandonPct: number;
  readonly contestedPct: number;
  readonly contestedBlocks: number;
  readonly patienceMs: { readonly least: number; readonly most: number };
  readonly holdTtlMs: number;
  readonly lookAgainMaxMs: number;
  readonly concurrency: number;
};

/** What a person may set; the rest follows. */
export type DrillWishes = {
  readonly url: string;
  readonly short: boolean;
  readonly fans?: number | undefined;
  readonly seats?: number | undefined;
  readonly event?: string | undefined;
  readonly seed?: number | undefined;
  /** Seconds. */
  readonly ramp?: number | undefined;
  readonly abandon?: number | undefined;
  readonly contested?: number | undefined;
  readonly concurrency?: number | undefined;
};

const FANS = 1_000;
const SHORT_FANS = 300;
/** Fans per place: with two tickets each, about three times what there is to sell. */
const FANS_PER_SEAT = 1.5;
/** A full ramp brings this many fans per second on average. */
const FANS_PER_SECOND = 100;
const RAMP_MS_MIN = 5_000;
const SHORT_RAMP_MS = 4_000;
/** A quarter of the ramp between these: long enough to pay in a crowd, short enough to see seats come back. */
const HOLD_TTL_MS = { least: 15_000, most: 60_000 };
const SHORT_HOLD_TTL_MS = 5_000;
const CONTESTED_BLOCKS = 5;
const CONCURRENCY = 256;

export function drillSettings(wishes: DrillWishes): DrillSettings {
  const { short } = wishes;
  const fans = wishes.fans ?? (short ? SHORT_FANS : FANS);
  const rampMs =
    wishes.ramp === undefined
      ? short
        ? SHORT_RAMP_MS
        : Math.max(RAMP_MS_MIN, Math.round((fans / FANS_PER_SECOND) * 1_000))
      : wishes.ramp * 1_000;
  // Whoever abandons keeps seats from the others for one TTL; the patient ones are still there when they come back.
  const holdTtlMs = short
    ? SHORT_HOLD_TTL_MS
    : Math.round(Math.min(HOLD_TTL_MS.most, Math.max(HOLD_TTL_MS.least, rampMs / 4)));
  return {
    url: wishes.url.replace(/\/$/, ""),
    seed: wishes.seed ?? 1,
    fans,
    seats: wishes.seats ?? Math.max(12, Math.round(fans / FANS_PER_SEAT)),
    event: wishes.event ?? null,
    rampMs,
    abandonPct: wishes.abandon ?? 8,
    contestedPct: wishes.contested ?? 25,
    contestedBlocks: CONTESTED_BLOCKS,
    patienceMs: { least: Math.round(holdTtlMs / 2), most: 3 * holdTtlMs },
    holdTtlMs,
    lookAgainMaxMs: Math.round(holdTtlMs / 3),
    concurrency: wishes.concurrency ?? CONCURRENCY,
  };
}
