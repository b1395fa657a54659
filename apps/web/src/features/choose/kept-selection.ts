import type { TicketItems } from "@onsale/core/pricing/ticket-items";

/** A selection outlives a reload and the way to sign-in or sign-up and back, in this tab alone. Storage may be off; then it is only forgotten. */
const keyOf = (eventId: string) => `onsale:selection:${eventId}`;

export function keepSelection(eventId: string, items: TicketItems): void {
  try {
    if (items.seats.length + items.areas.length === 0) sessionStorage.removeItem(keyOf(eventId));
    else sessionStorage.setItem(keyOf(eventId), JSON.stringify(items));
  } catch {
    return;
  }
}

export function readKeptSelection(eventId: string): TicketItems | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(eventId)) ?? "null");
    return isTicketItems(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** By hand: the schema library is larger than everything else that the first pick needs of ours. */
export function isTicketItems(value: unknown): value is TicketItems {
  if (!isFields(value)) return false;
  const { seats, areas } = value;
  return (
    Array.isArray(seats) &&
    seats.every((line) => isLine(line, ["seatNo"])) &&
    Array.isArray(areas) &&
    areas.every((line) => isLine(line, ["areaNo", "quantity"]))
  );
}

function isLine(value: unknown, numbers: readonly string[]): boolean {
  return (
    isFields(value) &&
    typeof value["ticketType"] === "string" &&
    numbers.every((name) => Number.isInteger(value[name]) && Number(value[name]) >= 0)
  );
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
