import { type Arrival, type ArrivalShape, planArrivals } from "./arrivals.ts";
import { makeRandom, type Random } from "./random.ts";

/** Who comes to a drill and what each of them is set on doing; nothing here depends on how the sale goes. */
export type CrowdShape = {
  readonly seed: number;
  readonly fans: number;
  readonly arrivals: ArrivalShape;
  /** Take seats and never come back: their holds run out. */
  readonly abandonPct: number;
  /** Fight for the same few seats first. */
  readonly contestedPct: number;
  /** How long a fan looks for seats when there is nothing to take: between the two, per fan. */
  readonly patienceMs: Span;
  readonly maxPerFan: number;
  /** What only people in a line do; null where nobody waits in one. */
  readonly line: LineManners | null;
};
type Span = { readonly least: number; readonly most: number };

export type LineManners = {
  /** Go home before it is their turn, after a time between the two. */
  readonly leavePct: number;
  readonly leaveAfterMs: Span;
  /** Close the laptop at a moment between the two, counted from the release, and come back after `napMs`. */
  readonly napPct: number;
  readonly napFromMs: Span;
  readonly napMs: Span;
  /** Join from two tabs or two devices at once. */
  readonly tabsPct: number;
};

/**
 * contested: presses for one of the few seats that everybody wants, without looking again.
 * map: picks free seats somewhere in the plan, from the snapshot.
 * best: asks the server for the best seats left.
 * accessible: needs a wheelchair place and takes its companion seats along.
 */
export type SeatWish = "contested" | "map" | "best" | "accessible";
/** decline: pays with a card that is refused, gives the seats back and goes. */
export type Ending = "buy" | "decline" | "release" | "abandon";
/** Ways to pay in the sandbox, as its provider names them. */
export type DrillMethod =
  | "card_ok"
  | "card_declined"
  | "card_3ds"
  | "card_stall"
  | "card_late_webhook"
  | "card_duplicate_webhook";

export type FanPlan = {
  readonly no: number;
  /** From the release, or from the opening where there is no line; negative: in the lobby. */
  readonly arrivesAtMs: number;
  /** An IPv4 address of their own. */
  readonly address: string;
  readonly wish: SeatWish;
  readonly quantity: number;
  readonly ending: Ending;
  readonly method: DrillMethod;
  /** Sends the same checkout twice at once. */
  readonly doubleClicks: boolean;
  /** From seeing the map to asking for seats, and from having them to paying. */
  readonly chooseMs: number;
  readonly payMs: number;
  readonly patienceMs: number;
  /** Goes home this long after joining the line; null: stays to the end. */
  readonly leavesAfterMs: number | null;
  readonly nap: { readonly atMs: number; readonly forMs: number } | null;
  /** Whose place lapsed stands at the end again, or goes. */
  readonly rejoins: boolean;
  readonly tabs: 1 | 2;
  /** 0 <= x < 1: where in the plan this fan looks first. */
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
/** Of a hundred who buy: banks that ask, stall, answer late or twice. The others' work. */
const METHODS: readonly (readonly [DrillMethod, number])[] = [
  ["card_3ds", 6],
  ["card_stall", 3],
  ["card_late_webhook", 3],
  ["card_duplicate_webhook", 3],
];
const REJOIN_PCT = 50;
/** Their choices in the line come from streams of their own: with or without a line the same fans shop the same way. */
const LINE_STREAM = 0x011e_0000;

/** In order of arrival. The same shape gives the same crowd; more fans are added to the same ones. */
export function planCrowd(shape: CrowdShape): FanPlan[] {
  return planArrivals(shape.arrivals, shape)
    .map((arrival) => planFan(shape, arrival))
    .sort((a, b) => a.arrivesAtMs - b.arrivesAtMs || a.no - b.no);
}

function planFan(shape: CrowdShape, { no, atMs, quantity }: Arrival): FanPlan {
  const random = makeRandom(shape.seed, no);
  // Every fan takes the same random numbers in the same order, so that changing one share leaves all else as it was.
  const wish = wishOf(random, shape.contestedPct);
  const size = quantity === null ? partySize(random, shape.maxPerFan) : Math.min(quantity, shape.maxPerFan);
  const ending = endingOf(random, shape.abandonPct);
  return {
    no,
    arrivesAtMs: atMs,
    address: fanAddress(no),
    wish,
    quantity:
      wish === "contested" && quantity === null ? Math.min(CONTESTED_QUANTITY, shape.maxPerFan) : size,
    ending,
    method: methodOf(random, ending),
    doubleClicks: random.chance(DOUBLE_CLICK_PCT),
    chooseMs: random.between(CHOOSE_MS.least, CHOOSE_MS.most),
    payMs: random.between(PAY_MS.least, PAY_MS.most),
    patienceMs: random.between(shape.patienceMs.least, shape.patienceMs.most),
    place: random.next(),
    ...mannersOf(shape, no),
  };
}

function mannersOf(
  { seed, line }: CrowdShape,
  no: number,
): Pick<FanPlan, "leavesAfterMs" | "nap" | "rejoins" | "tabs"> {
  if (!line) return { leavesAfterMs: null, nap: null, rejoins: false, tabs: 1 };
  const random = makeRandom(seed, LINE_STREAM + no);
  const within = ({ least, most }: Span) => random.between(least, most);
  const [leaves, naps, tabs] = [
    random.chance(line.leavePct),
    random.chance(line.napPct),
    random.chance(line.tabsPct),
  ];
  const [leavesAfterMs, atMs, forMs] = [
    within(line.leaveAfterMs),
    within(line.napFromMs),
    within(line.napMs),
  ];
  return {
    leavesAfterMs: leaves ? leavesAfterMs : null,
    nap: naps ? { atMs, forMs } : null,
    rejoins: random.chance(REJOIN_PCT),
    tabs: tabs ? 2 : 1,
  };
}

/** Tickets that these came for and would pay. */
export function wantedBy(crowd: readonly Pick<FanPlan, "ending" | "quantity">[]): number {
  return crowd.reduce((sum, { ending, quantity }) => sum + (ending === "buy" ? quantity : 0), 0);
}

/** 10.0.0.0/8 has room for sixteen million. */
function fanAddress(no: number): string {
  return `10.${(no >> 16) & 255}.${(no >> 8) & 255}.${no & 255}`;
}

function methodOf(random: Random, ending: Ending): DrillMethod {
  let at = random.next() * 100;
  if (ending === "decline") return "card_declined";
  for (const [method, share] of METHODS) {
    at -= share;
    if (at < 0) return method;
  }
  return "card_ok";
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
