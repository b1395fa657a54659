import { Version } from "@onsale/core/audit/change";
import { EventDraft, EventState, MoveReason, SaleWindow } from "@onsale/core/event/event";
import { EVENT_SORTS } from "@onsale/core/event/event-store";
import { PriceList } from "@onsale/core/pricing/price-list";
import { QUERY_CHARACTERS_MAX } from "@onsale/core/programme/search-programme";
import { EventId, LayoutId, OrganizationId, SeatNo } from "@onsale/core/shared/ids";
import { pageOf, sortedPageAsk } from "@onsale/core/shared/page";
import { lookupText, writtenText } from "@onsale/core/shared/text";
import { rule } from "@onsale/core/shared/schema-rule";
import { z } from "zod";
import { OneEvent } from "./shared.ts";
import { AdminVenue } from "./venue.ts";

export const AdminEvent = z.object({
  id: EventId,
  organizationId: OrganizationId,
  slug: z.string(),
  title: z.string(),
  subtitle: z.string(),
  description: z.string(),
  genre: z.string(),
  state: EventState,
  venue: AdminVenue,
  layoutId: LayoutId.nullable(),
  timeZone: z.string(),
  currency: z.string(),
  doorsAtMs: z.number().nullable(),
  startsAtMs: z.number(),
  endsAtMs: z.number().nullable(),
  saleWindows: z.array(SaleWindow),
  holdTtlMs: z.number(),
  salesEndAtMs: z.number().nullable(),
  maxPerFan: z.number(),
  detailsVersion: z.number(),
  priceVersion: z.number(),
});
export type AdminEvent = z.infer<typeof AdminEvent>;

export const AdminEventsAsk = sortedPageAsk(EVENT_SORTS).extend({
  organizationId: OrganizationId,
  query: writtenText({ max: QUERY_CHARACTERS_MAX }).default(""),
  states: z.array(EventState).max(EventState.options.length).exactOptional(),
});
export const AdminEvents = pageOf(AdminEvent).extend({ counts: z.partialRecord(EventState, z.number()) });

export const AdminEventAsk = z.strictObject({ idOrSlug: lookupText({ max: 100 }) });
export const AdminEventPage = z.object({
  event: AdminEvent,
  priceList: PriceList.nullable(),
  layoutHash: z.string().nullable(),
});
export type AdminEventPage = z.infer<typeof AdminEventPage>;

export const CreateEvent = z.strictObject({ organizationId: OrganizationId, draft: EventDraft });
export const CreatedEvent = z.object({ id: EventId, slug: z.string() });
export const UpdateEvent = OneEvent.extend({ version: Version, draft: EventDraft });
export const UpdatedEvent = CreatedEvent.extend({ version: z.number() });
export const PublishPrices = OneEvent.extend({ version: Version, priceList: PriceList });
export const PublishedPrices = z.object({ version: z.number() });

export const MoveEvent = OneEvent.extend({ to: EventState, reason: MoveReason.exactOptional() }).refine(
  ({ to, reason }) => to !== "cancelled" || reason !== undefined,
  { path: ["reason"], ...rule("cancel_without_reason") },
);
export const MovedEvent = z.object({ state: EventState });

export const EventSales = z.object({
  capacity: z.number(),
  sold: z.number(),
  claimed: z.number(),
  blocked: z.number(),
  held: z.number(),
  orders: z.number(),
  grossMinor: z.number(),
  feeMinor: z.number(),
  byCategory: z
    .array(
      z.object({ category: z.string(), ticketType: z.string(), tickets: z.number(), faceMinor: z.number() }),
    )
    .readonly(),
  byHour: z.array(z.object({ hourMs: z.number(), tickets: z.number(), grossMinor: z.number() })).readonly(),
});
export type EventSales = z.infer<typeof EventSales>;

export const SetBlocked = OneEvent.extend({
  seatNos: z.array(SeatNo).min(1).max(5_000),
  blocked: z.boolean(),
  reason: writtenText({ min: 1, max: 200 }),
});
export const BlockedSeats = z.object({ changed: z.number(), refused: z.array(z.number()) });
