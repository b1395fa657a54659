import { CartItems } from "@onsale/core/pricing/quote-item";

/** A choice outlives the way to sign-in and back, in this tab alone. Storage may be off; then it is only forgotten. */
const keyOf = (eventId: string) => `onsale:choice:${eventId}`;

export function keepChoice(eventId: string, items: CartItems): void {
  try {
    sessionStorage.setItem(keyOf(eventId), JSON.stringify(items));
  } catch {
    return;
  }
}

export function takeKeptChoice(eventId: string): CartItems | null {
  try {
    const text = sessionStorage.getItem(keyOf(eventId));
    sessionStorage.removeItem(keyOf(eventId));
    return text === null ? null : CartItems.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
