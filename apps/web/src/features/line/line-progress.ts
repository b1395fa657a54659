import type { Standing } from "@onsale/core/line/standing";
import type { LineNow } from "@onsale/core/line/now-serving";
import { type Feed, serverMs } from "./line-feed.ts";
import type { KeptPass } from "../line-pass/kept-shapes.ts";
import { type Standstill, standstillWords } from "./line-words.ts";
import type { CheckIn } from "../line-pass/standing.ts";

/** Everything the page knows at one moment. */
export type LineFacts = {
  readonly now: LineNow;
  /** As the feed keeps it: does not fall while a lost room is set up again. */
  readonly servedTo: number;
  readonly resting: Feed["resting"];
  readonly standing: Standing | null;
  readonly checkIn: CheckIn | null;
  readonly pass: KeptPass | null;
  /** The server's clock. */
  readonly nowMs: number;
};

export type Waiting = {
  readonly number: number;
  /** How many are before this fan; 0 for the next one. */
  readonly ahead: number;
  /** How much of the way from the first number is done, 0 to 1. */
  readonly travelled: number;
  /** near: asked to stay, because it is nearly their turn. late: the number was called and its fan came after. */
  readonly place: "far" | "near" | "late";
  readonly standstill: Standstill | null;
};

/** What the page says. One scene at a time. */
export type Scene =
  | { readonly kind: "not_open"; readonly opensInMs: number }
  | { readonly kind: "lobby"; readonly joined: boolean; readonly drawsInMs: number }
  | { readonly kind: "drawing"; readonly joined: boolean }
  | { readonly kind: "number_coming" }
  | { readonly kind: "can_join"; readonly ahead: number; readonly standstill: Standstill | null }
  | ({ readonly kind: "waiting" } & Waiting)
  /** `pass` null: let in, and the pass is on its way. */
  | { readonly kind: "turn"; readonly pass: KeptPass | null }
  | { readonly kind: "lapsed"; readonly canRejoin: boolean }
  | { readonly kind: "over"; readonly why: "left" | "expired" | "removed"; readonly canRejoin: boolean }
  | { readonly kind: "bought" }
  /** `presaleOnly`: the places of this presale are gone, there are more. */
  | { readonly kind: "sold_out"; readonly waited: boolean; readonly presaleOnly: boolean }
  | { readonly kind: "last_calls" }
  | { readonly kind: "finished" };

/** A pause this short is the rhythm of waves, not news. */
const RESTING_NEWS_MS = 8_000;
/** These are news at once. */
const TOLD_AT_ONCE = new Set(["paused", "settling", "not_selling"]);

/** What has happened decides in this order: tickets, no more seats, the end, one's own turn, then the state of the line. */
export function sceneOf(facts: LineFacts): Scene {
  const { now, standing, checkIn } = facts;
  if (standing?.ended === "bought") return { kind: "bought" };
  if (now.soldOut)
    return {
      kind: "sold_out",
      waited: standing !== null,
      presaleOnly: now.left.some(({ free }) => free > 0),
    };
  if (now.finished) return { kind: "finished" };
  if (standing?.ended) return { kind: "over", why: standing.ended, canRejoin: takesFans(now) };
  if (standing && (standing.phase === "inside" || checkIn === "inside"))
    return { kind: "turn", pass: facts.pass };
  if (standing && checkIn === "lapsed") return { kind: "lapsed", canRejoin: takesFans(now) };
  return sceneOfState(facts);
}

const takesFans = (now: LineNow) => now.state === "open" || now.state === "paused";

function sceneOfState(facts: LineFacts): Scene {
  const { now, standing, nowMs } = facts;
  switch (now.state) {
    case "closed":
      return { kind: "not_open", opensInMs: Math.max(0, now.lobbyOpensAtMs - nowMs) };
    case "lobby":
      return {
        kind: "lobby",
        joined: standing !== null,
        drawsInMs: Math.max(0, now.drawsAtMs - nowMs),
      };
    case "drawing":
      return { kind: "drawing", joined: standing !== null };
    case "open":
    case "paused":
    case "draining":
      return sceneAfterDraw(facts);
  }
}

function sceneAfterDraw(facts: LineFacts): Scene {
  const { now, standing } = facts;
  const standstill = standstillOf(facts);
  if (!standing) {
    if (now.state === "draining") return { kind: "last_calls" };
    return { kind: "can_join", ahead: Math.max(0, now.lastNumber - facts.servedTo), standstill };
  }
  if (standing.number === null) return { kind: "number_coming" };
  return { kind: "waiting", ...waitingOf(facts, standing.number), standstill };
}

function waitingOf({ now, servedTo }: LineFacts, number: number): Omit<Waiting, "standstill"> {
  return {
    number,
    ahead: Math.max(0, number - servedTo - 1),
    travelled: Math.min(1, servedTo / Math.max(1, number)),
    place: number <= servedTo ? "late" : number <= now.calledTo ? "near" : "far",
  };
}

function standstillOf({ now, resting, nowMs }: LineFacts): Standstill | null {
  if (now.state === "paused") return standstillWords("paused");
  if (!resting) return null;
  const isNews = TOLD_AT_ONCE.has(resting.reason) || nowMs - resting.sinceMs >= RESTING_NEWS_MS;
  return isNews ? standstillWords(resting.reason) : null;
}

export function factsAt(
  feed: Feed,
  fan: Pick<LineFacts, "standing" | "checkIn" | "pass">,
  browserMs: number,
): LineFacts | null {
  if (!feed.now) return null;
  const { now, servedTo, resting } = feed;
  return { ...fan, now, servedTo, resting, nowMs: serverMs(feed, browserMs) };
}
