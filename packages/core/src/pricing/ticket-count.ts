import type { CartItems } from "./cart-items.ts";

export function ticketCount(items: CartItems): number {
  return items.seats.length + items.areas.reduce((sum, area) => sum + area.quantity, 0);
}
