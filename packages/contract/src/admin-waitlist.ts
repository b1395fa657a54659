import {
  OfferState,
  WaitlistEnd,
  WaitlistEntryId,
  WaitlistStand,
  WaitlistState,
  WaitlistWishes,
} from "@onsale/core/waitlist/waitlist";
import { writtenText } from "@onsale/core/shared/text";
import { z } from "zod";
import { FILTER_CHARACTERS_MAX, OneEvent } from "./shared.ts";

const LISTED_MAX = 1_000;
export const WaitlistAsk = OneEvent.extend({
  limit: z.int().min(1).max(LISTED_MAX).default(LISTED_MAX),
  /** Of the address. */
  query: writtenText({ max: FILTER_CHARACTERS_MAX }).default(""),
  stand: WaitlistStand.exactOptional(),
});

const count = z.number();
const ListedWait = z.object({
  id: WaitlistEntryId,
  email: z.string(),
  lineNumber: z.number().nullable(),
  state: WaitlistState,
  ended: WaitlistEnd.nullable(),
  wishes: WaitlistWishes,
  joinedAtMs: z.number(),
  offers: z.number(),
  offer: z.object({ state: OfferState, offeredAtMs: z.number(), expiresAtMs: z.number() }).nullable(),
});
/** Those who wait, in the order in which they are asked. Counts and demand are of everybody. */
export const AdminWaitlist = z.object({
  counts: z.object({
    waiting: count,
    ticketsWanted: count,
    offered: count,
    bought: count,
    declined: count,
    lapsed: count,
    left: count,
  }),
  /** What those who wait would take; `label` null: any price level. */
  demand: z.array(z.object({ label: z.string().nullable(), fans: count, tickets: count })),
  /** How price levels and sections are called, by key. */
  names: z.object({
    levels: z.record(z.string(), z.string()),
    sections: z.record(z.string(), z.string()),
  }),
  entries: z.array(ListedWait),
  /** Of the whole list under the same filters. */
  total: count,
});
export type AdminWaitlist = z.infer<typeof AdminWaitlist>;
