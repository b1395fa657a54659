import type { SaleMap } from "@onsale/contract/event";

export type PriceRow = {
  readonly category: string;
  readonly label: string;
  /** In the order of the ticket types; whole, minor units; null where the type is not sold. */
  readonly amounts: readonly (number | null)[];
};

/** Dearest level first; levels without a price are left out. */
export function displayFrom(map: Pick<SaleMap, "categories" | "ticketTypes" | "prices">): PriceRow[] {
  return map.categories
    .map(({ key, label }) => ({
      category: key,
      label,
      amounts: map.ticketTypes.map(
        (type) =>
          map.prices.find((price) => price.category === key && price.ticketType === type.key)?.allInMinor ??
          null,
      ),
    }))
    .filter((row) => row.amounts.some((amount) => amount !== null))
    .sort((a, b) => most(b) - most(a));
}

const most = (row: PriceRow) => Math.max(...row.amounts.map((amount) => amount ?? 0));
