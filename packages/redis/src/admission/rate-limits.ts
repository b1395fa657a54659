import { createHash } from "node:crypto";
import { addressKey } from "@onsale/core/risk/address-ranges";
import type { AdmissionAnswer, LimitKeys } from "@onsale/core/risk/admission-store";
import {
  type Bucket,
  bucketOf,
  LIMIT_KEYS,
  type LimitKey,
  type LimitName,
  LIMITS,
  scaledBucket,
} from "@onsale/core/risk/limits";
import { makeBoundedMap } from "@onsale/core/shared/bounded-map";
import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";

export type RateLimitDeps = {
  readonly redis: Redis;
  readonly prefix: string;
  /** Multiplies every number of calls, never a window: for drills, where one machine is the whole crowd. */
  readonly scale: number;
};

type Over = Extract<AdmissionAnswer, { kind: "over" }>;

/** Ends of windows that this process knows to be used up. */
const SPENT_KEPT_MAX = 100_000;

/**
 * One counter for all API processes in Redis; while Redis is away each process counts for itself. All keys of a call are
 * counted in the same turn of the event loop, which is one round trip. A call that is over a narrow key by what this
 * process knows is refused before the wide key is counted: one hammering account does not use up the address of a campus.
 */
export function makeRateLimits({ redis, prefix, scale }: RateLimitDeps) {
  const buckets = new Map(
    (Object.keys(LIMITS) as LimitName[]).flatMap((name) =>
      LIMIT_KEYS.flatMap((key) => {
        const bucket = bucketOf(name, key);
        if (!bucket) return [];
        const keyPrefix = `${prefix}rl:${name}:${key}`;
        return [[`${name}:${key}`, makeBucket({ redis, keyPrefix }, scaledBucket(bucket, scale))] as const];
      }),
    ),
  );

  function bucketsOf(name: LimitName, keys: LimitKeys) {
    const values = {
      instrument: keys.instrument ?? null,
      // Who is not signed in, where only accounts are counted, is counted by address.
      account: keys.account ?? (bucketOf(name, "address") ? null : `at ${addressKey(keys.address)}`),
      session: keys.session ?? null,
      address: addressKey(keys.address),
    } satisfies Record<LimitKey, string | null>;
    return LIMIT_KEYS.flatMap((key) => {
      const [bucket, value] = [buckets.get(`${name}:${key}`), values[key]];
      return bucket && value !== null ? [{ key, bucket, value: shortKey(value) }] : [];
    });
  }

  function over(key: LimitKey, { limit: { points, seconds } }: LimitBucket, retryAfterMs: number): Over {
    return { kind: "over", key, limit: points, perSeconds: seconds, retryAfterMs };
  }

  /** null: the call was counted and there was room. Otherwise the key that refused, and when it has room again. */
  return async function count(name: LimitName, keys: LimitKeys): Promise<Over | null> {
    const counting = bucketsOf(name, keys);
    for (const { key, bucket, value } of counting) {
      const waitMs = bucket.knownWaitMs(value);
      if (waitMs > 0) return over(key, bucket, waitMs);
    }
    const waits = await Promise.all(
      counting.map(async (one) => ({ ...one, waitMs: await one.bucket.consume(one.value) })),
    );
    const refused = waits.find(({ waitMs }) => waitMs > 0);
    return refused ? over(refused.key, refused.bucket, refused.waitMs) : null;
  };
}

/** Addresses and cookies are not kept as they are: a key is its hash. */
function shortKey(value: string): string {
  return createHash("sha256").update(value).digest("base64url").slice(0, 22);
}

type LimitBucket = ReturnType<typeof makeBucket>;

function makeBucket({ redis, keyPrefix }: { redis: Redis; keyPrefix: string }, limit: Bucket) {
  const { burst, ...main } = limit;
  const make = (suffix: string, { points, seconds }: { points: number; seconds: number }) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `${keyPrefix}${suffix}`,
      points,
      duration: seconds,
      insuranceLimiter: new RateLimiterMemory({ points, duration: seconds }),
    });
  const purses = [make("", main), ...(burst ? [make(":b", burst)] : [])];
  const spent = makeBoundedMap<string, number>(SPENT_KEPT_MAX);

  return {
    limit,
    knownWaitMs(value: string): number {
      const untilMs = spent.get(value);
      if (untilMs === undefined) return 0;
      const waitMs = untilMs - performance.now();
      if (waitMs <= 0) spent.delete(value);
      return Math.max(0, Math.ceil(waitMs));
    },

    /** Milliseconds to wait; 0: the call was counted. */
    async consume(value: string): Promise<number> {
      let waitMs = Infinity;
      for (const purse of purses) {
        try {
          await purse.consume(value);
          return 0;
        } catch (refusal) {
          if (!(refusal instanceof RateLimiterRes)) throw refusal;
          waitMs = Math.min(waitMs, refusal.msBeforeNext);
        }
      }
      spent.set(value, performance.now() + waitMs);
      return Math.max(1, waitMs);
    },
  };
}
