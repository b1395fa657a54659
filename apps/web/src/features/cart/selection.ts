import type { CartItems } from "@onsale/core/pricing/cart-items";
import { ticketCount } from "@onsale/core/pricing/ticket-count";

/** What a fan has chosen and not yet held. The same shape that the hold asks for, kept in the order of choosing. */
export const NOTHING: CartItems = { seats: [], areas: [] };

export function hasSeat(items: CartItems, seatNo: number): boolean {
  return items.seats.some((seat) => seat.seatNo === seatNo);
}

export function addSeats(items: CartItems, seatNos: readonly number[], ticketType: string): CartItems {
  const fresh = seatNos.filter((seatNo) => !hasSeat(items, seatNo));
  return { ...items, seats: [...items.seats, ...fresh.map((seatNo) => ({ seatNo, ticketType }))] };
}

export function removeSeats(items: CartItems, seatNos: readonly number[]): CartItems {
  const gone = new Set(seatNos);
  return { ...items, seats: items.seats.filter((seat) => !gone.has(seat.seatNo)) };
}

export function setSeatType(items: CartItems, seatNo: number, ticketType: string): CartItems {
  return {
    ...items,
    seats: items.seats.map((seat) => (seat.seatNo === seatNo ? { ...seat, ticketType } : seat)),
  };
}

/** Sets how many places of an area are wanted with one ticket type; 0 takes the line away. */
export function setAreaQuantity(
  items: CartItems,
  area: { readonly areaNo: number; readonly ticketType: string; readonly quantity: number },
): CartItems {
  const same = (line: { areaNo: number; ticketType: string }) =>
    line.areaNo === area.areaNo && line.ticketType === area.ticketType;
  if (area.quantity <= 0) return { ...items, areas: items.areas.filter((line) => !same(line)) };
  return items.areas.some(same)
    ? { ...items, areas: items.areas.map((line) => (same(line) ? { ...area } : line)) }
    : { ...items, areas: [...items.areas, { ...area }] };
}

/** Changes the ticket type of an area line; meeting a line of that type, the two become one. */
export function setAreaType(
  items: CartItems,
  line: { readonly areaNo: number; readonly ticketType: string },
  ticketType: string,
): CartItems {
  const from = items.areas.find((area) => area.areaNo === line.areaNo && area.ticketType === line.ticketType);
  if (!from || ticketType === line.ticketType) return items;
  const onto = items.areas.find((area) => area.areaNo === line.areaNo && area.ticketType === ticketType);
  return setAreaQuantity(setAreaQuantity(items, { ...from, quantity: 0 }), {
    areaNo: line.areaNo,
    ticketType,
    quantity: from.quantity + (onto?.quantity ?? 0),
  });
}

/** "2 seats", "3 places", "1 seat and 2 places". */
export function countWords(items: CartItems): string {
  const places = ticketCount(items) - items.seats.length;
  const parts = [
    items.seats.length > 0 ? `${items.seats.length} ${items.seats.length === 1 ? "seat" : "seats"}` : "",
    places > 0 ? `${places} ${places === 1 ? "place" : "places"}` : "",
  ].filter(Boolean);
  return parts.join(" and ");
}
