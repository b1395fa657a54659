import { assert } from "../shared/assert.ts";

/**
 * Splits an amount over weights so that the parts are integers and sum to it exactly (largest remainder, ties to the
 * earlier part). Weights are integers >= 0; when all are 0 every part counts the same. Used to give each ticket its part
 * of a fee, a tax or a refund.
 */
export function shareOut(totalMinor: number, weights: readonly number[]): number[] {
  if (weights.length === 0) {
    assert(totalMinor === 0, "an amount cannot be shared out over nothing");
    return [];
  }
  const given = weights.map((weight) => BigInt(weight));
  assert(
    given.every((weight) => weight >= 0n),
    "a weight is never negative",
  );
  const parts = given.some((weight) => weight > 0n) ? given : given.map(() => 1n);
  const sum = parts.reduce((a, b) => a + b, 0n);
  const sign = totalMinor < 0 ? -1 : 1;
  const total = BigInt(Math.abs(totalMinor));

  const shares = parts.map((weight, index) => ({
    index,
    share: (total * weight) / sum,
    remainder: (total * weight) % sum,
  }));
  const left = Number(total - shares.reduce((a, part) => a + part.share, 0n));
  const first = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const part of first.slice(0, left)) part.share += 1n;
  // `|| 0` keeps -0 out of negative share-outs.
  return shares.map((part) => sign * Number(part.share) || 0);
}
