import type { PaymentProvider } from "@onsale/core/payment/payment-provider";
import type { Redis } from "ioredis";

/** A call counts for this much against those before it. */
const WEIGHT = 0.2;
const TOLD_EVERY_MS = 500;
/** Nobody paid for this long: the provider is not known to be slow. */
const FORGOTTEN_MS = 5_000;

/**
 * How long the payment provider takes, as all processes see it: whoever calls it tells Redis now and then, and the
 * line's controller reads it before each wave.
 */
export function makeProviderPulse({
  redis,
  prefix,
  nowMs,
}: {
  redis: Redis;
  prefix: string;
  nowMs: () => number;
}) {
  const key = `${prefix}provider-pulse`;
  let average = 0;
  let toldAtMs = 0;

  function saw(ms: number): void {
    average = average === 0 ? ms : average + WEIGHT * (ms - average);
    if (nowMs() - toldAtMs < TOLD_EVERY_MS) return;
    toldAtMs = nowMs();
    // Only a hint for the next wave; a Redis that is away has other effects.
    void redis.set(key, Math.round(average), "PX", FORGOTTEN_MS).catch(() => undefined);
  }

  async function timed<T>(call: Promise<T>): Promise<T> {
    const asked = nowMs();
    try {
      return await call;
    } finally {
      saw(nowMs() - asked);
    }
  }

  return {
    /** The same provider, with its calls timed. */
    watch: <P extends PaymentProvider>(provider: P): P => ({
      ...provider,
      authorise: (input: Parameters<P["authorise"]>[0]) => timed(provider.authorise(input)),
      capture: (input: Parameters<P["capture"]>[0]) => timed(provider.capture(input)),
    }),
    /** Milliseconds, smoothed; 0 while nobody pays. */
    read: async () => Number((await redis.get(key)) ?? 0),
  };
}
export type ProviderPulse = ReturnType<typeof makeProviderPulse>;
