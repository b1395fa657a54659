import type { Fan, Visitor } from "../actor/actor.ts";
import type { Call } from "../actor/call.ts";
import type { Clock } from "../shared/clock.ts";
import { AppError } from "../shared/errors.ts";
import type { AddressRanges } from "./address-ranges.ts";
import type { AdmissionAnswer, AdmissionStore, LimitKeys } from "./admission-store.ts";
import {
  CHALLENGE_ANSWER_CHARS_MAX,
  type ChallengeProvider,
  type GuardedAction,
} from "./challenge-provider.ts";
import type { LimitKey, LimitName } from "./limits.ts";
import type { CrowdCounts, CrowdKeys, RiskFact } from "./risk-mark.ts";
import { HARD_AT, type RiskVerdict, scoreRisk } from "./risk-score.ts";

/** `known` only asks whether staff blocked the account. */
export type GuardName = GuardedAction | "known";

/** What stands before a call. */
export type Admitting = {
  /** null: the call is not counted. */
  readonly limit: LimitName | null;
  readonly guard: GuardName | null;
  /** What the fan pays with, where that is told and theirs alone. */
  readonly instrument?: string | null;
};

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
      actor: Visitor | Fan,
      call: Call,
      { limit, guard, instrument = null }: Admitting,
    ): Promise<void> {
      // Who is not signed in meets limits and nothing else; what needs an account says so itself.
      const guarded = actor.kind === "fan" && guard ? { guard, actor, call } : null;
      if (!limit && !guarded) return;
      const answer = await deps.store.admit({
        limit: limit && { name: limit, keys: limitKeysOf(actor, call, instrument) },
        accountId: guarded && guarded.actor.account.id,
        scored: guarded && guarded.guard !== "known" ? crowdKeysOf(guarded.actor, call) : null,
      });
      requireRoom(deps, limit, answer);
      if (guarded) await requireTrust(deps, guarded, answer);
    },

    /** A limit that counts under something else than whoever asks. Throws rate.limited. */
    async take(limit: LimitName, keys: LimitKeys): Promise<void> {
      requireRoom(
        deps,
        limit,
        await deps.store.admit({ limit: { name: limit, keys }, accountId: null, scored: null }),
      );
    },

    /** Counts what came of a call; a store that is away must not fail what has happened already. */
    note(actor: Fan, call: Call, { fact, once }: { fact: RiskFact; once: string | null }): void {
      deps.store.note(fact, crowdKeysOf(actor, call), once).catch(deps.onAway);
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
  { guard, actor, call }: { guard: GuardName; actor: Fan; call: Call },
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
  const judged = { action: guard, actor, call, verdict };
  remember(deps, judged);
  if (verdict.outcome === "refuse") {
    deps.tell.challenge(guard, "refused");
    throw new AppError("risk.refused", { retryAfterMs: REFUSED_RETRY_MS });
  }
  if (call.answer === null) await demand(deps, judged);
  else await settle(deps, judged, call.answer);
}

type Judged = {
  readonly action: GuardedAction;
  readonly actor: Fan;
  readonly call: Call;
  readonly verdict: RiskVerdict;
};

function remember({ store, clock, onAway }: AdmissionDeps, { action, actor, call, verdict }: Judged): void {
  if (verdict.outcome === "through") return;
  const { outcome, score, signs } = verdict;
  const { address } = call;
  const sighting = {
    accountId: actor.account.id,
    action,
    outcome,
    score,
    signs,
    address,
    atMs: clock.nowMs(),
  };
  store.remember(sighting).catch(onAway);
}

async function demand(
  { challenges, tell }: AdmissionDeps,
  { action, actor, verdict }: Judged,
): Promise<never> {
  const hard = verdict.score >= HARD_AT;
  const challenge = await challenges.issue({ accountId: actor.account.id, action, hard });
  tell.challenge(action, "issued");
  throw new AppError("challenge.required", { challenge, action });
}

/** Throws challenge.failed (wrong, somebody else's, too late, or used before) or service.unavailable. */
async function settle(
  { challenges, store, clock, tell }: AdmissionDeps,
  { action, actor, call }: Judged,
  answer: string,
): Promise<void> {
  const fail = (why: string): never => {
    tell.challenge(action, why === "replayed" ? "replayed" : "failed");
    throw new AppError("challenge.failed", { why });
  };
  if (answer.length > CHALLENGE_ANSWER_CHARS_MAX) fail("unreadable");
  const { address } = call;
  const check = await challenges.check({ accountId: actor.account.id, action, answer, address });
  if (check.kind === "refused") return fail(check.why);
  if (!(await spend(store, check.id, check.expiresAtMs - clock.nowMs()))) return fail("replayed");
  tell.challenge(action, "solved");
}

const limitKeysOf = (
  actor: Visitor | Fan,
  { address, session }: Call,
  instrument: string | null,
): LimitKeys => ({
  account: actor.kind === "fan" ? actor.account.id : null,
  address,
  // A session belongs to one account, whose bucket is the same: what the account may, each of its sessions may.
  session: actor.kind === "fan" ? null : session,
  instrument,
});

const crowdKeysOf = ({ account }: Fan, { address, client }: Call): CrowdKeys => ({
  accountId: account.id,
  address,
  device: client?.device ?? null,
});

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
