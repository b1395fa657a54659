import type { Point } from "../layout.ts";

/** Convex hull by Andrew's monotone chain, clockwise on the screen, starting at the leftmost point. */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
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

/** The closed polygon with extra corners, so that no edge spans more than `step` from left to right. */
export function subdivide(polygon: readonly Point[], step: number): Point[] {
  return polygon.flatMap((a, index) => {
    const b = polygon[(index + 1) % polygon.length] ?? a;
    const parts = Math.max(1, Math.min(24, Math.ceil(Math.abs(b.x - a.x) / step)));
    return Array.from({ length: parts }, (_, i) => ({
      x: a.x + ((b.x - a.x) * i) / parts,
      y: a.y + ((b.y - a.y) * i) / parts,
    }));
  });
}
