import type { AdmissionStore } from "@onsale/core/risk/admission-store";
import type { MarkStates } from "@onsale/core/risk/mark-states";
import type { SightingStore } from "@onsale/core/risk/risk-mark";
import { makeRateLimits, type RateLimitDeps } from "./rate-limits.ts";
import { makeRiskSignals } from "./risk-signals.ts";

export type RedisAdmissionDeps = RateLimitDeps & {
  /** From memory; marks are facts in Postgres. */
  readonly marks: MarkStates;
  /** The counters of signs do not answer; the call goes on unscored. */
  readonly onAway: (error: unknown) => void;
};

/**
 * Limits and signs in Redis, each in one round trip of its own, and the marks of staff from memory. Who is over a limit is
 * asked nothing further, and signs are counted only where no mark decides.
 */
export function makeRedisAdmissionStore(deps: RedisAdmissionDeps): AdmissionStore & SightingStore {
  const countCall = makeRateLimits(deps);
  const { observe, ...signals } = makeRiskSignals(deps);
  return {
    ...signals,
    async admit({ limit, accountId, scored }) {
      const over = limit && (await countCall(limit.name, limit.keys));
      if (over) return over;
      const mark = accountId && (await deps.marks.of(accountId));
      const counts =
        scored && !mark
          ? await observe(scored).catch((error: unknown) => {
              deps.onAway(error);
              return null;
            })
          : null;
      return { kind: "counted", mark: mark ?? null, counts };
    },
  };
}
