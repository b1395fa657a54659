import { z } from "zod";
import { TicketItems } from "@onsale/core/pricing/ticket-items";
import { AccountId, EventId, HoldId } from "@onsale/core/shared/ids";
import {
  OfferState,
  WaitlistEnd,
  type WaitlistEntry,
  WaitlistEntryId,
  type WaitlistOffer,
  WaitlistOfferId,
  WaitlistState,
  WaitlistWishes,
} from "@onsale/core/waitlist/waitlist";
import type { Sql } from "../client.ts";

const Entry = z.object({
  id: WaitlistEntryId,
  eventId: EventId,
  accountId: AccountId,
  lineNumber: z.int().nullable(),
  state: WaitlistState,
  ended: WaitlistEnd.nullable(),
  wishes: WaitlistWishes,
  wishesKey: z.string(),
  joinedAtMs: z.int(),
  offers: z.int(),
});
const Offer = z.object({
  id: WaitlistOfferId,
  entryId: WaitlistEntryId,
  eventId: EventId,
  accountId: AccountId,
  holdId: HoldId,
  items: TicketItems,
  state: OfferState,
  offeredAtMs: z.int(),
  expiresAtMs: z.int(),
  told: z.boolean(),
});

/** One entry as JSON, from the table under the name e; the database's own names stay in here. */
export const entryJson = (sql: Sql) => sql`jsonb_build_object('id', e.id, 'eventId', e.event_id,
  'accountId', e.account_id, 'lineNumber', e.line_number, 'state', e.state, 'ended', e.ended, 'wishes', e.wishes,
  'wishesKey', e.wishes_key,  'joinedAtMs', ms_of(e.joined_at), 'offers', e.offers)`;
/** One offer as JSON, from the table under the name o. */
export const offerJson = (
  sql: Sql,
) => sql`jsonb_build_object('id', o.id, 'entryId', o.entry_id, 'eventId', o.event_id,
  'accountId', o.account_id, 'holdId', o.hold_id, 'items', o.items, 'state', o.state, 'offeredAtMs', ms_of(o.offered_at),
  'expiresAtMs', ms_of(o.expires_at), 'told', o.told_at IS NOT NULL)`;

export const readEntry = (value: unknown): WaitlistEntry => Entry.parse(value);
export const readOffer = (value: unknown): WaitlistOffer => Offer.parse(value);
