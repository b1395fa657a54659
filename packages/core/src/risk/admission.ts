import type { Account } from "../actor/account.ts";
import type { Clock } from "../shared/clock.ts";
import { AppError } from "../shared/errors.ts";
import type { AddressRanges } from "./address-ranges.ts";
import type { AdmissionAnswer, AdmissionStore, LimitedCaller } from "./admission-store.ts";
import {
  CHALLENGE_ANSWER_CHARS_MAX,
  type ChallengeProvider,
  type GuardedAction,
} from "./challenge-provider.ts";
import type { ClientSigns } from "../actor/call.ts";
import type { LimitKey, LimitName } from "./limits.ts";
import type { Caller, CrowdCounts, RiskFact } from "./risk-mark.ts";
import { HARD_AT, type RiskVerdict, scoreRisk } from "./risk-score.ts";

/** `known` only asks whether staff blocked the account. */
export type GuardName = GuardedAction | "known";

/** From where and with what a call comes. */
export type AdmissionCall = {
  /** null: nobody is signed in. Such a call meets limits and nothing else; what needs an account says so itself. */
  readonly account: Account | null;
  readonly address: string;
  readonly session?: string | null;
  /** What the fan pays with, where that is told and theirs alone. */
  readonly instrument?: string | null;
  /** null: the call did not come over HTTP, and nothing is read into what it lacks. */
  readonly client: ClientSigns | null;
  /** The answer to a challenge, as the browser sent it. */
  readonly answer: string | null;
};
type SignedInCall = AdmissionCall & { readonly account: Account };

export type ChallengeEvent = "issued" | "solved" | "failed" | "replayed" | "refused" | "unscored";

export type AdmissionDeps = {
  readonly store: AdmissionStore;
  readonly challenges: ChallengeProvider;
  readonly dataCentres: AddressRanges;
  readonly clock: Clock;
  /** What is counted about calls that were held up. */
  readonly tell: {
    readonly limited: (limit: LimitName, key: LimitKey) => void;
    readonly challenge: (action: GuardedAction, event: ChallengeEvent) => void;
  };
  /** A store is away, and the call does not depend on it. */
  readonly onAway: (error: unknown) => void;
};

const NOTHING_COUNTED: CrowdCounts = {
  callsThisMinute: 0,
  accountsAtAddress: 0,
  accountsOnDevice: 0,
  unboughtHolds: 0,
  failedPayments: 0,
  failedPaymentsAtAddress: 0,
};
/** The windows of the counters are an hour. */
const REFUSED_RETRY_MS = 3_600_000;
const AWAY_RETRY_MS = 2_000;

/**
 * Stands before every procedure: who calls too often, and, before joining a line, holding seats and paying, who may pass,
 * who must prove some trouble first, who may not. The store is asked once, and nothing is sold before it has answered.
 */
export function makeAdmission(deps: AdmissionDeps) {
  return {
    /**
     * Throws rate.limited, account.blocked, risk.refused, challenge.required, challenge.failed or service.unavailable;
     * otherwise the call may go on.
     */
    async admit(
      { limit, guard }: { limit: LimitName | null; guard: GuardName | null },
      call: AdmissionCall,
    ): Promise<void> {
      const { account, address, session = null, instrument = null } = call;
      const guarded = account && guard ? { guard, call: { ...call, account } } : null;
      if (!limit && !guarded) return;
      const answer = await deps.store.admit({
        limit: limit && {
          name: limit,
          who: { account: account?.id ?? null, address, session, instrument },
        },
        accountId: guarded && guarded.call.account.id,
        scored: guarded && guarded.guard !== "known" ? callerOf(guarded.call) : null,
      });
      requireRoom(deps, limit, answer);
      if (guarded) await requireTrust(deps, guarded, answer);
    },

    /** A limit whose key is no account and no visitor's session. Throws rate.limited. */
    async take(limit: LimitName, who: LimitedCaller): Promise<void> {
      requireRoom(
        deps,
        limit,
        await deps.store.admit({ limit: { name: limit, who }, accountId: null, scored: null }),
      );
    },

    /** Counts what came of a call; a store that is away must not fail what has happened already. */
    note(fact: RiskFact, call: SignedInCall, once: string | null): void {
      deps.store.note(fact, callerOf(call), once).catch(deps.onAway);
    },
  };
}
export type Admission = ReturnType<typeof makeAdmission>;

