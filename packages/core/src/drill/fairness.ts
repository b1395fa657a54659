import type { JoinTenth } from "./line-report.ts";

/** One number that was let in; times are the room's clock. */
export type Admitted = {
  readonly number: number;
  readonly wave: number;
  readonly presentSinceMs: number;
  readonly admittedAtMs: number;
};

/**
 * How many pairs break I12: one had the lower number and was present before a wave went in, yet only the other, with the
 * higher number, went in with it. Whoever was away when called overtakes nobody and is overtaken by right.
 */
export function countInversions(admitted: readonly Admitted[]): number {
  const waves = new Map<number, { atMs: number; numbers: number[] }>();
  for (const { wave, admittedAtMs, number } of admitted) {
    const known = waves.get(wave);
    if (known) known.numbers.push(number);
    else waves.set(wave, { atMs: admittedAtMs, numbers: [number] });
  }
  const inOrder = [...waves].toSorted(([a], [b]) => a - b);
  for (const [, { numbers }] of inOrder) numbers.sort((a, b) => a - b);
  let inversions = 0;
  for (const one of admitted) {
    for (let at = inOrder.length - 1; at >= 0; at -= 1) {
      const [seq, { atMs, numbers }] = inOrder[at] ?? [0, { atMs: 0, numbers: [] }];
      if (seq >= one.wave) continue;
      // Within one millisecond nobody can say which was first.
      if (atMs <= one.presentSinceMs) break;
      inversions += numbers.length - firstAbove(numbers, one.number);
    }
  }
  return inversions;
}

/** Spearman's rank correlation, -1 to 1, ties sharing their mean rank; null with fewer than three pairs or no variation. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 3) return null;
  const a = ranksOf(pairs.map(([value]) => value));
  const b = ranksOf(pairs.map(([, value]) => value));
  const mean = (pairs.length + 1) / 2;
  let [covariance, varianceA, varianceB] = [0, 0, 0];
  for (let n = 0; n < pairs.length; n += 1) {
    const [x, y] = [(a[n] ?? 0) - mean, (b[n] ?? 0) - mean];
    covariance += x * y;
    varianceA += x * x;
    varianceB += y * y;
  }
  if (varianceA === 0 || varianceB === 0) return null;
  return Math.round((covariance / Math.sqrt(varianceA * varianceB)) * 10_000) / 10_000;
}

/** Of each tenth of those who joined the lobby, in the order of joining, how many were let in. */
export function admittedByJoinTenth(inJoiningOrder: readonly { readonly admitted: boolean }[]): JoinTenth[] {
  const tenths = Array.from({ length: 10 }, (_, n) => ({ tenth: n + 1, joined: 0, admitted: 0 }));
  for (const [at, { admitted }] of inJoiningOrder.entries()) {
    const tenth = tenths[Math.floor((at * 10) / inJoiningOrder.length)];
    if (!tenth) continue;
    tenth.joined += 1;
    if (admitted) tenth.admitted += 1;
  }
  return tenths;
}

/** Most let in within one second of the clock. */
export function mostPerSecond(
  waves: readonly { readonly atMs: number; readonly admitted: number }[],
): number {
  const bySecond = new Map<number, number>();
  for (const { atMs, admitted } of waves) {
    const second = Math.floor(atMs / 1_000);
    bySecond.set(second, (bySecond.get(second) ?? 0) + admitted);
  }
  return Math.max(0, ...bySecond.values());
}

function firstAbove(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, n) => n).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = Array.from({ length: values.length }, () => 0);
  for (let from = 0; from < order.length;) {
    let to = from;
    const value = values[order[from] ?? 0];
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === value) to += 1;
    for (let n = from; n <= to; n += 1) ranks[order[n] ?? 0] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranks;
}
