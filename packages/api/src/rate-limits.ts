import { createHash } from "node:crypto";
import { addressKey } from "@onsale/core/risk/address-ranges";
import { AppError } from "@onsale/core/shared/errors";
import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";

/** `points` calls per window; `burst`, when given, is a second purse that is touched when the first is empty. */
type Bucket = {
  readonly points: number;
  readonly seconds: number;
  readonly burst?: { readonly points: number; readonly seconds: number };
};
export type LimitKey = "account" | "session" | "instrument" | "address";
type Rule = Readonly<Partial<Record<LimitKey, Bucket>>>;

const perMinute = (points: number): Bucket => ({ points, seconds: 60 });
/** A person's key and a crowd's: a campus or a mobile network is one address, so an address gets much more, yet not everything. */
const fan = (bucket: Bucket, addressPerMinute: number): Rule => ({
  account: bucket,
  session: bucket,
  address: perMinute(addressPerMinute),
});
const BURSTS = 5 * 60;

/** Each key is a bucket of its own. Documented in docs/limits.md; a test holds that page against this table. */
export const LIMITS = {
  signUp: { address: { points: 100, seconds: 3_600 } },
  /** Counted by mail address and address together: a stranger's mails to a mailbox are not its owner's. */
  signUpMail: { account: { points: 5, seconds: 900 } },
  resetPassword: { address: { points: 100, seconds: 3_600 } },
  changePassword: { account: { points: 5, seconds: 900 } },
  sessions: { account: perMinute(30) },
  verifyStart: { account: { points: 3, seconds: 600 }, address: { points: 60, seconds: 600 } },
  verifyConfirm: fan(perMinute(10), 120),
  join: fan(perMinute(10), 600),
  checkIn: fan(perMinute(60), 12_000),
  pass: fan(perMinute(30), 3_000),
  hold: fan({ points: 5, seconds: 60, burst: { points: 15, seconds: BURSTS } }, 600),
  /** What a fan does to a hold that is theirs already. */
  holdChange: fan(perMinute(30), 1_800),
  checkout: {
    ...fan({ points: 5, seconds: 60, burst: { points: 5, seconds: BURSTS } }, 600),
    instrument: perMinute(5),
  },
  confirm: fan(perMinute(10), 600),
  /** One bucket: the account's, or the address's for who is not signed in. */
  read: { account: perMinute(600) },
  staff: { account: perMinute(600) },
  /** Asking for a document by a name that this process never found anything under. */
  unknown: { address: perMinute(300) },
} as const satisfies Record<string, Rule>;
export type RateLimitName = keyof typeof LIMITS;

export type LimitedCaller = {
  readonly address: string;
  readonly account: string | null;
  readonly session?: string | null;
  readonly instrument?: string | null;
};

export type RateLimitDeps = {
  readonly redis: Redis;
  readonly prefix: string;
  /** Multiplies every number of calls, never a window: for drills, where one machine is the whole crowd. */
  readonly scale: number;
  readonly onRefused?: (name: RateLimitName, key: LimitKey) => void;
};

/** Ends of windows that this process knows to be used up. */
const SPENT_KEPT_MAX = 100_000;
/** The narrowest first: the refusal names the key that is the caller's own doing. */
const KEYS = ["instrument", "account", "session", "address"] as const satisfies readonly LimitKey[];

/**
 * One counter for all API processes in Redis; while Redis is away each process counts for itself. All keys of a call are
 * counted in the same turn of the event loop, which is one round trip. A call that is over a narrow key by what this
 * process knows is refused before the wide key is counted: one hammering account does not use up the address of a campus.
 */
export function makeRateLimits({ redis, prefix, scale, onRefused }: RateLimitDeps) {
  const buckets = new Map(
    (Object.keys(LIMITS) as RateLimitName[]).flatMap((name) =>
      (Object.entries(LIMITS[name]) as [LimitKey, Bucket][]).map(
        ([key, bucket]) =>
          [
            `${name}:${key}`,
            makeBucket({ redis, keyPrefix: `${prefix}rl:${name}:${key}` }, scaled(bucket, scale)),
          ] as const,
      ),
    ),
  );

  function keysOf(name: RateLimitName, who: LimitedCaller) {
    const rule: Rule = LIMITS[name];
    const values = {
      instrument: who.instrument ?? null,
      // Who is not signed in, where only accounts are counted, is counted by address.
      account: who.account ?? (rule.address ? null : `at ${addressKey(who.address)}`),
      session: who.session ?? null,
      address: addressKey(who.address),
    } satisfies Record<LimitKey, string | null>;
    return KEYS.flatMap((key) => {
      const [bucket, value] = [buckets.get(`${name}:${key}`), values[key]];
      return bucket && value !== null ? [{ key, bucket, value: shortKey(value) }] : [];
    });
  }

  function refuse(name: RateLimitName, key: LimitKey, retryAfterMs: number): never {
    onRefused?.(name, key);
    const bucket = (LIMITS[name] as Rule)[key];
    throw new AppError("rate.limited", "That was a little fast. Wait a moment and try again.", {
      details: {
        retryAfterMs,
        limit: bucket ? scaled(bucket, scale).points : 0,
        perSeconds: bucket?.seconds ?? 0,
        key,
      },
    });
  }

  return {
    /** Throws rate.limited with the time until the key that refused has room again. */
    async take(name: RateLimitName, who: LimitedCaller): Promise<void> {
      const keys = keysOf(name, who);
      for (const { key, bucket, value } of keys) {
        const waitMs = bucket.knownWaitMs(value);
        if (waitMs > 0) refuse(name, key, waitMs);
      }
      const waits = await Promise.all(
        keys.map(async ({ key, bucket, value }) => ({ key, waitMs: await bucket.consume(value) })),
      );
      const over = waits.find(({ waitMs }) => waitMs > 0);
      if (over) refuse(name, over.key, over.waitMs);
    },
  };
}
export type RateLimits = ReturnType<typeof makeRateLimits>;

function scaled(bucket: Bucket, scale: number): Bucket {
  const times = (points: number) => Math.max(1, Math.round(points * scale));
  const { burst } = bucket;
  return {
    points: times(bucket.points),
    seconds: bucket.seconds,
    ...(burst ? { burst: { points: times(burst.points), seconds: burst.seconds } } : {}),
  };
}

/** Addresses and cookies are not kept as they are: a key is its hash. */
function shortKey(value: string): string {
  return createHash("sha256").update(value).digest("base64url").slice(0, 22);
}

function makeBucket({ redis, keyPrefix }: { redis: Redis; keyPrefix: string }, { burst, ...main }: Bucket) {
  const make = (suffix: string, { points, seconds }: { points: number; seconds: number }) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `${keyPrefix}${suffix}`,
      points,
      duration: seconds,
      insuranceLimiter: new RateLimiterMemory({ points, duration: seconds }),
    });
  const purses = [make("", main), ...(burst ? [make(":b", burst)] : [])];
  const spent = new Map<string, number>();

  return {
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
      if (spent.size >= SPENT_KEPT_MAX) spent.clear();
      spent.set(value, performance.now() + waitMs);
      return Math.max(1, waitMs);
    },
  };
}
