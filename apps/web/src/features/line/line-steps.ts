import type { Standing } from "@onsale/core/line/standing";
import type { LineNow } from "@onsale/core/line/now-serving";
import { retryMs } from "./line-feed.ts";
import { passLeftMs } from "../line-pass/line-memory.ts";
import type { KeptPass, KeptPlace } from "../line-pass/kept-shapes.ts";
import type { CheckIn } from "../line-pass/standing.ts";

/** One fan's side of the line in this browser. Pure like the feed: clock and chance come from outside. */
export type Fan = {
  readonly standing: Standing | null;
  readonly checkIn: CheckIn | null;
  readonly pass: KeptPass | null;
  /** In which room the last sign of life was given; another one knows nothing of it. */
  readonly room: string | null;
  /** No call of its own accord before this. */
  readonly dueAtMs: number;
  readonly failures: number;
  /** Whether the draw was seen; from then on the number is asked for once, at a moment of its own. */
  readonly drawSeen: boolean;
};

/** mine: learn the place anew. check_in: say that one is here. enter: fetch the pass. renew: it is in use. */
export type Step = "mine" | "check_in" | "enter" | "renew";

/** A crowd asks for its numbers over so long that about 5,000 questions fall into a second. */
const NUMBERS_PER_SECOND = 5_000;
const NUMBERS_SPREAD_MAX_MS = 20_000;
const AGAIN_MS = 3_000;
/** An older sign of life of another tab says nothing about now. */
const SIGN_COUNTS_MS = 15_000;
/** A new room is greeted by everybody near the front within this time. */
const NEW_ROOM_SPREAD_MS = 2_000;

export const newFan = (standing: Standing | null, pass: KeptPass | null, atMs: number): Fan => ({
  standing,
  checkIn: null,
  pass,
  room: null,
  dueAtMs: atMs,
  failures: 0,
  drawSeen: false,
});

/**
 * What this browser should ask next, by itself; null: nothing but the public document, which is null while nobody could
 * fetch it. `shopping`: the seats or the checkout are open here, so the pass is in use.
 */
export function nextStep(
  { standing, checkIn, pass }: Fan,
  now: LineNow | null,
  { atMs, shopping }: { atMs: number; shopping: boolean },
): Step | null {
  if (!standing || standing.ended || now?.finished) return null;
  if (standing.phase === "inside" || checkIn === "inside") {
    if (!pass) return "enter";
    if (passLeftMs(pass, atMs) <= 0) return "mine";
    return shopping && isRenewalDue(pass, atMs) ? "renew" : null;
  }
  if (!now || !isDrawn(now)) return null;
  if (standing.number === null) return "mine";
  if (checkIn === "lapsed" || standing.number > now.calledTo) return null;
  return "check_in";
}

/** Each third of its life, so that two renewals may be lost; never past the end of shopping. */
export function isRenewalDue(pass: KeptPass, atMs: number): boolean {
  const { expiresAtMs, issuedAtMs, shopUntilMs, keptAtMs } = pass;
  if (expiresAtMs >= shopUntilMs) return false;
  return atMs - keptAtMs >= (expiresAtMs - issuedAtMs) / 3;
}

const isDrawn = ({ state }: LineNow) => state === "open" || state === "paused" || state === "draining";

/** What a new document changes about when to call: the draw spreads its crowd, a new room wants to be greeted. */
export function sawNow(fan: Fan, now: LineNow, { atMs, random }: { atMs: number; random: number }): Fan {
  if (!fan.drawSeen && isDrawn(now)) {
    const isCrowd = fan.standing !== null && fan.standing.number === null;
    const spreadMs = Math.min(NUMBERS_SPREAD_MAX_MS, (now.entries / NUMBERS_PER_SECOND) * 1_000);
    return { ...fan, drawSeen: true, dueAtMs: isCrowd ? atMs + spreadMs * random : fan.dueAtMs };
  }
  const roomIsNew = fan.room !== null && now.room !== "" && now.room !== fan.room;
  if (!roomIsNew || fan.checkIn === "inside") return fan;
  return { ...fan, room: null, dueAtMs: Math.min(fan.dueAtMs, atMs + NEW_ROOM_SPREAD_MS * random) };
}

export function tookPlace(fan: Fan, standing: Standing | null, atMs: number): Fan {
  const isSame = standing?.entry === fan.standing?.entry && standing?.number === fan.standing?.number;
  const isOver = standing === null || standing.ended !== null;
  return {
    ...fan,
    standing,
    checkIn: isSame && !isOver ? fan.checkIn : null,
    pass: isOver ? null : fan.pass,
    failures: 0,
    // Whoever asks because a pass ran out may be told of the end a moment later only.
    dueAtMs: isSame ? atMs + AGAIN_MS : atMs,
  };
}

export function checkedIn(
  fan: Fan,
  kind: CheckIn,
  { atMs, checkInMs, room }: { atMs: number; checkInMs: number; room: string },
): Fan {
  const dueAtMs = kind === "inside" ? atMs : atMs + checkInMs;
  return { ...fan, checkIn: kind, room: room === "" ? fan.room : room, dueAtMs, failures: 0 };
}

export function gotPass(fan: Fan, pass: KeptPass, atMs: number): Fan {
  return { ...fan, pass, checkIn: "inside", failures: 0, dueAtMs: atMs };
}

export function stepFailed(fan: Fan, { atMs, random }: { atMs: number; random: number }): Fan {
  const failures = fan.failures + 1;
  return { ...fan, failures, dueAtMs: atMs + retryMs(failures, random) };
}

/** What another tab of this browser learnt; its signs of life count for this one too. */
export function adoptedPlace(
  fan: Fan,
  place: KeptPlace | null,
  { pass, checkInMs, atMs }: { pass: KeptPass | null; checkInMs: number; atMs: number },
): Fan {
  const withPass = pass ? { ...fan, pass } : fan;
  if (!place?.standing) return withPass;
  if (!isSamePlace(place.standing, fan.standing)) return tookPlace(withPass, place.standing, atMs);
  const sign = place.checkedIn;
  if (!sign || atMs - sign.atMs > SIGN_COUNTS_MS) return withPass;
  const dueAtMs = sign.kind === "inside" ? atMs : Math.max(fan.dueAtMs, sign.atMs + checkInMs);
  return { ...withPass, checkIn: sign.kind, dueAtMs };
}

function isSamePlace(a: Standing, b: Standing | null): boolean {
  return a.entry === b?.entry && a.number === b.number && a.phase === b.phase && a.ended === b.ended;
}
