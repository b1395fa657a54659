import { z } from "zod";
import { lookupText } from "../shared/text.ts";
import { Uuid } from "../shared/ids.ts";
import { TICKETS_PER_FAN_MAX } from "../event/hold-limits.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import { sha256Hex } from "../shared/derived-id.ts";
import type { AccountId, EventId, HoldId } from "../shared/ids.ts";
import { PriceMinor } from "../shared/money-schema.ts";

/** Seats that come back are kept for one fan this long; a payment that has begun may take its own time on top. */
export const OFFER_TTL_MS = 15 * 60_000;
/** A fan whose payments fail is offered seats again in the old place, up to so many offers. */
export const OFFERS_PER_WAIT_MAX = 3;
/** A fan whom the purchase limit stopped is asked again after this. */
export const OFFER_AGAIN_MS = 60_000;
/** Fewer than these ahead are counted exactly at every look; further back the count may be seconds old. */
export const AHEAD_EXACT_MAX = 100;
/** Offers that one event makes in one round of a worker. */
export const OFFERS_PER_ROUND_MAX = 100;

const keys = z.array(lookupText({ max: 160 })).max(200);

export const WaitlistEntryId = Uuid.brand<"WaitlistEntryId">();
export type WaitlistEntryId = z.infer<typeof WaitlistEntryId>;
export const WaitlistOfferId = Uuid.brand<"WaitlistOfferId">();
export type WaitlistOfferId = z.infer<typeof WaitlistOfferId>;

/** What a fan waits for. */
export const WaitlistWishes = z.strictObject({
  quantity: z.int().min(1).max(TICKETS_PER_FAN_MAX),
  ticketType: lookupText({ max: 40 }),
  /** Side by side without an aisle between, or not at all. A standing area is together. */
  together: z.boolean().default(true),
  /** Keys of acceptable sections and price levels; none: any. */
  sections: keys.default([]),
  categories: keys.default([]),
  /** Most that one ticket may cost, with its fees and taxes, in minor units; null: any price. */
  maxPriceMinor: PriceMinor.nullable().default(null),
});
export type WaitlistWishes = z.infer<typeof WaitlistWishes>;

/** Keys sorted and without repetition, so that equal wishes are equal text. */
export function plainWishes(wishes: WaitlistWishes): WaitlistWishes {
  const plain = (list: readonly string[]) => [...new Set(list)].sort();
  return {
    quantity: wishes.quantity,
    ticketType: wishes.ticketType,
    together: wishes.together,
    sections: plain(wishes.sections),
    categories: plain(wishes.categories),
    maxPriceMinor: wishes.maxPriceMinor,
  };
}

/** SHA-256 of plain wishes; the same for fans who wait for the same. */
export function wishesKeyOf(plain: WaitlistWishes): string {
  const { quantity, ticketType, together, sections, categories, maxPriceMinor } = plain;
  return sha256Hex(JSON.stringify([quantity, ticketType, together, sections, categories, maxPriceMinor]));
}

/** waiting: in the order of the list. offered: seats are kept for this fan. over: `ended` says why. */
export const WaitlistState = z.enum(["waiting", "offered", "over"]);
export type WaitlistState = z.infer<typeof WaitlistState>;
export const WaitlistEnd = z.enum(["bought", "declined", "lapsed", "left"]);
export type WaitlistEnd = z.infer<typeof WaitlistEnd>;
/** Where a wait stands: in the list, asked, or what became of it. */
export const WaitlistStand = z.enum([...WaitlistState.exclude(["over"]).options, ...WaitlistEnd.options]);
export type WaitlistStand = z.infer<typeof WaitlistStand>;

export type WaitlistEntry = {
  readonly id: WaitlistEntryId;
  readonly eventId: EventId;
  readonly accountId: AccountId;
  /** The number in the event's line of those who stood in it when they joined: they come first, in that order. */
  readonly lineNumber: number | null;
  readonly state: WaitlistState;
  readonly ended: WaitlistEnd | null;
  readonly wishes: WaitlistWishes;
  /** wishesKeyOf them. */
  readonly wishesKey: string;
  readonly joinedAtMs: number;
  readonly offers: number;
};

/**
 * open -> bought | declined | lapsed. withdrawn: the hold could not be had, so the offer never reached the fan, who still
 * waits in the same place.
 */
export const OfferState = z.enum(["open", "bought", "declined", "lapsed", "withdrawn"]);
export type OfferState = z.infer<typeof OfferState>;

export type WaitlistOffer = {
  readonly id: WaitlistOfferId;
  readonly entryId: WaitlistEntryId;
  readonly eventId: EventId;
  readonly accountId: AccountId;
  readonly holdId: HoldId;
  readonly items: TicketItems;
  readonly state: OfferState;
  readonly offeredAtMs: number;
  readonly expiresAtMs: number;
  /** The hold stands and the fan is told; false between the row and its hold. */
  readonly told: boolean;
};
