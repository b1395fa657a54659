import { AISLE, type Block, blockDepth } from "./block.ts";
import type { Wedge } from "./sector-scheme.ts";

/** One ring of blocks, starting at `depth`; by wedge: its sectors and the room they need on the line itself. */
export type Tier = {
  readonly depth: number;
  readonly sectors: readonly (readonly number[])[];
  readonly baseWidth: readonly number[];
};

/** The inner room's radius should be at least this share of the seats' depth; more tiers make the room smaller. */
const ROOM_SHARE = 0.9;

/** Tiers as the names say, or as many as leave a well-proportioned room in the middle. */
export function packTiers(wedges: readonly Wedge[], blocks: readonly Block[], count?: number): Tier[] {
  const named = wedges.some((wedge) => wedge.tierOf !== null);
  if (named) return namedTiers(wedges, blocks);
  if (count !== undefined) return splitTiers(wedges, blocks, count);
  let best = splitTiers(wedges, blocks, 1);
  for (let tried = 2; tried <= 5; tried += 1) {
    const next = splitTiers(wedges, blocks, tried);
    const around = sum(wedges.map((_, index) => Math.max(...next.map((tier) => tier.baseWidth[index] ?? 0))));
    const last = next.at(-1);
    const depth = (last?.depth ?? 0) + tierDepth(last?.sectors.flat() ?? [], blocks);
    if (around / (2 * Math.PI) < depth * ROOM_SHARE) break;
    best = next;
  }
  return best;
}

function namedTiers(wedges: readonly Wedge[], blocks: readonly Block[]): Tier[] {
  const numbers = new Set(
    wedges.flatMap((wedge) => wedge.sectors.map((sector) => wedge.tierOf?.(sector) ?? 0)),
  );
  const byTier = [...numbers]
    .toSorted((a, b) => a - b)
    .map((number) =>
      wedges.map((wedge) => wedge.sectors.filter((sector) => (wedge.tierOf?.(sector) ?? 0) === number)),
    );
  return stack(wedges, blocks, byTier);
}

/** Splits every wedge's sectors, in order, so that the room needed on the line itself is smallest. */
function splitTiers(wedges: readonly Wedge[], blocks: readonly Block[], count: number): Tier[] {
  const deepest = tierDepth(
    wedges.flatMap((wedge) => wedge.sectors),
    blocks,
  );
  const splits = wedges.map((wedge) => splitWedge(wedge, blocks, { count, deepest }));
  const byTier = Array.from({ length: count }, (_, tier) => splits.map((split) => split[tier] ?? []));
  return stack(
    wedges,
    blocks,
    byTier.filter((tier) => tier.some((sectors) => sectors.length > 0)),
  );
}

function splitWedge(
  wedge: Wedge,
  blocks: readonly Block[],
  { count, deepest }: { count: number; deepest: number },
): number[][] {
  const widths = wedge.sectors.map((sector) => (blocks[sector]?.width ?? 0) + AISLE);
  const fill = (base: number): number[][] | null => {
    const tiers: number[][] = [[]];
    let used = 0;
    for (const [index, sector] of wedge.sectors.entries()) {
      const width = widths[index] ?? 0;
      const room = (): number => base + (tiers.length - 1) * deepest * wedge.angle * 2 * Math.PI;
      while (used + width > room()) {
        if (tiers.length === count) return null;
        tiers.push([]);
        used = 0;
      }
      tiers.at(-1)?.push(sector);
      used += width;
    }
    return tiers;
  };
  let [low, high] = [0, sum(widths)];
  for (let i = 0; i < 40; i += 1) {
    const middle = (low + high) / 2;
    if (fill(middle) === null) low = middle;
    else high = middle;
  }
  return fill(high) ?? fill(sum(widths) + 1) ?? [[...wedge.sectors]];
}

function stack(
  wedges: readonly Wedge[],
  blocks: readonly Block[],
  byTier: readonly (readonly (readonly number[])[])[],
): Tier[] {
  let depth = 0;
  return byTier.map((sectors) => {
    const baseWidth = wedges.map((wedge, index) => {
      const needed = sum((sectors[index] ?? []).map((sector) => (blocks[sector]?.width ?? 0) + AISLE));
      // A tier further out has more room than the line itself, by the wedge's angle times its depth.
      return wedge.tierOf === null ? Math.max(0, needed - depth * wedge.angle * 2 * Math.PI) : needed;
    });
    const tier: Tier = { depth, sectors, baseWidth };
    depth += tierDepth(sectors.flat(), blocks) + AISLE;
    return tier;
  });
}

function tierDepth(sectors: readonly number[], blocks: readonly Block[]): number {
  return sectors.reduce(
    (most, sector) => Math.max(most, blockDepth(blocks[sector] ?? { rows: [], width: 0 })),
    0,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
