import { convexHull } from "@onsale/core/layout/convex-hull";
import type { LayoutDocument, Point, Shape, Table, Text } from "@onsale/core/layout/layout";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import { boundsOf, growRect, type Rect } from "./camera.ts";
import { middleOf, outlineOfRows } from "./section-outline.ts";
import { buildGrid, nearestSeat, type SpatialGrid } from "./spatial-grid.ts";

export type MapSection = {
  readonly index: number;
  readonly label: string;
  readonly polygon: readonly Point[];
  readonly bounds: Rect;
  /** Where the name stands. */
  readonly middle: Point;
  readonly seatCount: number;
  /** The least distance between neighbours in it: from there on every one of its seats can be hit. */
  readonly pitch: number;
  /** The category that most of its seats have; -1 for a section without any place. */
  readonly category: number;
  /** General admission: its area number. */
  readonly areaNo: number | null;
};

/** Everything about a plan that painting and picking need and that never changes while it is looked at. */
export type MapModel = {
  readonly plan: SeatPlan;
  readonly grid: SpatialGrid;
  /** Usual distance between neighbours, and the radius a seat is painted with; world units. */
  readonly pitch: number;
  readonly radius: number;
  readonly world: Rect;
  readonly sections: readonly MapSection[];
  readonly tables: readonly Table[];
  readonly shapes: readonly Shape[];
  readonly texts: readonly Text[];
};

/** Of the distance between neighbours; leaves a seam of paper between seats. */
const RADIUS_SHARE = 0.42;
const PITCH_SAMPLES = 1_500;

export function makeMapModel(plan: SeatPlan, layout: LayoutDocument): MapModel {
  const pitch = usualPitch(plan);
  const grid = buildGrid(plan.x, plan.y, pitch * 4);
  const pitches = leastPitches(plan, grid, pitch);
  const sections = plan.sections.map((_, index) =>
    describeSection(plan, index, { usual: pitch, least: pitches[index] ?? pitch }),
  );
  const corners: Point[] = [plan.focalPoint];
  for (const section of sections)
    if (section.seatCount > 0 || section.areaNo !== null) corners.push(...section.polygon);
  for (const shape of layout.shapes) corners.push(...shapeCorners(shape));
  for (const text of layout.texts) corners.push(text);
  const world = growRect(boundsOf(corners) ?? { minX: 0, minY: 0, maxX: 1, maxY: 1 }, pitch);
  return {
    plan,
    grid,
    pitch,
    radius: pitch * RADIUS_SHARE,
    world,
    sections,
    tables: layout.sections.flatMap((section) => (section.kind === "seated" ? section.tables : [])),
    shapes: layout.shapes,
    texts: layout.texts,
  };
}

/**
 * The distance that the closer quarter of sampled seats has to its nearest neighbour: rows may be closer together than
 * the seats within them, and a seat must overlap neither.
 */
function usualPitch(plan: SeatPlan): number {
  const rough = roughPitch(plan);
  const grid = buildGrid(plan.x, plan.y, rough * 2);
  const step = Math.max(1, Math.floor(plan.seatCount / PITCH_SAMPLES));
  const distances: number[] = [];
  for (let seatNo = 0; seatNo < plan.seatCount; seatNo += step) {
    const distance = nearestDistance(plan, grid, { seatNo, reach: rough * 1.5 });
    if (distance > 0) distances.push(distance);
  }
  distances.sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 4)] ?? rough;
}

function nearestDistance(plan: SeatPlan, grid: SpatialGrid, near: { seatNo: number; reach: number }): number {
  const x = plan.x[near.seatNo] ?? 0;
  const y = plan.y[near.seatNo] ?? 0;
  const found = nearestSeat(grid, plan, { x, y, reach: near.reach, except: near.seatNo });
  return found < 0 ? 0 : Math.hypot((plan.x[found] ?? 0) - x, (plan.y[found] ?? 0) - y);
}

/** Two places closer than this are one spot that stands twice; no zoom parts them. */
const ONE_SPOT_SHARE = 0.45;

/** Per section the least distance that a seat of it has to any other. */
function leastPitches(plan: SeatPlan, grid: SpatialGrid, pitch: number): Float64Array {
  const least = new Float64Array(plan.sections.length).fill(Infinity);
  for (let seatNo = 0; seatNo < plan.seatCount; seatNo++) {
    const section = plan.runs[plan.run[seatNo] ?? -1]?.section ?? -1;
    const distance = nearestDistance(plan, grid, { seatNo, reach: pitch * 1.5 });
    if (distance > pitch * ONE_SPOT_SHARE && distance < (least[section] ?? 0)) least[section] = distance;
  }
  return least.map((distance) => (Number.isFinite(distance) ? distance : pitch));
}

function roughPitch(plan: SeatPlan): number {
  const distances: number[] = [];
  for (const run of plan.runs) {
    if (run.count < 2) continue;
    const a = run.first;
    distances.push(
      Math.hypot((plan.x[a + 1] ?? 0) - (plan.x[a] ?? 0), (plan.y[a + 1] ?? 0) - (plan.y[a] ?? 0)),
    );
  }
  distances.sort((a, b) => a - b);
  const median = distances[Math.floor(distances.length / 2)] ?? 0;
  return median > 0 ? median : 20;
}

function describeSection(
  plan: SeatPlan,
  index: number,
  pitch: { readonly usual: number; readonly least: number },
): MapSection {
  const section = plan.sections[index];
  const runs = plan.runs.filter((run) => run.section === index);
  const points = runs.map((run) =>
    Array.from({ length: run.count }, (_, at) => ({
      x: plan.x[run.first + at] ?? 0,
      y: plan.y[run.first + at] ?? 0,
    })),
  );
  const areaNo = plan.areas.findIndex((area) => area.section === index);
  const eye = section?.focalPoint ?? plan.focalPoint;
  const given = section?.outline;
  const polygon = given
    ? [...given]
    : runs.every((run) => run.kind === "row")
      ? outlineOfRows(points, eye)
      : convexHull(points.flat());
  const shape = polygon.length > 0 ? polygon : [eye];
  return {
    index,
    label: section?.label ?? "",
    polygon: shape,
    bounds: growRect(boundsOf(shape) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 }, pitch.usual / 2),
    middle: middleOf(shape),
    pitch: pitch.least,
    seatCount: runs.reduce((sum, run) => sum + run.count, 0),
    category: areaNo >= 0 ? (plan.areas[areaNo]?.category ?? -1) : commonCategory(plan, runs),
    areaNo: areaNo >= 0 ? areaNo : null,
  };
}

function commonCategory(plan: SeatPlan, runs: readonly { first: number; count: number }[]): number {
  const counts = new Map<number, number>();
  for (const run of runs) {
    for (let seatNo = run.first; seatNo < run.first + run.count; seatNo++) {
      const category = plan.category[seatNo] ?? -1;
      counts.set(category, (counts.get(category) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? -1;
}

function shapeCorners(shape: Shape): readonly Point[] {
  if (shape.points) return shape.points;
  const reach = Math.hypot(shape.width ?? 0, shape.height ?? 0) / 2;
  const rotated = (shape.rotation ?? 0) % 90 !== 0;
  const halfWidth = rotated ? reach : (shape.width ?? 0) / 2;
  const halfHeight = rotated ? reach : (shape.height ?? 0) / 2;
  return [
    { x: shape.x - halfWidth, y: shape.y - halfHeight },
    { x: shape.x + halfWidth, y: shape.y + halfHeight },
  ];
}
