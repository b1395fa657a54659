import { hash } from "node:crypto";
import type { AdmissionStore } from "@onsale/core/risk/admission-store";
import type { MarkStates } from "@onsale/core/risk/mark-states";
import { RISK_FACTS, type SightingStore } from "@onsale/core/risk/risk-mark";
import { countedUnder } from "./admission-keys.ts";
import { forgetCounts, noteFact, noteFailures } from "./admission-scripts.ts";
import { type CounterDeps, makeCounters } from "./ask-counters.ts";
import { makeSightings } from "./sightings.ts";

export type RedisAdmissionDeps = CounterDeps & {
  /** From memory; marks are facts in Postgres. */
  readonly marks: MarkStates;
};

/**
 * Limits and signs in Redis, in one round trip, and the marks of staff from memory. A mark decides before any sign is counted.
 */
export function makeRedisAdmissionStore(deps: RedisAdmissionDeps): AdmissionStore & SightingStore {
  const { redis, prefix, marks } = deps;
  const ask = makeCounters(deps);

  return {
    async admit({ limit, accountId, scored }) {
      const known = accountId === null ? null : marks.atOnce(accountId);
      if (known !== undefined) {
        const answer = await ask({ limit, scored: known === null ? scored : null });
        return answer.kind === "over" ? answer : { kind: "counted", mark: known, counts: answer.counts };
      }
      // Nobody asked for marks lately, and Postgres may be slow or away: what is over a limit does not wait for it.
      const first = await ask({ limit, scored: null });
      if (first.kind === "over") return first;
      const mark = accountId === null ? null : await marks.of(accountId);
      const second = await ask({ limit: null, scored: mark === null ? scored : null });
      return second.kind === "over" ? second : { kind: "counted", mark, counts: second.counts };
    },

    async note(fact, { accountId, address }, once) {
      const [declines, asked] = await noteFact(redis, {
        prefix,
        under: countedUnder("account", accountId),
        fact,
        once,
      });
      if (!declines && !asked) return;
      const under = countedUnder("address", address);
      await noteFailures(redis, { prefix, under, declines: declines ?? 0, asked: asked ?? 0 });
    },

    async spend(challengeId, ttlMs) {
      const key = `${prefix}risk:s:${hash("sha256", challengeId, "base64url").slice(0, 22)}`;
      return (await redis.set(key, "1", "PX", Math.max(1, ttlMs), "NX")) !== null;
    },

    ...makeSightings(redis, prefix),

    async forgive(accountId) {
      const account = { prefix, under: countedUnder("account", accountId) };
      await Promise.all([
        forgetCounts(redis, { ...account, tally: "calls", names: ["guarded"] }),
        forgetCounts(redis, { ...account, tally: "facts", names: RISK_FACTS }),
      ]);
    },
  };
}
