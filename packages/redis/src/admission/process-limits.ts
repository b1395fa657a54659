import type { AdmissionAnswer } from "@onsale/core/risk/admission-store";
import { type CallWindows, takeCall } from "@onsale/core/risk/limit-count";
import type { Bucket } from "@onsale/core/risk/limits";
import { makeBoundedMap } from "@onsale/core/shared/bounded-map";

type Over = Extract<AdmissionAnswer, { kind: "over" }>;

const KEPT_MAX = 100_000;
/** What many share is asked about again so soon: of a point that was given back no process knows by itself. */
const SHARED_ASKED_AGAIN_MS = 1_000;

/** What one process knows about limits by itself: which keys are over, and its own counts while Redis is away. */
export function makeProcessLimits({ nowMs }: { readonly nowMs: () => number }) {
  const spent = makeBoundedMap<string, { readonly over: Over; readonly atMs: number }>(KEPT_MAX);
  const counted = makeBoundedMap<string, CallWindows>(KEPT_MAX);

  return {
    /** The refusal that this key still stands under; null: none that is known here. */
    knownOver(key: string): Over | null {
      const known = spent.get(key);
      if (!known) return null;
      const sinceMs = nowMs() - known.atMs;
      const retryAfterMs = Math.ceil(known.over.retryAfterMs - sinceMs);
      if (retryAfterMs > 0 && (known.over.key !== "address" || sinceMs < SHARED_ASKED_AGAIN_MS))
        return { ...known.over, retryAfterMs };
      spent.delete(key);
      return null;
    },

    noteOver(key: string, over: Over): void {
      spent.set(key, { over, atMs: nowMs() });
    },

    /** Counted here alone. Milliseconds to wait; 0: there was room. */
    take(key: string, bucket: Bucket): number {
      const { waitMs, windows } = takeCall(bucket, counted.get(key) ?? [], nowMs());
      counted.set(key, windows);
      return Math.ceil(waitMs);
    },
  };
}
