/** What "best together" was asked for, kept on the way through sign-in or sign-up and back, in this tab alone. */
export type KeptWish = {
  readonly quantity: number;
  /** The key of a price level; "" is any. */
  readonly level: string;
  readonly accessible: boolean;
};

const keyOf = (eventId: string) => `onsale:wish:${eventId}`;

export function keepWish(eventId: string, wish: KeptWish): void {
  try {
    sessionStorage.setItem(keyOf(eventId), JSON.stringify(wish));
  } catch {
    // Storage may be off; then it is only forgotten.
    return;
  }
}

export function readKeptWish(eventId: string): KeptWish | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(eventId)) ?? "null");
    return isKeptWish(kept) ? kept : null;
  } catch {
    return null;
  }
}

export function forgetWish(eventId: string): void {
  try {
    sessionStorage.removeItem(keyOf(eventId));
  } catch {
    return;
  }
}

export function isKeptWish(value: unknown): value is KeptWish {
  if (typeof value !== "object" || value === null) return false;
  const { quantity, level, accessible } = value as Record<string, unknown>;
  return (
    Number.isInteger(quantity) &&
    Number(quantity) > 0 &&
    typeof level === "string" &&
    typeof accessible === "boolean"
  );
}
