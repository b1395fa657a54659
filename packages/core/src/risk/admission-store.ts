import type { AccountId } from "../shared/ids.ts";
import type { LimitKey, LimitName } from "./limits.ts";
import type { CrowdCounts, CrowdKeys, RiskFact, RiskMarkState, RiskSighting } from "./risk-mark.ts";

/** What a call is counted under, for every key that a limit may have. */
export type LimitKeys = {
  readonly address: string;
  /** null: nobody is signed in. Limits that count accounts alone count the address then. */
  readonly account: string | null;
  readonly session?: string | null;
  readonly instrument?: string | null;
};

export type AdmissionQuestion = {
  /** null: this call is not counted. */
  readonly limit: { readonly name: LimitName; readonly keys: LimitKeys } | null;
  /** Whose mark is looked up; null: no account stands behind the call, or nobody asks. */
  readonly accountId: AccountId | null;
  /** Counted as a sign and told what is known of them, unless a mark decides already; null: not scored. Who is limited is who is scored. */
  readonly scored: CrowdKeys | null;
};

export type AdmissionAnswer =
  | {
      readonly kind: "over";
      readonly key: LimitKey;
      readonly limit: number;
      readonly perSeconds: number;
      readonly retryAfterMs: number;
    }
  | {
      readonly kind: "counted";
      readonly mark: RiskMarkState | null;
      /** null: not scored, or the counters do not answer. */
      readonly counts: CrowdCounts | null;
    };

/** What stands before a sale, as one question with one answer: limits, marks, and what was counted before. */
export interface AdmissionStore {
  /** Counts this call and says all that is needed to decide about it. A call that is over a limit counts as no sign. */
  admit(question: AdmissionQuestion): Promise<AdmissionAnswer>;
  /** What came of a call; `once` makes a repetition of the same fact count for nothing. */
  note(fact: RiskFact, keys: CrowdKeys, once: string | null): Promise<void>;
  /** true the first time: a solution is good for one call. */
  spend(challengeId: string, ttlMs: number): Promise<boolean>;
  remember(sighting: RiskSighting): Promise<void>;
}
