import type { ProviderPulseStore } from "@onsale/core/payment/provider-pulse";
import type { Redis } from "ioredis";

/** Nobody paid for this long: the provider is not known to be slow. */
const FORGOTTEN_MS = 5_000;

/** One number under one key, the last that any process told. */
export function makeRedisProviderPulse(redis: Redis, { prefix }: { prefix: string }): ProviderPulseStore {
  const key = `${prefix}provider-pulse`;
  return {
    async tell(ms) {
      await redis.set(key, ms, "PX", FORGOTTEN_MS);
    },
    read: async () => Number((await redis.get(key)) ?? 0),
  };
}
