import type { LineState } from "./line.ts";

/** What the controller knew when it decided how many to let in; stored with each wave. */
export type WaveInputs = {
  readonly state: LineState;
  /** Whether the sale that the line stands before sells at this moment. */
  readonly selling: boolean;
  readonly cap: number;
  readonly inflowPerSecond: number;
  readonly pacePct: number;
  readonly active: number;
  readonly front: number;
  /** Orders waiting for the writer. */
  readonly ordersWaiting: number;
  readonly databaseMs: number;
  /** Of the last payment calls; 0 when there were none. */
  readonly providerMs: number;
  readonly free: number;
  /** Held or in checkout: may come back. */
  readonly held: number;
  /** Tickets per fan who was let in and is done, so far; a guess while nobody is. */
  readonly ticketsPerPass: number;
};

/** What set the size of a wave: the tightest limit. */
export type WaveReason =
  | "inflow"
  | "cap"
  | "pace"
  | "nobody_present"
  | "orders_waiting"
  | "database_slow"
  | "provider_slow"
  | "stock_low"
  | "stock_gone"
  | "paused"
  | "settling"
  | "not_selling"
  | "not_open";

export type Wave = {
  /** How many were let in. */
  readonly admitted: number;
  /** Valid passes after it. */
  readonly activeAfter: number;
};

/** Where a wave begins to shrink, and where it has shrunk to `least` of its size; linear in between. */
type Slope = { readonly full: number; readonly end: number; readonly least: number };

/**
 * What slows the line. Orders: from a second of the writer's work to the length at which checkout itself refuses
 * (ORDER_QUEUE_MAX). The provider never stops it: its time is known from payments alone, so a line that waited for
 * it to recover would wait for payments that nobody is inside to make.
 */
export const WAVE_SLOPES = {
  ordersWaiting: { full: 1_000, end: 5_000, least: 0 },
  databaseMs: { full: 50, end: 500, least: 0 },
  providerMs: { full: 1_000, end: 10_000, least: 0.1 },
} as const satisfies Record<string, Slope>;

/**
 * Nobody is let in once those inside could buy what is free so many times over: more fans would only meet grey seats.
 */
const STOCK_COVER = 2;
/** For the last places: a few idle passes must not keep everybody else from them. */
const STOCK_INSIDE_LEAST = 10;

/**
 * How many may be let in now, and the tightest limit. Rates are per wave, a second each; they round up, so that a
 * small rate slowed down still moves. Who is present and what the cap leaves is decided again by the room's script.
 */
export function planWave(inputs: WaveInputs): { size: number; reason: WaveReason } {
  if (inputs.state === "paused") return { size: 0, reason: "paused" };
  if (inputs.state !== "open" && inputs.state !== "draining") return { size: 0, reason: "not_open" };
  if (!inputs.selling) return { size: 0, reason: "not_selling" };
  if (inputs.free <= 0) return { size: 0, reason: "stock_gone" };
  let tightest: { size: number; reason: WaveReason } = { size: inputs.inflowPerSecond, reason: "inflow" };
  for (const [reason, limit] of limitsOf(inputs))
    if (limit < tightest.size) tightest = { size: limit, reason };
  return { size: Math.max(0, tightest.size), reason: tightest.reason };
}

/** Where two are equally tight, the one named first is the reason. */
function limitsOf(inputs: WaveInputs): [WaveReason, number][] {
  const { inflowPerSecond, pacePct, cap, active, front } = inputs;
  const slowedTo = (share: number) => Math.ceil((inflowPerSecond * pacePct * share) / 100);
  return [
    ["pace", slowedTo(1)],
    ["orders_waiting", slowedTo(shareAt(WAVE_SLOPES.ordersWaiting, inputs.ordersWaiting))],
    ["database_slow", slowedTo(shareAt(WAVE_SLOPES.databaseMs, inputs.databaseMs))],
    ["provider_slow", slowedTo(shareAt(WAVE_SLOPES.providerMs, inputs.providerMs))],
    ["cap", cap - active],
    ["stock_low", stockLimit(inputs)],
    ["nobody_present", front],
  ];
}

function shareAt({ full, end, least }: Slope, value: number): number {
  const done = Math.min(1, Math.max(0, (value - full) / (end - full)));
  return 1 - done * (1 - least);
}

function stockLimit({ free, active, ticketsPerPass }: WaveInputs): number {
  if (ticketsPerPass <= 0) return Infinity;
  return Math.max(Math.ceil((STOCK_COVER * free) / ticketsPerPass), STOCK_INSIDE_LEAST) - active;
}

/** Seconds of waves that stand ready: a called fan hears of it within two seconds and needs a moment to answer. */
const FRONT_SECONDS = 5;
const FRONT_LEAST = 20;

/**
 * How many present fans should stand at the front: enough for the next waves, and few enough that the order of numbers
 * still counts.
 */
export function frontTargetOf(line: { inflowPerSecond: number; pacePct: number; cap: number }): number {
  if (line.cap <= 0 || line.inflowPerSecond <= 0) return 0;
  const ahead = Math.ceil((line.inflowPerSecond * line.pacePct * FRONT_SECONDS) / 100);
  return Math.max(FRONT_LEAST, Math.min(ahead, line.cap));
}
