import type { Point } from "../layout.ts";

/** Smallest distance between two points, for tests: sorted by x, so only near neighbours are compared. */
export function closestPair(points: readonly Point[]): number {
  const sorted = points.toSorted((a, b) => a.x - b.x);
  let best = Infinity;
  sorted.forEach((a, index) => {
    for (let i = index + 1; i < sorted.length; i += 1) {
      const b = sorted[i];
      if (b === undefined || b.x - a.x >= best) break;
      best = Math.min(best, Math.hypot(b.x - a.x, b.y - a.y));
    }
  });
  return best;
}
