import { LEVEL_COLORS } from "./map-colors.ts";

export type PriceLevel = {
  readonly category: number;
  /** Index into the level colours. */
  readonly level: number;
  /** Least and most a place of the category costs, whole, minor units; null when it is not sold. */
  readonly fromMinor: number | null;
  readonly toMinor: number | null;
};

/** Dearest first; categories without a price last. The order decides the colour, so it is the same on every page. */
export function priceLevels(
  categories: readonly { readonly key: string }[],
  prices: readonly { readonly category: string; readonly allInMinor: number }[],
): PriceLevel[] {
  return categories
    .map(({ key }, category) => {
      const amounts = prices.filter((price) => price.category === key).map((price) => price.allInMinor);
      return {
        category,
        fromMinor: amounts.length > 0 ? Math.min(...amounts) : null,
        toMinor: amounts.length > 0 ? Math.max(...amounts) : null,
      };
    })
    .sort((a, b) => (b.toMinor ?? -1) - (a.toMinor ?? -1) || a.category - b.category)
    .map((level, rank) => ({ ...level, level: rank % LEVEL_COLORS }));
}

/** Level by category index, for the painter. */
export function levelByCategory(levels: readonly PriceLevel[]): Uint8Array {
  const byCategory = new Uint8Array(levels.length);
  for (const { category, level } of levels) byCategory[category] = level;
  return byCategory;
}
