import type { Point } from "./layout.ts";

/** Convex hull by Andrew's monotone chain, clockwise on the screen, starting at the leftmost point. */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const lower = chain(sorted);
  const upper = chain(sorted.toReversed());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function chain(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    for (;;) {
      const last = kept.at(-1);
      const before = kept.at(-2);
      if (last === undefined || before === undefined) break;
      const cross = (last.x - before.x) * (point.y - before.y) - (last.y - before.y) * (point.x - before.x);
      if (cross > 1e-9) break;
      kept.pop();
    }
    kept.push(point);
  }
  return kept;
}
