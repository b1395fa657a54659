import type { Point, Shape } from "../layout.ts";
import {
  AISLE,
  type Block,
  blockDepth,
  makeBlock,
  type Placed,
  placeFlat,
  placeOnCurve,
  ROW_PITCH,
} from "./block.ts";
import { type Curve, makeBowl, makeFan } from "./curve.ts";
import { packTiers, type Tier } from "./pack-tiers.ts";
import { type Sector, sectorScheme, type Wedge } from "./sector-scheme.ts";

export type { Sector } from "./sector-scheme.ts";
export type Arrangement = {
  /** By sector, in the order given. */
  readonly placed: readonly Placed[];
  readonly focalPoint: Point;
  readonly stage: Shape;
};

/** With fewer sectors than this around it, a stage is looked at from one side only. */
const RING_SECTORS_MIN = 6;

/**
 * Lays out sectors of which only names, rows and seat numbers are known: a bowl around the stage, or a fan before it
 * when they are few. Floor sectors stand flat before the stage. Compass names, tier numbers ("A1", "A2"; "101", "201")
 * and file order decide who sits where. Blocks never overlap (see Curve). Pure: same sectors, same picture.
 */
export function arrangeSectors(sectors: readonly Sector[]): Arrangement {
  const blocks = sectors.map((sector) => makeBlock(sector.rows));
  const scheme = sectorScheme(sectors);
  const tiers = packTiers(scheme.wedges, blocks);
  const around = scheme.wedges.reduce((sum, wedge) => sum + wedge.sectors.length, 0);
  if (around < RING_SECTORS_MIN) return arrangeFan(scheme.wedges, scheme.floor, blocks);
  return arrangeBowl({ wedges: scheme.wedges, tiers, floor: scheme.floor, blocks, compass: scheme.compass });
}

type Bowl = {
  readonly wedges: readonly Wedge[];
  readonly tiers: readonly Tier[];
  readonly floor: readonly number[];
  readonly blocks: readonly Block[];
  readonly compass: boolean;
};

function arrangeBowl({ wedges, tiers, floor, blocks, compass }: Bowl): Arrangement {
  const flat = shelve(floor, blocks);
  const widths = wedges.map((_, index) => Math.max(...tiers.map((tier) => tier.baseWidth[index] ?? 0), 1));
  const { curve, arcs } = compass ? compassBowl(widths, flat) : roundBowl(widths, flat);
  const placed = new Map<number, Placed>();
  for (const tier of tiers) {
    wedges.forEach((_, index) => {
      const arc = arcs[index];
      const inTier = tier.sectors[index] ?? [];
      if (arc === undefined || inTier.length === 0) return;
      spread({ sectors: inTier, blocks, placed }, { ...arc, curve, depth: tier.depth });
    });
  }
  const inner = innerHalf(curve);
  const stageHeight = flat.height > 0 ? inner.y * 0.22 : inner.y * 0.9;
  const stageY = flat.height > 0 ? -(flat.height + stageHeight + AISLE) / 2 + stageHeight / 2 : 0;
  flat.place({ x: 0, y: stageY + stageHeight / 2 + AISLE + ROW_PITCH * 0.6 }, placed);
  const width = flat.height > 0 ? Math.min(inner.x * 1.1, flat.width) : inner.x * 1.2;
  return {
    placed: blocks.map((_, index) => placed.get(index) ?? { rows: [], outline: [] }),
    focalPoint: { x: 0, y: Math.round(flat.height > 0 ? stageY + stageHeight / 2 : 0) },
    stage: stageShape({ width, height: stageHeight, y: stageY, label: compass ? "Field" : "Stage" }),
  };
}

type Arc = { readonly from: number; readonly to: number };

