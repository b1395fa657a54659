import type { RiskSighting, SightingStore } from "@onsale/core/risk/risk-mark";
import type { AdmissionStore } from "@onsale/core/risk/admission-store";
import type { Redis } from "ioredis";

const SIGHTING_S = 24 * 3_600;
const SIGHTINGS_MAX = 1_000;

export type Sightings = Pick<AdmissionStore, "remember"> & Pick<SightingStore, "sightings" | "sighting">;

/** Who met a challenge or a refusal in the last day, the newest thousand. */
export function makeSightings(redis: Redis, prefix: string): Sightings {
  const recent = `${prefix}risk:recent:accounts`;
  const of = (accountId: string) => `${prefix}risk:w:${accountId}`;
  return {
    async remember(sighting) {
      await Promise.all([
        redis.set(of(sighting.accountId), JSON.stringify(sighting), "EX", SIGHTING_S),
        redis.zadd(recent, sighting.atMs, sighting.accountId),
        redis.zremrangebyrank(recent, 0, -SIGHTINGS_MAX - 1),
        redis.expire(recent, SIGHTING_S),
      ]);
    },

    async sightings(limit) {
      const ids = await redis.zrevrange(recent, 0, Math.max(0, limit - 1));
      if (ids.length === 0) return [];
      const found = await redis.mget(ids.map(of));
      return found.flatMap((text) => (text === null ? [] : [sightingOf(text)]));
    },

    async sighting(accountId) {
      const text = await redis.get(of(accountId));
      return text === null ? null : sightingOf(text);
    },
  };
}

/** Written by `remember` above and by nobody else. */
function sightingOf(text: string): RiskSighting {
  return JSON.parse(text) as RiskSighting;
}
