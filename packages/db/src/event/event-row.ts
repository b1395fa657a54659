import type { EventDraft, EventRecord } from "@onsale/core/event/event";
import type { EventSummary } from "@onsale/core/event/event-store";
import { type events, organizations, type venues } from "../schema/tables.ts";
import { venueOf } from "../venue/pg-venue-store.ts";

type EventRow = typeof events.$inferSelect;

export function eventOf(row: EventRow): EventRecord {
  return {
    id: row.id,
    organizationId: row.organizationId,
    slug: row.slug,
    title: row.title,
    subtitle: row.subtitle,
    description: row.description,
    genre: row.genre,
    // The foreign keys prove what the brands say.
    venueId: row.venueId as EventDraft["venueId"],
    layoutId: row.layoutId as EventDraft["layoutId"],
    timeZone: row.timeZone,
    currency: row.currency,
    doorsAtMs: row.doorsAt?.getTime() ?? null,
    startsAtMs: row.startsAt.getTime(),
    endsAtMs: row.endsAt?.getTime() ?? null,
    salesEndAtMs: row.salesEndAt?.getTime() ?? null,
    saleWindows: row.saleWindows,
    holdTtlMs: row.holdTtlMs,
    maxPerFan: row.maxPerFan,
    state: row.state,
    detailsVersion: row.detailsVersion,
    priceVersion: row.priceVersion,
    createdAtMs: row.createdAt.getTime(),
  };
}

/** What of an organization goes with its events. */
export const ORGANIZER = { slug: organizations.slug, name: organizations.name };

export function summaryOf({
  event,
  venue,
  organizer,
}: {
  event: EventRow;
  venue: typeof venues.$inferSelect;
  organizer: EventSummary["organizer"];
}): EventSummary {
  return { ...eventOf(event), venue: venueOf(venue), organizer };
}
