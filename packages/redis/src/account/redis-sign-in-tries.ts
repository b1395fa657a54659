import { createHash } from "node:crypto";
import { FAILURES, type SignInTries, type SignInTry } from "@onsale/core/account/sign-in-tries";
import { addressKey } from "@onsale/core/risk/address-ranges";
import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";

type Bucket = keyof typeof FAILURES;

const shortKey = (value: string) => createHash("sha256").update(value).digest("base64url").slice(0, 22);

/** A counter for each bucket; while Redis is away each process counts for itself. */
export function makeRedisSignInTries(
  redis: Redis,
  { prefix, scale }: { prefix: string; scale: number },
): SignInTries {
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
