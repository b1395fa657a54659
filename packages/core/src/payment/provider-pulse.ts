import type { PaymentProvider } from "./payment-provider.ts";

/** A call counts for this much against those before it. */
const WEIGHT = 0.2;
const TOLD_EVERY_MS = 500;

/** What all processes know of the provider's speed. */
export interface ProviderPulseStore {
  tell(ms: number): Promise<void>;
  /** 0: nobody paid lately. */
  read(): Promise<number>;
}

/**
 * How long the payment provider takes, as all processes see it: whoever calls it tells the store now and then, and the
 * line's controller reads it before each wave.
 */
export function makeProviderPulse({ store, nowMs }: { store: ProviderPulseStore; nowMs: () => number }) {
  let average = 0;
  let toldAtMs = 0;

  function saw(ms: number): void {
    average = average === 0 ? ms : average + WEIGHT * (ms - average);
    if (nowMs() - toldAtMs < TOLD_EVERY_MS) return;
    toldAtMs = nowMs();
    // Only a hint for the next wave; a store that is away has other effects.
    void store.tell(Math.round(average)).catch(() => undefined);
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
    read: () => store.read(),
  };
}
