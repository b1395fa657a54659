import { makeBill } from "@onsale/core/pricing/bill";
import type { TicketItems } from "@onsale/core/pricing/ticket-items";
import { ticketCount } from "@onsale/core/pricing/ticket-count";
import { areaTypes, type PricedType, type Sale, seatTypes } from "./sale-context.ts";

export function totalOf(sale: Sale, items: TicketItems): number | null {
  if (ticketCount(items) === 0) return null;
  const { plan, priceList, map } = sale;
  const made = makeBill({ plan, priceList, priceVersion: map.priceVersion, items });
  return "bill" in made ? made.bill.totalMinor : null;
}

/** What is charged once, whatever is bought. */
export function perOrderMinor(sale: Sale, items: TicketItems): number {
  const totalMinor = totalOf(sale, items);
  return totalMinor === null ? 0 : totalMinor - placesMinor(sale, items);
}

/** What the places cost by themselves. */
function placesMinor(sale: Sale, items: TicketItems): number {
  const amount = (types: readonly PricedType[], key: string) =>
    types.find((type) => type.key === key)?.amountMinor ?? 0;
  return (
    items.seats.reduce((sum, seat) => sum + amount(seatTypes(sale, seat.seatNo), seat.ticketType), 0) +
    items.areas.reduce(
      (sum, line) => sum + line.quantity * amount(areaTypes(sale, line.areaNo), line.ticketType),
      0,
    )
  );
}
