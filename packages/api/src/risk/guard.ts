import type { Account } from "@onsale/core/account/account";
import type { AddressRanges } from "@onsale/core/risk/address-ranges";
import {
  CHALLENGE_ANSWER_CHARS_MAX,
  type ChallengeProvider,
  type GuardedAction,
} from "@onsale/core/risk/challenge-provider";
import type { ClientSigns } from "@onsale/core/risk/client-signs";
import type { Caller, CrowdCounts, RiskFact, RiskSignalStore } from "@onsale/core/risk/risk-mark";
import { HARD_AT, type RiskVerdict, scoreRisk } from "@onsale/core/risk/risk-score";
import type { Clock } from "@onsale/core/shared/clock";
import { AppError } from "@onsale/core/shared/errors";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { MarkStates } from "./mark-states.ts";

/** `known` only asks whether staff blocked the account. */
export type GuardName = GuardedAction | "known";

export type GuardedCall = {
  readonly account: Account;
  readonly address: string;
  /** null: the call did not come over HTTP, and nothing is read into what it lacks. */
  readonly client: ClientSigns | null;
  /** The answer to a challenge, as the browser sent it. */
  readonly answer: string | null;
};

export type RiskGuardDeps = {
  readonly marks: MarkStates;
  readonly signals: RiskSignalStore;
  readonly challenges: ChallengeProvider;
  readonly dataCentres: AddressRanges;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
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

/** Stands before joining a line, holding seats and paying: who may pass, who must prove some trouble first, who may not. */
export function makeRiskGuard(deps: RiskGuardDeps) {
  const { signals, challenges, clock, metrics } = deps;

  /** Without Redis nobody is scored: rate limits, the line and the limits of tickets still stand. */
  async function verdictOn(action: GuardedAction, call: GuardedCall): Promise<RiskVerdict> {
    const counts = await signals.observe(callerOf(call)).catch((error: unknown) => {
      deps.log.debug({ err: error }, "risk counters do not answer");
      metrics.challenge(action, "unscored");
      return null;
    });
    return scoreRisk({
      ...(counts ?? NOTHING_COUNTED),
      client: call.client,
      isDataCentre: deps.dataCentres.has(call.address),
    });
  }

  function remember(action: GuardedAction, call: GuardedCall, verdict: RiskVerdict): void {
    if (verdict.outcome === "through") return;
    const { outcome, score, signs } = verdict;
    const sighting = { accountId: call.account.id, action, outcome, score, signs };
    signals
      .remember({ ...sighting, address: call.address, atMs: clock.nowMs() })
      .catch((error: unknown) => deps.log.debug({ err: error }, "a sighting was not kept"));
  }

  async function demand(action: GuardedAction, call: GuardedCall, verdict: RiskVerdict): Promise<never> {
    const hard = verdict.score >= HARD_AT;
    const challenge = await challenges.issue({ accountId: call.account.id, action, hard });
    metrics.challenge(action, "issued");
    throw new AppError("challenge.required", "A short check comes first; your browser does it by itself.", {
      details: { challenge, action },
    });
  }

  /** Throws challenge.failed (wrong, somebody else's, too late, or used before) or service.unavailable. */
  async function settle(action: GuardedAction, call: GuardedCall, answer: string): Promise<void> {
    const fail = (why: string): never => {
      metrics.challenge(action, why === "replayed" ? "replayed" : "failed");
      throw new AppError("challenge.failed", "The check did not work. Try again.", { details: { why } });
    };
    if (answer.length > CHALLENGE_ANSWER_CHARS_MAX) fail("unreadable");
    const { account, address } = call;
    const check = await challenges.check({ accountId: account.id, action, answer, address });
    if (check.kind === "refused") return fail(check.why);
    if (!(await spend(signals, check.id, check.expiresAtMs - clock.nowMs()))) return fail("replayed");
    metrics.challenge(action, "solved");
  }

  return {
    /** Throws account.blocked, risk.refused, challenge.required, challenge.failed or service.unavailable; otherwise the call may go on. */
    async require(guard: GuardName, call: GuardedCall): Promise<void> {
      const mark = await deps.marks.of(call.account.id);
      if (mark === "blocked")
        throw new AppError("account.blocked", "This account cannot buy here at the moment.");
      if (guard === "known" || mark === "cleared") return;
      const verdict = await verdictOn(guard, call);
      if (verdict.outcome === "through") return;
      remember(guard, call, verdict);
      if (verdict.outcome === "refuse") {
        metrics.challenge(guard, "refused");
        throw new AppError("risk.refused", "Too much here looks like a machine at the moment.", {
          details: { retryAfterMs: REFUSED_RETRY_MS },
        });
      }
      if (call.answer === null) await demand(guard, call, verdict);
      else await settle(guard, call, call.answer);
    },

    /** Counts what came of a call; a store that is away must not fail what has happened already. */
    note(fact: RiskFact, call: GuardedCall, once: string | null): void {
      signals
        .note(fact, callerOf(call), once)
        .catch((error: unknown) => deps.log.debug({ err: error }, "a fact was not counted"));
    },
  };
}
export type RiskGuard = ReturnType<typeof makeRiskGuard>;

function callerOf({ account, address, client }: GuardedCall): Caller {
  return { accountId: account.id, address, device: client?.device ?? null };
}

/** A solution that cannot be written down as spent is not taken: it would be good for a thousand calls. */
async function spend(
  signals: Pick<RiskSignalStore, "spend">,
  challengeId: string,
  ttlMs: number,
): Promise<boolean> {
  try {
    return await signals.spend(challengeId, ttlMs);
  } catch (cause) {
    throw new AppError(
      "service.unavailable",
      "The box office does not answer right now. Try again in a moment.",
      { details: { retryAfterMs: AWAY_RETRY_MS }, cause },
    );
  }
}