/** Sides by compass: each pair of opposite sides gets the room of its larger one. Wedges come as W, N, E, S. */
function compassBowl(widths: readonly number[], flat: Shelves): { curve: Curve; arcs: Arc[] } {
  const [west = 1, north = 1, east = 1, south = 1] = widths;
  const upright = Math.max(west, east, flat.height * 1.2);
  const across = Math.max(north, south, flat.width * 1.2);
  const corner = Math.min(upright, across) * 0.45;
  const curve = makeBowl({ sideX: across - corner, sideY: upright - corner, radius: corner / (Math.PI / 2) });
  const bounds = [0, upright, upright + across, upright * 2 + across, (upright + across) * 2];
  return { curve, arcs: [0, 1, 2, 3].map((i) => ({ from: bounds[i] ?? 0, to: bounds[i + 1] ?? 0 })) };
}

function roundBowl(widths: readonly number[], flat: Shelves): { curve: Curve; arcs: Arc[] } {
  const needed = widths.reduce((sum, width) => sum + width, 0);
  // Sides of a bowl whose inner room is 5 : 4 and half round, big enough for the blocks and for the floor.
  const shape = (unit: number): Curve =>
    makeBowl({ sideX: unit * 0.75, sideY: unit * 0.5, radius: unit * 0.5 });
  const unit = Math.max(
    needed / shape(1).length(0),
    (flat.width + AISLE * 4) / 1.75,
    (flat.height * 1.5 + AISLE * 6) / 1.5,
  );
  const curve = shape(unit);
  const stretch = curve.length(0) / needed;
  const arcs: Arc[] = [];
  let from = 0;
  for (const width of widths) {
    arcs.push({ from, to: from + width * stretch });
    from += width * stretch;
  }
  return { curve, arcs };
}

/** Sets blocks side by side in the middle of an arc, with what is left over between them, up to three aisles each. */
function spread(
  {
    sectors,
    blocks,
    placed,
  }: { sectors: readonly number[]; blocks: readonly Block[]; placed: Map<number, Placed> },
  { from, to, curve, depth }: Arc & { curve: Curve; depth: number },
): void {
  const start = curve.project(from, depth);
  const room = curve.project(to, depth) - start;
  const total = sectors.reduce((sum, sector) => sum + (blocks[sector]?.width ?? 0), 0);
  const gap = Math.max(0, Math.min(AISLE * 3, (room - total) / sectors.length));
  let at = start + (room - total - gap * (sectors.length - 1)) / 2;
  for (const sector of sectors) {
    const block = blocks[sector];
    if (block === undefined) continue;
    const centre = unproject(curve, at + block.width / 2, depth);
    placed.set(sector, placeOnCurve(block, curve, { centre, depth }));
    at += block.width + gap;
  }
}

