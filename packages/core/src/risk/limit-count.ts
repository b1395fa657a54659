import type { AdmissionAnswer } from "./admission-store.ts";
import type { Bucket, LimitKey } from "./limits.ts";

type Over = Extract<AdmissionAnswer, { kind: "over" }>;

/** What the counters of one key said about a call; 0: it was counted. The narrowest key first, as in LIMIT_KEYS. */
export type KeyAnswer = { readonly key: LimitKey; readonly bucket: Bucket; readonly waitMs: number };

/** The narrowest key that is over, which is the caller's own doing; null: there was room under each. */
export function firstOver(answers: readonly KeyAnswer[]): Over | null {
  const over = answers.find(({ waitMs }) => waitMs > 0);
  if (!over) return null;
  const { points, seconds } = over.bucket;
  return { kind: "over", key: over.key, limit: points, perSeconds: seconds, retryAfterMs: over.waitMs };
}

type CallWindow = { readonly count: number; readonly endsAtMs: number };
/** The running windows of a bucket's purses: that of its points, then that of its burst. */
export type CallWindows = readonly CallWindow[];

/**
 * One call more under a key, counted as redis/src/admission/count-call.lua does: from the first purse that has room. A
 * window begins with the first call in it.
 */
export function takeCall(
  bucket: Bucket,
  windows: CallWindows,
  nowMs: number,
): { readonly waitMs: number; readonly windows: CallWindows } {
  const purses = bucket.burst ? [bucket, bucket.burst] : [bucket];
  const running = purses.map(({ seconds }, i) => {
    const window = windows[i];
    return window && window.count > 0 && window.endsAtMs > nowMs
      ? window
      : { count: 0, endsAtMs: nowMs + seconds * 1_000 };
  });
  const open = purses.findIndex(({ points }, i) => (running[i]?.count ?? 0) < points);
  if (open < 0)
    return { waitMs: Math.min(...running.map(({ endsAtMs }) => endsAtMs - nowMs)), windows: running };
  // A second purse that is not touched has no window yet.
  const touched = running.slice(0, Math.max(open + 1, windows.length));
  return {
    waitMs: 0,
    windows: touched.map((window, i) => (i === open ? { ...window, count: window.count + 1 } : window)),
  };
}
