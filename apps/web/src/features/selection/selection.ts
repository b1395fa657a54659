import type { TicketItems } from "@onsale/core/pricing/ticket-items";
import { ticketCount } from "@onsale/core/pricing/ticket-count";

/** What a fan has chosen and not yet held. The same shape that the hold asks for, kept in the order of choosing. */
export const NOTHING: TicketItems = { seats: [], areas: [] };

export function hasSeat(items: TicketItems, seatNo: number): boolean {
  return items.seats.some((seat) => seat.seatNo === seatNo);
}

export function addSeats(items: TicketItems, seatNos: readonly number[], ticketType: string): TicketItems {
  const fresh = seatNos.filter((seatNo) => !hasSeat(items, seatNo));
  return { ...items, seats: [...items.seats, ...fresh.map((seatNo) => ({ seatNo, ticketType }))] };
}

export function removeSeats(items: TicketItems, seatNos: readonly number[]): TicketItems {
  const gone = new Set(seatNos);
  return { ...items, seats: items.seats.filter((seat) => !gone.has(seat.seatNo)) };
}

export function setSeatType(items: TicketItems, seatNo: number, ticketType: string): TicketItems {
  return {
    ...items,
    seats: items.seats.map((seat) => (seat.seatNo === seatNo ? { ...seat, ticketType } : seat)),
  };
}

/** Sets how many places of an area are wanted with one ticket type; 0 takes the line away. */
export function setAreaQuantity(
  items: TicketItems,
  area: { readonly areaNo: number; readonly ticketType: string; readonly quantity: number },
): TicketItems {
  const same = (line: { areaNo: number; ticketType: string }) =>
    line.areaNo === area.areaNo && line.ticketType === area.ticketType;
  if (area.quantity <= 0) return { ...items, areas: items.areas.filter((line) => !same(line)) };
  return items.areas.some(same)
    ? { ...items, areas: items.areas.map((line) => (same(line) ? { ...area } : line)) }
    : { ...items, areas: [...items.areas, { ...area }] };
}

/** Changes the ticket type of an area line; meeting a line of that type, the two become one. */
export function setAreaType(
  items: TicketItems,
  line: { readonly areaNo: number; readonly ticketType: string },
  ticketType: string,
): TicketItems {
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
export function countWords(items: TicketItems): string {
  const places = ticketCount(items) - items.seats.length;
  const parts = [
    items.seats.length > 0 ? `${items.seats.length} ${items.seats.length === 1 ? "seat" : "seats"}` : "",
    places > 0 ? `${places} ${places === 1 ? "place" : "places"}` : "",
  ].filter(Boolean);
  return parts.join(" and ");
}
