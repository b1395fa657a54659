import { createHash } from "node:crypto";
import { addressKey } from "@onsale/core/risk/address-ranges";
import type { AdmissionStore } from "@onsale/core/risk/admission-store";
import type { CrowdCounts, CrowdKeys, RiskSighting, SightingStore } from "@onsale/core/risk/risk-mark";
import { makeKeptAnswers } from "@onsale/core/shared/bounded-map";
import type { Redis } from "ioredis";

const HOUR_S = 3_600;
const MINUTE_S = 60;
const SIGHTING_S = 24 * HOUR_S;
const SIGHTINGS_MAX = 1_000;
/** How long this process believes its last count of a crowd at an address or on a device. */
const CROWD_TTL_MS = 5_000;
const CROWDS_KEPT_MAX = 50_000;

export type RiskSignals = Omit<AdmissionStore, "admit"> &
  SightingStore & {
    /** Counts this call and says what is known. */
    readonly observe: (keys: CrowdKeys) => Promise<CrowdCounts>;
  };

/**
 * Counts with an end, in Redis: a hash for each account and one for each address that met a decline, windows of an hour
 * from the first fact on; HyperLogLogs for how many accounts an address or a device has, which stay small whatever the
 * crowd. Everything of one call goes out in one turn, which is one round trip.
 */
export function makeRiskSignals({ redis, prefix }: { redis: Redis; prefix: string }): RiskSignals {
  const key = (kind: string, value: string) => `${prefix}risk:${kind}:${value}`;
  const addressOf = (keys: CrowdKeys) => shortHash(addressKey(keys.address));
  const crowdAt = makeCrowdCounter(redis);

  async function add(hash: string, field: string): Promise<void> {
    await Promise.all([redis.hincrby(hash, field, 1), redis.expire(hash, HOUR_S, "NX")]);
  }

  /** The order is paid or declined: that its bank was asked counts no more. */
  async function answered(keys: CrowdKeys, once: string | null): Promise<void> {
    if (once === null || (await redis.del(key("o", `asked:${once}`))) === 0) return;
    await Promise.all([
      redis.hincrby(key("a", keys.accountId), "asked", -1),
      redis.hincrby(key("d", addressOf(keys)), "asked", -1),
    ]);
  }

  return {
    async observe(keys): Promise<CrowdCounts> {
      const velocity = key("v", keys.accountId);
      const [callsThisMinute, , counts, failedThere, accountsAtAddress, accountsOnDevice] = await Promise.all(
        [
          redis.incr(velocity),
          redis.expire(velocity, MINUTE_S, "NX"),
          redis.hmget(key("a", keys.accountId), "hold", "purchase", "decline", "asked"),
          redis.hmget(key("d", addressOf(keys)), "decline", "asked"),
          crowdAt(key("ca", addressOf(keys)), keys.accountId),
          keys.device === null ? 0 : crowdAt(key("cd", keys.device), keys.accountId),
        ],
      );
      const [holds = 0, purchases = 0, declines = 0, asked = 0] = counts.map(Number);
      const [declinesThere = 0, askedThere = 0] = failedThere.map(Number);
      return {
        callsThisMinute,
        accountsAtAddress,
        accountsOnDevice,
        unboughtHolds: Math.max(0, holds - purchases),
        failedPayments: declines + Math.max(0, asked),
        failedPaymentsAtAddress: declinesThere + Math.max(0, askedThere),
      };
    },

    async note(fact, keys, once) {
      if (once !== null) {
        const first = await redis.set(key("o", `${fact}:${once}`), "1", "EX", HOUR_S, "NX");
        if (first === null) return;
      }
      const isFailure = fact === "decline" || fact === "asked";
      await Promise.all([
        add(key("a", keys.accountId), fact),
        isFailure ? add(key("d", addressOf(keys)), fact) : undefined,
        fact === "purchase" || fact === "decline" ? answered(keys, once) : undefined,
      ]);
    },

    async spend(challengeId, ttlMs) {
      const spent = await redis.set(key("s", shortHash(challengeId)), "1", "PX", Math.max(1, ttlMs), "NX");
      return spent !== null;
    },

    ...makeSightings(redis, key),

    async forgive(accountId) {
      await redis.del(key("a", accountId), key("v", accountId));
    },
  };
}

/** Different accounts in the running hour under a key, the caller included. */
function makeCrowdCounter(redis: Redis) {
  type Asked = { readonly crowdKey: string; readonly accountId: string };
  const nameOf = ({ crowdKey, accountId }: Asked) => `${crowdKey} ${accountId}`;
  const counts = makeKeptAnswers(
    async ({ crowdKey, accountId }: Asked) => {
      const [, , accounts] = await Promise.all([
        redis.pfadd(crowdKey, accountId),
        redis.expire(crowdKey, HOUR_S, "NX"),
        redis.pfcount(crowdKey),
      ]);
      return accounts;
    },
    { max: CROWDS_KEPT_MAX, nameOf, fresh: { ms: CROWD_TTL_MS, nowMs: () => performance.now() } },
  );
  return (crowdKey: string, accountId: string): Promise<number> => counts.of({ crowdKey, accountId });
}

function makeSightings(
  redis: Redis,
  key: (kind: string, value: string) => string,
): Pick<RiskSignals, "remember" | "sightings" | "sighting"> {
  return {
    async remember(sighting) {
      const recent = key("recent", "accounts");
      await Promise.all([
        redis.set(key("w", sighting.accountId), JSON.stringify(sighting), "EX", SIGHTING_S),
        redis.zadd(recent, sighting.atMs, sighting.accountId),
        redis.zremrangebyrank(recent, 0, -SIGHTINGS_MAX - 1),
        redis.expire(recent, SIGHTING_S),
      ]);
    },

    async sightings(limit) {
      const ids = await redis.zrevrange(key("recent", "accounts"), 0, Math.max(0, limit - 1));
      if (ids.length === 0) return [];
      const found = await redis.mget(ids.map((id) => key("w", id)));
      return found.flatMap((text) => (text === null ? [] : [sightingOf(text)]));
    },

    async sighting(accountId) {
      const text = await redis.get(key("w", accountId));
      return text === null ? null : sightingOf(text);
    },
  };
}

/** Written by `remember` above and by nobody else. */
function sightingOf(text: string): RiskSighting {
  return JSON.parse(text) as RiskSighting;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
