import { SEAT_TRAITS } from "@onsale/core/layout/seat-trait";
import { Quote } from "@onsale/core/pricing/quote-schema";
import { TicketItems } from "@onsale/core/pricing/ticket-items";
import { EventId, HoldId, IdempotencyKey } from "@onsale/core/shared/ids";
import { lookupText } from "@onsale/core/shared/text";
import { z } from "zod";

export const HoldBestAvailable = z.strictObject({
  eventId: EventId,
  operationId: IdempotencyKey,
  quantity: z.int().min(1).max(50),
  ticketType: lookupText({ max: 40 }),
  categories: z
    .array(lookupText({ min: 0, max: 160 }))
    .max(200)
    .optional(),
  sectionKeys: z
    .array(lookupText({ min: 0, max: 160 }))
    .max(2_000)
    .optional(),
  accessible: z.boolean().optional(),
});

/** A hold as its owner sees it. Times are the server's; `nowMs` lets a browser with a wrong clock count down rightly. */
export const HoldView = z.object({
  hold: z.object({
    id: HoldId,
    eventId: EventId,
    items: TicketItems,
    expiresAtMs: z.number(),
    nowMs: z.number(),
    extensionsLeft: z.number(),
    state: z.enum(["active", "claimed", "ended"]),
  }),
  quote: Quote,
  /** Seats that are not like any other. */
  traits: z.array(z.object({ seatNo: z.number(), trait: z.enum(SEAT_TRAITS) })),
});
export type HoldView = z.infer<typeof HoldView>;
export const MyHolds = z.array(HoldView);
/** What a fan holds in an event, joined as far as it can be paid for together. */
export const JoinedHolds = z.object({
  held: MyHolds,
  /** Prices changed between two selections: all of them cost what the newest price list says. */
  priceChanged: z.boolean(),
});

export const OwnHold = z.strictObject({ eventId: EventId, holdId: HoldId });
export const RepriceHold = OwnHold.extend({ items: TicketItems });
export const ExtendedHold = z.object({
  expiresAtMs: z.number(),
  nowMs: z.number(),
  extensionsLeft: z.number(),
});
export const ReleasedHold = z.object({ seats: z.number() });
