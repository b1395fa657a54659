import { AppError } from "@onsale/core/shared/errors";
import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";

/** points per window; keyed by account where there is one, else by address. Documented in docs/api.md. */
const LIMITS = {
  signIn: { points: 10, seconds: 60, by: "address" },
  signUp: { points: 20, seconds: 3_600, by: "address" },
  hold: { points: 60, seconds: 60, by: "account" },
  checkout: { points: 20, seconds: 60, by: "account" },
  read: { points: 600, seconds: 60, by: "account" },
  staff: { points: 600, seconds: 60, by: "account" },
} as const satisfies Record<string, { points: number; seconds: number; by: "account" | "address" }>;
export type RateLimitName = keyof typeof LIMITS;

/** One counter for all API processes in Redis; while Redis is away each process counts for itself. */
export function makeRateLimits({ redis, prefix }: { redis: Redis; prefix: string }) {
  const limiters = new Map(
    (Object.keys(LIMITS) as RateLimitName[]).map((name) => {
      const { points, seconds } = LIMITS[name];
      const insuranceLimiter = new RateLimiterMemory({ points, duration: seconds });
      const options = {
        storeClient: redis,
        keyPrefix: `${prefix}rl:${name}`,
        points,
        duration: seconds,
        insuranceLimiter,
      };
      // Who is over the limit is turned away from memory, without asking Redis again.
      return [name, new RateLimiterRedis({ ...options, inMemoryBlockOnConsumed: points + 1 })] as const;
    }),
  );

  return {
    async take(name: RateLimitName, who: { account: string | null; address: string }): Promise<void> {
      const key = LIMITS[name].by === "account" ? (who.account ?? who.address) : who.address;
      try {
        await limiters.get(name)?.consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new AppError("rate.limited", "That was a little fast. Wait a moment and try again.", {
          details: {
            retryAfterMs: refusal.msBeforeNext,
            limit: LIMITS[name].points,
            perSeconds: LIMITS[name].seconds,
          },
        });
      }
    },
  };
}
export type RateLimits = ReturnType<typeof makeRateLimits>;
