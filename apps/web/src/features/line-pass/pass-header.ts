import { browserShelf } from "./browser-shelf.ts";
import { readPass } from "./line-memory.ts";

/** As packages/api reads it. */
const PASS_HEADER = "x-onsale-pass";
const SELLS = /^(?:hold|checkout)\./;

type Operation = { readonly path: string; readonly input: unknown };

/** The pass of the event that a batch of calls buys at; fans buy at one event at a time. */
export function passHeader(operations: readonly Operation[]): Record<string, string> {
  if (typeof window === "undefined") return {};
  for (const { path, input } of operations) {
    const eventId = SELLS.test(path) ? eventIdOf(input) : null;
    const kept = eventId === null ? null : readPass(browserShelf(), eventId);
    if (kept) return { [PASS_HEADER]: kept.pass };
  }
  return {};
}

function eventIdOf(input: unknown): string | null {
  if (typeof input !== "object" || input === null || !("eventId" in input)) return null;
  return typeof input.eventId === "string" ? input.eventId : null;
}
