import { z } from "zod";
import { TicketItems } from "../pricing/ticket-items.ts";
import type { LineId } from "../line/line.ts";
import { type AccountId, EventId, type HoldId, IdempotencyKey } from "../shared/ids.ts";

/** Taking and giving back seats keeps them from others; a purchase starts the count anew. */
export const HOLD_CYCLES_MAX = 20;
export const HOLD_CYCLES_WINDOW_MS = 10 * 60_000;
/** How long an ended hold is remembered, so that a replay of its operation is answered and not repeated, and its time counts. */
export const HOLD_TOMBSTONE_MS = 60 * 60_000;

export const HoldRequest = z.strictObject({
  eventId: EventId,
  /** Names this attempt; sending it again returns the same hold and does not extend it. */
  operationId: IdempotencyKey,
  items: TicketItems,
});
export type HoldRequest = z.infer<typeof HoldRequest>;

export type HoldState = "active" | "claimed" | "ended";

export type Hold = {
  readonly id: HoldId;
  readonly eventId: EventId;
  readonly accountId: AccountId;
  readonly items: TicketItems;
  /** The published price list version this hold is charged by. */
  readonly priceVersion: number;
  readonly quoteHash: string;
  readonly totalMinor: number;
  /** The sale window it was taken in, by its key; null: the event had none then, or it is not known. */
  readonly windowKey: string | null;
  readonly expiresAtMs: number;
  /** Until when its fan may have these places without having paid, by HOLD_TIME_MAX_MS; null: it is not counted. */
  readonly payByMs: number | null;
  readonly extensionsLeft: number;
  readonly state: HoldState;
};

/** A hold as asked for; the store's clock decides when it ends. */
export type HoldPlan = Omit<Hold, "windowKey" | "expiresAtMs" | "payByMs" | "state" | "extensionsLeft"> & {
  /** Left out or null: the sale decides when the hold is paid for, as it is then. */
  readonly windowKey?: string | null;
  readonly ttlMs: number;
  readonly maxPerFan: number;
  /** The line whose pass this fan must have at that moment; null: the sale has none. */
  readonly passLine: LineId | null;
  /** Holds that one fan may make and not pay for within HOLD_CYCLES_WINDOW_MS. */
  readonly cyclesMax: number;
  /** How long this fan may hold within HOLD_TIME_WINDOW_MS without buying; null: this hold is an offer of the waitlist. */
  readonly timeMaxMs: number | null;
};

/** A claim that a rebuilt shard has from Postgres: whose it is and its places, nothing about its price. */
export function isRebuilt(hold: Hold): boolean {
  return hold.priceVersion === 0;
}

/** Sorted and unique, so that every writer takes seats in the same order. */
export function sortedItems(items: TicketItems): TicketItems {
  return {
    seats: [...items.seats].sort((a, b) => a.seatNo - b.seatNo),
    areas: [...items.areas].sort((a, b) => a.areaNo - b.areaNo || (a.ticketType < b.ticketType ? -1 : 1)),
  };
}
