import type { LineNow } from "@onsale/core/line/now-serving";

/**
 * What this browser knows of the line's public document and when it asks again. Pure: every step gets the browser's
 * clock (`atMs`) and chance (`random`, 0 to 1) from outside.
 */
export type Feed = {
  readonly now: LineNow | null;
  /** The server's clock minus this browser's; the least delayed answer so far tells best. */
  readonly offsetMs: number | null;
  /** Asked again from here on. */
  readonly dueAtMs: number;
  readonly askedAtMs: number;
  readonly failures: number;
  readonly answeredAtMs: number | null;
  /** The server knows no such line. */
  readonly gone: boolean;
  /** Numbers up to this one were let in; does not fall while a lost room is set up again. */
  readonly servedTo: number;
  /** Since when nobody was let in, and the reason now. */
  readonly resting: { readonly reason: string; readonly sinceMs: number } | null;
};

/** However eager the reasons to ask are, not more often than this. */
const ASK_GAP_MS = 1_000;
const RETRY_FIRST_MS = 1_500;
const RETRY_MAX_MS = 30_000;
/** One answer lost on a train is no news. */
const QUIET_MS = 8_000;
/** The document is written each second; one this old has no writer. */
const STALE_MS = 20_000;
/** Two clocks that part by more: the machine slept, or its clock was set. */
const GAP_MS = 2_000;

export const emptyFeed = (atMs: number): Feed => ({
  now: null,
  offsetMs: null,
  dueAtMs: atMs,
  askedAtMs: Number.NEGATIVE_INFINITY,
  failures: 0,
  answeredAtMs: null,
  gone: false,
  servedTo: 0,
  resting: null,
});

export const isDue = (feed: Feed, atMs: number) =>
  !feed.gone && atMs >= feed.dueAtMs && atMs - feed.askedAtMs >= ASK_GAP_MS;

export const asked = (feed: Feed, atMs: number): Feed => ({ ...feed, askedAtMs: atMs });

export function received(feed: Feed, now: LineNow, { atMs, pollMs }: { atMs: number; pollMs: number }): Feed {
  const isNewer = feed.now === null || now.atMs >= feed.now.atMs;
  const latest = isNewer ? now : feed.now;
  const offset = now.atMs - atMs;
  return {
    now: latest,
    offsetMs: feed.offsetMs === null ? offset : Math.max(feed.offsetMs, offset),
    dueAtMs: atMs + pollMs,
    askedAtMs: feed.askedAtMs,
    failures: 0,
    answeredAtMs: atMs,
    gone: false,
    servedTo: isUnsettled(latest) ? Math.max(feed.servedTo, latest.servedTo) : latest.servedTo,
    resting: restingAfter(feed.resting, latest.resting, latest.atMs),
  };
}

export function failed(feed: Feed, { atMs, random }: { atMs: number; random: number }): Feed {
  const failures = feed.failures + 1;
  return { ...feed, failures, dueAtMs: atMs + retryMs(failures, random) };
}

export const lineGone = (feed: Feed): Feed => ({ ...feed, gone: true });

/** After sleep, a lost network or a look at another tab: ask at once, and measure the clocks anew if they parted. */
export function woken(feed: Feed, { atMs, slept }: { atMs: number; slept: boolean }): Feed {
  return { ...feed, dueAtMs: Math.min(feed.dueAtMs, atMs), offsetMs: slept ? null : feed.offsetMs };
}

/** Exponential with full jitter above a floor: a crowd that lost the same server does not come back as one. */
export function retryMs(failures: number, random: number): number {
  const most = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** (failures - 1));
  return most / 2 + (most / 2) * random;
}

/** Between two looks both clocks must have moved alike; one stands still in sleep, the other may be set. */
export const clocksParted = (
  before: { wallMs: number; steadyMs: number },
  after: { wallMs: number; steadyMs: number },
) => Math.abs(after.wallMs - before.wallMs - (after.steadyMs - before.steadyMs)) > GAP_MS;

export const serverMs = (feed: Feed, atMs: number) => atMs + (feed.offsetMs ?? 0);

export type Link = "loading" | "live" | "reconnecting" | "stale" | "gone";

export function linkOf(feed: Feed, atMs: number): Link {
  if (feed.gone) return "gone";
  if (feed.now === null || feed.answeredAtMs === null) return feed.failures > 1 ? "reconnecting" : "loading";
  if (feed.failures > 0 && atMs - feed.answeredAtMs > QUIET_MS) return "reconnecting";
  return serverMs(feed, feed.answeredAtMs) - feed.now.atMs > STALE_MS ? "stale" : "live";
}

const isUnsettled = (now: LineNow) => now.room === "" || now.resting === "settling";

function restingAfter(before: Feed["resting"], reason: string | null, atMs: number): Feed["resting"] {
  if (reason === null) return null;
  return { reason, sinceMs: before?.sinceMs ?? atMs };
}
