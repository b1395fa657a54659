import type { TicketItems } from "./ticket-items.ts";

export function ticketCount(items: TicketItems): number {
  return items.seats.length + items.areas.reduce((sum, area) => sum + area.quantity, 0);
}
