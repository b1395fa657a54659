import { createHash } from "node:crypto";
import { addressKey } from "@onsale/core/risk/address-ranges";
import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";

/**
 * Wrong passwords until each further try costs a check. None of them is a wall: whoever fills a bucket makes guessing dear, for
 * themselves and for strangers, and locks nobody out. docs/limits.md says them, and a test holds that page against this table.
 */
export const FAILURES = {
  /** A browser from which this address was signed in before: its own bucket, which no stranger reaches. */
  device: { points: 10, seconds: 900 },
  /** One address of the network at one mailbox. */
  pair: { points: 5, seconds: 900 },
  address: { points: 60, seconds: 900 },
  mailbox: { points: 50, seconds: 3_600 },
} as const;
type Bucket = keyof typeof FAILURES;

export type SignInTry = {
  readonly email: string;
  readonly address: string;
  /** As known-devices.ts names it. */
  readonly device: string | null;
};

const shortKey = (value: string) => createHash("sha256").update(value).digest("base64url").slice(0, 22);

/** Counts before the password is compared, and takes back what was no failure: a hundred guesses at once are a hundred. */
export function makeSignInTries({ redis, prefix, scale }: { redis: Redis; prefix: string; scale: number }) {
  const buckets = Object.fromEntries(
    Object.entries(FAILURES).map(([name, { points, seconds }]) => {
      const rule = { points: Math.max(1, Math.round(points * scale)), duration: seconds };
      return [
        name,
        new RateLimiterRedis({
          storeClient: redis,
          keyPrefix: `${prefix}try:${name}`,
          ...rule,
          insuranceLimiter: new RateLimiterMemory(rule),
        }),
      ];
    }),
  ) as Record<Bucket, RateLimiterRedis>;

  function keysOf({ email, address, device }: SignInTry): [Bucket, string][] {
    if (device !== null) return [["device", shortKey(`${device} ${email}`)]];
    const from = addressKey(address);
    return [
      ["pair", shortKey(`${from} ${email}`)],
      ["address", shortKey(from)],
      ["mailbox", shortKey(email)],
    ];
  }

  return {
    /** true: there were too many failures, and this try needs a check. */
    async take(attempt: SignInTry): Promise<boolean> {
      const over = await Promise.all(
        keysOf(attempt).map(async ([bucket, key]) => {
          try {
            await buckets[bucket].consume(key);
            return false;
          } catch (refusal) {
            if (refusal instanceof RateLimiterRes) return true;
            throw refusal;
          }
        }),
      );
      return over.includes(true);
    },
    async giveBack(attempt: SignInTry): Promise<void> {
      await Promise.all(keysOf(attempt).map(([bucket, key]) => buckets[bucket].reward(key)));
    },
  };
}
export type SignInTries = ReturnType<typeof makeSignInTries>;
