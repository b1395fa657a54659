import type { Actor } from "../actor/actor.ts";
import type { AccountId } from "../shared/ids.ts";
import type { GuardedAction } from "./challenge-provider.ts";
import type { RiskOutcome, RiskSign } from "./risk-score.ts";

/** What staff decided about an account. cleared: no score holds it up. blocked: it buys nothing until it is cleared. */
export type RiskMarkState = "cleared" | "blocked";
export type RiskMark = {
  readonly accountId: AccountId;
  readonly state: RiskMarkState;
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
};

export const RISK_REASON_CHARS_MAX = 500;

/** Facts: every change leaves an audit entry in the same transaction. */
export interface RiskMarkStore {
  /** The mark as it is now, or null: no such account. */
  set(actor: Actor, mark: Omit<RiskMark, "by" | "atMs">): Promise<RiskMark | null>;
  find(accountId: AccountId): Promise<RiskMark | null>;
  /** Newest first. */
  list(limit: number): Promise<RiskMark[]>;
  /** Every account that is marked and how; marks are made by people, one at a time. */
  states(): Promise<ReadonlyMap<string, RiskMarkState>>;
  history(accountId: AccountId, limit: number): Promise<RiskMark[]>;
}

/** The last time an account met a challenge or a refusal, and why. */
export type RiskSighting = {
  readonly accountId: AccountId;
  readonly action: GuardedAction;
  readonly outcome: Exclude<RiskOutcome, "through">;
  readonly score: number;
  readonly signs: readonly RiskSign[];
  readonly address: string;
  readonly atMs: number;
};

export type CrowdCounts = {
  readonly callsThisMinute: number;
  readonly accountsAtAddress: number;
  readonly accountsOnDevice: number;
  readonly unboughtHolds: number;
  readonly failedPayments: number;
  readonly failedPaymentsAtAddress: number;
};

/** Facts and crowds are counted from the first of them on, for so long; guarded calls likewise. */
export const FACTS_WINDOW_MS = 3_600_000;
export const GUARDED_WINDOW_MS = 60_000;

/** How often something came of a call, of one account or at one address. */
export type FactCounts = Readonly<Record<RiskFact, number>>;

/** What is counted about a caller, put together from what is known of account, address and device. */
export function crowdCountsOf(known: {
  readonly callsThisMinute: number;
  readonly accountsAtAddress: number;
  readonly accountsOnDevice: number;
  readonly ofAccount: FactCounts;
  readonly atAddress: FactCounts;
}): CrowdCounts {
  const { ofAccount, atAddress, ...counts } = known;
  return {
    ...counts,
    unboughtHolds: Math.max(0, ofAccount.hold - ofAccount.purchase),
    failedPayments: ofAccount.decline + ofAccount.asked,
    failedPaymentsAtAddress: atAddress.decline + atAddress.asked,
  };
}

/** What a fan's calls are counted under, as signs: their own, and those of the crowds they stand in. */
export type CrowdKeys = {
  readonly accountId: AccountId;
  readonly address: string;
  readonly device: string | null;
};

/**
 * What came of a call. `asked`: a try to pay that the bank wants confirmed; it counts as failed until it is declined or its order
 * is paid, so that giving up costs as much as being declined.
 */
export type RiskFact = "hold" | "purchase" | "decline" | "asked";
export const RISK_FACTS = ["hold", "purchase", "decline", "asked"] as const satisfies readonly RiskFact[];

/** Who met a challenge lately, for staff. Promises: losing all of it forgives everybody. */
export interface SightingStore {
  /** Newest first, one for each account. */
  sightings(limit: number): Promise<RiskSighting[]>;
  sighting(accountId: AccountId): Promise<RiskSighting | null>;
  /** Forgets what was counted against an account. */
  forgive(accountId: AccountId): Promise<void>;
}
