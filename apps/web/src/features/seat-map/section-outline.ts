import type { Point } from "@onsale/core/layout/layout";

/**
 * The shape of a section that came without one. Rows of a stand follow each other, so walking along the first row,
 * down the ends, back along the last row and up the other ends hugs curved sections where a convex hull would cover the
 * neighbours. Rows may be numbered either way; each is turned to start where the one before it starts.
 */
export function outlineOfRows(rows: readonly (readonly Point[])[], eye: Point): Point[] {
  const ordered = rows
    .filter((row) => row.length > 0)
    .map((row) => ({ row, distance: meanDistance(row, eye) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ row }) => row);
  const turned: (readonly Point[])[] = [];
  for (const row of ordered) {
    const before = turned.at(-1);
    turned.push(before && startsAtOtherEnd(row, before) ? row.toReversed() : row);
  }
  const first = turned[0];
  const last = turned.at(-1);
  if (!first || !last) return [];
  if (turned.length === 1) return [...first];
  const inner = turned.slice(1, -1);
  return [
    ...first,
    ...inner.flatMap((row) => row.at(-1) ?? []),
    ...last.toReversed(),
    ...inner.toReversed().flatMap((row) => row[0] ?? []),
  ];
}

function meanDistance(row: readonly Point[], eye: Point): number {
  return row.reduce((sum, seat) => sum + Math.hypot(seat.x - eye.x, seat.y - eye.y), 0) / row.length;
}

function startsAtOtherEnd(row: readonly Point[], before: readonly Point[]): boolean {
  const start = before[0];
  const first = row[0];
  const last = row.at(-1);
  if (!start || !first || !last) return false;
  return Math.hypot(last.x - start.x, last.y - start.y) < Math.hypot(first.x - start.x, first.y - start.y);
}

export function insidePolygon(polygon: readonly Point[], at: Point): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = polygon[i];
    const b = polygon[j];
    if (!a || !b) continue;
    if (a.y > at.y !== b.y > at.y && at.x < ((b.x - a.x) * (at.y - a.y)) / (b.y - a.y) + a.x)
      inside = !inside;
  }
  return inside;
}

/** Where a name stands: the area centroid, or the middle of the points when the area vanishes. */
export function middleOf(polygon: readonly Point[]): Point {
  let area = 0;
  let x = 0;
  let y = 0;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = polygon[j];
    const b = polygon[i];
    if (!a || !b) continue;
    const cross = a.x * b.y - b.x * a.y;
    area += cross;
    x += (a.x + b.x) * cross;
    y += (a.y + b.y) * cross;
  }
  if (Math.abs(area) > 1e-6) return { x: x / (3 * area), y: y / (3 * area) };
  const count = Math.max(polygon.length, 1);
  return {
    x: polygon.reduce((sum, point) => sum + point.x, 0) / count,
    y: polygon.reduce((sum, point) => sum + point.y, 0) / count,
  };
}
