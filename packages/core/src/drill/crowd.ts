import { makeRandom, type Random } from "./random.ts";

/** Who comes to a drill and what each of them is set on doing; nothing here depends on how the sale goes. */
export type CrowdShape = {
  readonly seed: number;
  readonly fans: number;
  /** The crowd arrives within this time, most of it at the start. */
  readonly rampMs: number;
  /** Take seats and never come back: their holds run out. */
  readonly abandonPct: number;
  /** Fight for the same few seats first. */
  readonly contestedPct: number;
  /** How long a fan stays when there is nothing to take: between the two, per fan. */
  readonly patienceMs: { readonly least: number; readonly most: number };
  readonly maxPerFan: number;
};

/**
 * contested: presses for one of the few seats that everybody wants, without looking again.
 * map: picks free seats somewhere in the house, from the snapshot.
 * best: asks the server for the best seats left.
 * accessible: needs a wheelchair place and takes its companion seats along.
 */
export type SeatWish = "contested" | "map" | "best" | "accessible";
/** decline: pays with a card that is refused, and goes. */
export type Ending = "buy" | "decline" | "release" | "abandon";

export type FanPlan = {
  readonly no: number;
  readonly arrivesAtMs: number;
  readonly wish: SeatWish;
  readonly quantity: number;
  readonly ending: Ending;
  /** Sends the same checkout twice at once. */
  readonly doubleClicks: boolean;
  /** From seeing the map to asking for seats, and from having them to paying. */
  readonly chooseMs: number;
  readonly payMs: number;
  readonly patienceMs: number;
  /** 0 <= x < 1: where in the house this fan looks first. */
  readonly place: number;
};

/** Seats that a contested fan asks for; two, as most people come. */
export const CONTESTED_QUANTITY = 2;
const ACCESSIBLE_PCT = 4;
const BEST_PCT = 30;
const DECLINE_PCT = 4;
const RELEASE_PCT = 4;
const DOUBLE_CLICK_PCT = 5;
const CHOOSE_MS = { least: 40, most: 700 };
const PAY_MS = { least: 80, most: 1_200 };
/** Of a hundred parties, how many come alone, as two, three ... */
const PARTY_SIZES = [16, 50, 12, 16, 4, 2] as const;
/** 1 is an even stream; higher brings more of the crowd at the opening. */
const RUSH = 1.8;

/** In order of arrival. The same shape gives the same crowd; more fans are added to the same ones. */
export function planCrowd(shape: CrowdShape): FanPlan[] {
  return Array.from({ length: shape.fans }, (_, no) => planFan(shape, no)).sort(
    (a, b) => a.arrivesAtMs - b.arrivesAtMs || a.no - b.no,
  );
}

function planFan(shape: CrowdShape, no: number): FanPlan {
  const random = makeRandom(shape.seed, no);
  // Every fan draws the same numbers in the same order, so that changing one share leaves all else as it was.
  const arrivesAtMs = Math.round(shape.rampMs * random.next() ** RUSH);
  const wish = wishOf(random, shape.contestedPct);
  const size = partySize(random, shape.maxPerFan);
  return {
    no,
    arrivesAtMs,
    wish,
    quantity: wish === "contested" ? Math.min(CONTESTED_QUANTITY, shape.maxPerFan) : size,
    ending: endingOf(random, shape.abandonPct),
    doubleClicks: random.chance(DOUBLE_CLICK_PCT),
    chooseMs: random.between(CHOOSE_MS.least, CHOOSE_MS.most),
    payMs: random.between(PAY_MS.least, PAY_MS.most),
    patienceMs: random.between(shape.patienceMs.least, shape.patienceMs.most),
    place: random.next(),
  };
}

function wishOf(random: Random, contestedPct: number): SeatWish {
  const [accessible, contested, best] = [
    random.chance(ACCESSIBLE_PCT),
    random.chance(contestedPct),
    random.chance(BEST_PCT),
  ];
  if (accessible) return "accessible";
  if (contested) return "contested";
  return best ? "best" : "map";
}

function endingOf(random: Random, abandonPct: number): Ending {
  const at = random.next() * 100;
  if (at < abandonPct) return "abandon";
  if (at < abandonPct + DECLINE_PCT) return "decline";
  return at < abandonPct + DECLINE_PCT + RELEASE_PCT ? "release" : "buy";
}

function partySize(random: Random, max: number): number {
  let at = random.next() * 100;
  for (const [index, share] of PARTY_SIZES.entries()) {
    at -= share;
    if (at < 0) return Math.min(index + 1, max);
  }
  return Math.min(2, max);
}
