import type { CartItems } from "./quote-item.ts";

export const ITEMS_PER_HOLD_MAX = 50;

export function ticketCount(items: CartItems): number {
  return items.seats.length + items.areas.reduce((sum, area) => sum + area.quantity, 0);
}