type Counted = Extract<AdmissionAnswer, { kind: "counted" }>;

function requireRoom(
  { tell }: AdmissionDeps,
  name: LimitName | null,
  answer: AdmissionAnswer,
): asserts answer is Counted {
  if (answer.kind === "counted") return;
  const { key, limit, perSeconds, retryAfterMs } = answer;
  if (name) tell.limited(name, key);
  throw new AppError("rate.limited", { retryAfterMs, limit, perSeconds, key });
}

async function requireTrust(
  deps: AdmissionDeps,
  { guard, call }: { guard: GuardName; call: SignedInCall },
  { mark, counts }: Counted,
): Promise<void> {
  if (mark === "blocked") throw new AppError("account.blocked");
  if (guard === "known" || mark === "cleared") return;
  // Without its counters nobody is scored by them: rate limits, the line and the limits of tickets still stand.
  if (!counts) deps.tell.challenge(guard, "unscored");
  const verdict = scoreRisk({
    ...(counts ?? NOTHING_COUNTED),
    client: call.client,
    isDataCentre: deps.dataCentres.has(call.address),
  });
  if (verdict.outcome === "through") return;
  remember(deps, { action: guard, call, verdict });
  if (verdict.outcome === "refuse") {
    deps.tell.challenge(guard, "refused");
    throw new AppError("risk.refused", { retryAfterMs: REFUSED_RETRY_MS });
  }
  if (call.answer === null) await demand(deps, { action: guard, call, verdict });
  else await settle(deps, { action: guard, call, answer: call.answer });
}

type Judged = {
  readonly action: GuardedAction;
  readonly call: SignedInCall;
  readonly verdict: RiskVerdict;
};

function remember({ store, clock, onAway }: AdmissionDeps, { action, call, verdict }: Judged): void {
  if (verdict.outcome === "through") return;
  const { outcome, score, signs } = verdict;
  const { account, address } = call;
  const sighting = { accountId: account.id, action, outcome, score, signs, address, atMs: clock.nowMs() };
  store.remember(sighting).catch(onAway);
}

async function demand(
  { challenges, tell }: AdmissionDeps,
  { action, call, verdict }: Judged,
): Promise<never> {
  const hard = verdict.score >= HARD_AT;
  const challenge = await challenges.issue({ accountId: call.account.id, action, hard });
  tell.challenge(action, "issued");
  throw new AppError("challenge.required", { challenge, action });
}

/** Throws challenge.failed (wrong, somebody else's, too late, or used before) or service.unavailable. */
async function settle(
  { challenges, store, clock, tell }: AdmissionDeps,
  { action, call, answer }: { action: GuardedAction; call: SignedInCall; answer: string },
): Promise<void> {
  const fail = (why: string): never => {
    tell.challenge(action, why === "replayed" ? "replayed" : "failed");
    throw new AppError("challenge.failed", { why });
  };
  if (answer.length > CHALLENGE_ANSWER_CHARS_MAX) fail("unreadable");
  const { account, address } = call;
  const check = await challenges.check({ accountId: account.id, action, answer, address });
  if (check.kind === "refused") return fail(check.why);
  if (!(await spend(store, check.id, check.expiresAtMs - clock.nowMs()))) return fail("replayed");
  tell.challenge(action, "solved");
}

function callerOf({ account, address, client }: SignedInCall): Caller {
  return { accountId: account.id, address, device: client?.device ?? null };
}

/** A solution that cannot be written down as spent is not taken: it would be good for a thousand calls. */
async function spend(
  store: Pick<AdmissionStore, "spend">,
  challengeId: string,
  ttlMs: number,
): Promise<boolean> {
  try {
    return await store.spend(challengeId, ttlMs);
  } catch (cause) {
    throw new AppError("service.unavailable", { retryAfterMs: AWAY_RETRY_MS }, { cause });
  }
}
