import { makeRandom, type Random } from "./random.ts";

/**
 * farm: accounts that behave as fans do and buy as many as they may. hoarder: stands in the line as well, then holds,
 * releases and holds again, and never pays. patient: stays under every count: lets each hold run its whole time, then the time
 * to pay as well, and comes again. jumper: wants in without waiting: forged, borrowed, expired passes, or none.
 * guesser: tries access codes. hammer: asks cheap and dear procedures, batches and bad input as fast as it can.
 */
export const BOT_KINDS = ["farm", "hoarder", "patient", "jumper", "guesser", "hammer"] as const;
export type BotKind = (typeof BOT_KINDS)[number];

export type BotPlan = {
  readonly no: number;
  readonly kind: BotKind;
  readonly address: string;
  /** From the opening of the lobby to its first step. */
  readonly startsAfterMs: number;
  /** Sends what a browser would, each account as a device of its own. */
  readonly isSkilled: boolean;
  /** Of its own choices later on. */
  readonly seed: number;
};

export type BotShape = {
  readonly seed: number;
  readonly bots: number;
  readonly lobbyMs: number;
};

/** Of a hundred bots. */
const SHARES: Readonly<Record<BotKind, number>> = {
  farm: 25,
  hoarder: 15,
  patient: 10,
  jumper: 25,
  guesser: 15,
  hammer: 10,
};
/** Of a hundred of each kind, those that know how to look like a browser. */
const SKILLED_PCT: Readonly<Record<BotKind, number>> = {
  farm: 100,
  hoarder: 60,
  patient: 100,
  jumper: 60,
  guesser: 30,
  hammer: 0,
};
/** Accounts are cheap, addresses are not. */
const ACCOUNTS_PER_ADDRESS = 50;
/** Bots draw from streams of their own, so that their number changes no fan. */
const STREAM = 0x0b07_0000;
const START_SHARE = 0.8;

/** The same shape gives the same bots; more bots are added to the same ones. */
export function planBots({ seed, bots, lobbyMs }: BotShape): BotPlan[] {
  return Array.from({ length: bots }, (_, no) => {
    const random = makeRandom(seed, STREAM + no);
    const kind = kindOf(random);
    return {
      no,
      kind,
      address: botAddress(no),
      startsAfterMs: Math.round(random.next() * lobbyMs * START_SHARE),
      isSkilled: random.chance(SKILLED_PCT[kind]),
      seed: random.between(0, 2 ** 31 - 1),
    };
  });
}

export function botAddresses(bots: number): number {
  return Math.ceil(bots / ACCOUNTS_PER_ADDRESS);
}

/** 198.18.0.0/15 is reserved for benchmarks (RFC 2544); fans come from 10.0.0.0/8. */
function botAddress(no: number): string {
  const address = Math.floor(no / ACCOUNTS_PER_ADDRESS);
  return `198.18.${(address >> 8) & 255}.${address & 255}`;
}

function kindOf(random: Random): BotKind {
  let at = random.next() * 100;
  for (const kind of BOT_KINDS) {
    at -= SHARES[kind];
    if (at < 0) return kind;
  }
  return "hammer";
}