/** The inverse of `curve.project` by bisection: it is monotone, and sectors are few. */
function unproject(curve: Curve, along: number, depth: number): number {
  let low = -curve.length(0);
  let high = 2 * curve.length(0);
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (curve.project(middle, depth) < along) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function innerHalf(curve: Curve): Point {
  const whole = curve.length(0);
  let [x, y] = [0, 0];
  for (let i = 0; i < 64; i += 1) {
    const point = curve.pointAt((whole * i) / 64, 0);
    x = Math.max(x, Math.abs(point.x));
    y = Math.max(y, Math.abs(point.y));
  }
  return { x, y };
}

function arrangeFan(
  wedges: readonly Wedge[],
  floor: readonly number[],
  blocks: readonly Block[],
): Arrangement {
  const order = [...floor, ...wedges.flatMap((wedge) => wedge.sectors)];
  const all: Wedge[] = [{ sectors: order, angle: 0.1, tierOf: null }];
  let best = packTiers(all, blocks, 1);
  for (let count = 2; count <= order.length; count += 1) {
    const tried = packTiers(all, blocks, count);
    if (fanProportion(tried, blocks) >= 1.2) best = tried;
  }
  const width = Math.max(...best.map((tier) => tier.baseWidth[0] ?? 0), 1);
  const deepest = best.at(-1);
  const depth =
    (deepest?.depth ?? 0) +
    Math.max(
      0,
      ...(deepest?.sectors[0] ?? []).map((sector) => blockDepth(blocks[sector] ?? { rows: [], width: 0 })),
    );
  const angle = Math.min(2.2, width / (1.2 * Math.max(depth, 1)));
  const radius = width / angle;
  const curve = makeFan({ radius, angle });
  const placed = new Map<number, Placed>();
  for (const tier of best)
    spread(
      { sectors: tier.sectors[0] ?? [], blocks, placed },
      { from: 0, to: width, curve, depth: tier.depth },
    );
  const top = Math.min(
    ...[...placed.values()].flatMap(({ outline }) => outline.map((point) => point.y)),
    radius,
  );
  const height = Math.max(ROW_PITCH * 3, Math.min(width * 0.12, 200));
  const y = top - AISLE * 2 - height / 2;
  return {
    placed: blocks.map((_, index) => placed.get(index) ?? { rows: [], outline: [] }),
    focalPoint: { x: 0, y: Math.round(y + height / 2) },
    stage: stageShape({ width: Math.max(width * 0.6, 200), height, y, label: "Stage" }),
  };
}

function fanProportion(tiers: readonly Tier[], blocks: readonly Block[]): number {
  const width = Math.max(...tiers.map((tier) => tier.baseWidth[0] ?? 0));
  const last = tiers.at(-1);
  const lastDepth = Math.max(
    0,
    ...(last?.sectors[0] ?? []).map((sector) => blockDepth(blocks[sector] ?? { rows: [], width: 0 })),
  );
  return width / Math.max(1, (last?.depth ?? 0) + lastDepth);
}

function stageShape({
  width,
  height,
  y,
  label,
}: {
  width: number;
  height: number;
  y: number;
  label: string;
}): Shape {
  const size = { width: Math.round(width), height: Math.round(height) };
  return { kind: "rectangle", role: "stage", label, x: 0, y: Math.round(y), ...size };
}

type Shelves = {
  readonly width: number;
  readonly height: number;
  readonly place: (topMiddle: Point, placed: Map<number, Placed>) => void;
};

/** Floor blocks on shelves, about as wide as deep, each shelf centred before the stage. */
function shelve(floor: readonly number[], blocks: readonly Block[]): Shelves {
  const area = floor.reduce(
    (sum, index) => sum + (blocks[index]?.width ?? 0) * blockDepth(blocks[index] ?? { rows: [], width: 0 }),
    0,
  );
  const wanted = Math.sqrt(area * 1.3);
  const shelves: number[][] = [];
  let used = Infinity;
  for (const index of floor.toSorted((a, b) => a - b)) {
    const width = (blocks[index]?.width ?? 0) + AISLE;
    if (used + width > wanted * 1.05) {
      shelves.push([]);
      used = 0;
    }
    shelves.at(-1)?.push(index);
    used += width;
  }
  const widthOf = (shelf: readonly number[]): number =>
    shelf.reduce((sum, i) => sum + (blocks[i]?.width ?? 0) + AISLE, -AISLE);
  const depthOf = (shelf: readonly number[]): number =>
    Math.max(...shelf.map((i) => blockDepth(blocks[i] ?? { rows: [], width: 0 })));
  return {
    width: Math.max(0, ...shelves.map(widthOf)),
    height: shelves.reduce((sum, shelf) => sum + depthOf(shelf), 0),
    place: (topMiddle, placed) => {
      let y = topMiddle.y;
      for (const shelf of shelves) {
        let x = topMiddle.x - widthOf(shelf) / 2;
        for (const index of shelf) {
          const block = blocks[index];
          if (block === undefined) continue;
          placed.set(index, placeFlat(block, { x: x + block.width / 2, y }));
          x += block.width + AISLE;
        }
        y += depthOf(shelf);
      }
    },
  };
}
