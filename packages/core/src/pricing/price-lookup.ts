import type { PriceList } from "./price-list.ts";

/** The price table of one list, ready to be asked; built once per list object, whoever asks. */
export type PriceLookup = {
  readonly ticketTypeLabel: (key: string) => string | null;
  /** null: this ticket type is not sold there. */
  readonly cell: (category: string, ticketType: string) => number | null;
  /** The seat's own price for this type, else its own price for all types, else the cell of its category. */
  readonly seat: (seatId: string, category: string, ticketType: string) => number | null;
};

// A published list of 20,000 seat prices is read for every hold; it never changes, so its index is kept with it.
const lookups = new WeakMap<PriceList, PriceLookup>();

export function priceLookup(priceList: PriceList): PriceLookup {
  const known = lookups.get(priceList);
  if (known) return known;
  const made = makeLookup(priceList);
  lookups.set(priceList, made);
  return made;
}

function makeLookup(priceList: PriceList): PriceLookup {
  const labels = new Map(priceList.ticketTypes.map((type) => [type.key, type.label]));
  const cells = new Map(
    priceList.prices.map((price) => [pair(price.category, price.ticketType), price.amountMinor]),
  );
  const seats = new Map(
    priceList.seatPrices.map((price) => [pair(price.seatId, price.ticketType ?? ""), price.amountMinor]),
  );
  const cell = (category: string, ticketType: string): number | null =>
    cells.get(pair(category, ticketType)) ?? null;
  return {
    ticketTypeLabel: (key) => labels.get(key) ?? null,
    cell,
    seat: (seatId, category, ticketType) =>
      seats.get(pair(seatId, ticketType)) ?? seats.get(pair(seatId, "")) ?? cell(category, ticketType),
  };
}

/** Ticket type keys hold no newline, so two pairs never meet in one string. */
function pair(place: string, ticketType: string): string {
  return `${ticketType}\n${place}`;
}
