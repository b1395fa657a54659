/** How fast the line moved: what servedTo was at some moments of the last minutes, oldest first. */
export type Pace = readonly ServedAt[];
export type ServedAt = { readonly atMs: number; readonly servedTo: number };

const PACE_WINDOW_MS = 2 * 60_000;
const PACE_STEP_MS = 2_000;
/** A shorter time says nothing yet. */
const PACE_KNOWN_AFTER_MS = 5_000;

/**
 * The samples with one more; those older than the window are dropped but for the youngest of them. The newest sample is
 * replaced while it is closer than a step to the one before, so some sixty are kept whatever the rate of calls. A clock
 * or a line that went back begins anew.
 */
export function paceAfter(pace: Pace, sample: ServedAt): Pace {
  const last = pace.at(-1);
  if (!last) return [sample];
  if (sample.atMs < last.atMs || sample.servedTo < last.servedTo) return [sample];
  const beforeLast = pace.at(-2);
  const kept = beforeLast && last.atMs - beforeLast.atMs < PACE_STEP_MS ? pace.slice(0, -1) : pace;
  const inWindow = kept.findIndex(({ atMs }) => atMs > sample.atMs - PACE_WINDOW_MS);
  const from = inWindow < 0 ? kept.length - 1 : Math.max(0, inWindow - 1);
  return [...kept.slice(from), sample];
}

/** Numbers served per minute over the samples; 0 while too little is known. */
export function perMinuteOf(pace: Pace): number {
  const [first, last] = [pace.at(0), pace.at(-1)];
  if (!first || !last || last.atMs - first.atMs < PACE_KNOWN_AFTER_MS) return 0;
  return ((last.servedTo - first.servedTo) / (last.atMs - first.atMs)) * 60_000;
}

/** Keeps the samples of one line. */
export function makePace() {
  let pace: Pace = [];
  return {
    /** Takes a sample and answers the numbers served per minute. */
    perMinute(sample: ServedAt): number {
      pace = paceAfter(pace, sample);
      return perMinuteOf(pace);
    },
  };
}
