import { LINE_DEFAULTS } from "./line-defaults.ts";
import type { LineNow } from "./now-serving.ts";

export type Odds = "good" | "fair" | "slim" | "none";
export type Forecast = {
  /** Numbers before this one that were not let in; some of them may have left. */
  readonly ahead: number;
  /** How long until this number is let in; null while nobody can say. */
  readonly etaMs: { readonly least: number; readonly most: number } | null;
  /** Whether something will be free then; null when the line does not decide it. */
  readonly odds: Odds | null;
  readonly turn: "wait" | "check_in";
};

/** Free places, divided by the places that this fan and those ahead are likely to take. */
export const ODDS_GOOD_FROM = 1.5;
export const ODDS_FAIR_FROM = 0.8;
/** Used until the first fans are through; most orders are for two. */
const TICKETS_PER_PASS_GUESS = 2;

/** The rate of the last minutes is not that of the next ones. */
const ETA_LEAST_SHARE = 0.75;
const ETA_MOST_SHARE = 1.5;
const ETA_MOST_MORE_MS = 15_000;

/** What a fan with this number can expect; all of it from the public document. */
export function forecastOf(now: LineNow, number: number): Forecast {
  const ahead = Math.max(0, number - 1 - now.servedTo);
  return {
    ahead,
    etaMs: etaOf(now, number),
    odds: oddsOf(now, ahead),
    turn: !now.finished && number <= now.calledTo ? "check_in" : "wait",
  };
}

function etaOf(now: LineNow, number: number): Forecast["etaMs"] {
  const moving = now.state === "open" || now.state === "draining";
  if (!moving || now.finished || now.soldOut || now.perMinute <= 0) return null;
  const ms = (Math.max(0, number - now.servedTo) / now.perMinute) * 60_000;
  return {
    least: Math.round(ms * ETA_LEAST_SHARE),
    most: Math.round(ms * ETA_MOST_SHARE + ETA_MOST_MORE_MS),
  };
}

function oddsOf(now: LineNow, ahead: number): Odds | null {
  if (now.soldOut) return "none";
  if (now.finished || now.left.length === 0) return null;
  const free = now.left.reduce((sum, category) => sum + category.free, 0);
  // Nothing is free but not everything is sold: a hold may come back.
  if (free === 0) return "slim";
  const share = free / ((ahead + 1) * (now.ticketsPerPass ?? TICKETS_PER_PASS_GUESS));
  return share >= ODDS_GOOD_FROM ? "good" : share >= ODDS_FAIR_FROM ? "fair" : "slim";
}

/**
 * Means: a page asks after two thirds to four thirds of them, so 1 to 2 s near the front and 15 to 30 s far from it.
 */
const NEAR_MS = 1_500;
const FAR_MS = 22_500;
/** A fan asks again after this share of the time that is left. */
const ASK_EVERY_SHARE = 1 / 4;
/** Where many wait for the same moment, all of them together ask about this many times per second. */
const ASKS_PER_SECOND_MAX = 10_000;
/**
 * In a fast line many are near the front at once. For each fan per second they ask later by this much, for the same
 * reason.
 */
const NEAR_MS_PER_RATE = 5;
const LOBBY_SPREAD_MS = 5_000;
/** For the round of the controller, the answer and the check-in. */
const OPENING_LEAST_MS = 3_000;

/**
 * When to ask for the document again. `number` is null until the draw; `random` is in [0, 1). In the lobby the next
 * question is timed to fall just after the draw, spread over as long as the crowd needs.
 */
export function nextPollMs({
  now,
  number,
  random,
}: {
  now: LineNow;
  number: number | null;
  random: number;
}): number {
  const jittered = (ms: number) => Math.round(ms * (2 / 3 + (2 / 3) * random));
  if (now.finished) return jittered(FAR_MS);
  if (now.state === "closed") return beforeMs(now.lobbyOpensAtMs - now.atMs, LOBBY_SPREAD_MS, random);
  if (now.state === "lobby") return beforeMs(now.drawsAtMs - now.atMs, crowdMs(now.entries), random);
  if (number === null) return jittered(crowdMs(now.entries));
  if (number <= now.calledTo) return jittered(NEAR_MS);
  const perSecond = now.perMinute > 0 ? now.perMinute / 60 : LINE_DEFAULTS.inflowPerSecond;
  const untilCalledMs = ((number - now.calledTo) / perSecond) * 1_000;
  const nearMs = Math.max(NEAR_MS, perSecond * NEAR_MS_PER_RATE);
  return jittered(Math.min(FAR_MS, Math.max(nearMs, untilCalledMs * ASK_EVERY_SHARE)));
}

/**
 * How long after the draw the first fans have before numbers behind them go in. Pages ask at the time of the draw,
 * spread over crowdMs. While the order is still being written they ask once more, up to four thirds of crowdMs later.
 * Then they check in. `earlyMs`: how long before its time somebody made the draw; pages that rest until then hear of it
 * with their next question.
 */
export function openingMs({ entries, earlyMs }: { entries: number; earlyMs: number }): number {
  const rest = Math.min(FAR_MS * (4 / 3), Math.max(0, earlyMs));
  return Math.round(OPENING_LEAST_MS + rest + crowdMs(entries) * (1 + 4 / 3));
}

function crowdMs(fans: number): number {
  return Math.min(FAR_MS, Math.max(NEAR_MS, (fans / ASKS_PER_SECOND_MAX) * 1_000));
}

/** Far from a known moment: now and then. Close to it: once, soon after it. */
function beforeMs(leftMs: number, spreadMs: number, random: number): number {
  const rest = FAR_MS * (2 / 3 + (2 / 3) * random);
  return Math.round(Math.min(rest, Math.max(0, leftMs) + 500 + spreadMs * random));
}
