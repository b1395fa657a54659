import { Version } from "@onsale/core/audit/change";
import { EventDraft, EventState, MoveReason, SaleWindow } from "@onsale/core/event/event";
import { EVENT_SORTS, type EventSummary } from "@onsale/core/event/event-store";
import { VenueAddress, VenueDraft } from "@onsale/core/venue/venue";
import { PriceList } from "@onsale/core/pricing/price-list";
import { QUERY_CHARACTERS_MAX } from "@onsale/core/programme/search-programme";
import { EventId, OrganizationId, SeatNo, VenueId } from "@onsale/core/shared/ids";
import { pageOf, sortedPageAsk } from "@onsale/core/shared/page";
import { z } from "zod";
import { lookupText, writtenText } from "@onsale/core/shared/text";
import { memberProcedure, router } from "../trpc.ts";

const Venue = z.object({
  id: z.string(),
  organizationId: z.string(),
  name: z.string(),
  address: z.string(),
  city: z.string(),
  country: z.string(),
  timeZone: z.string(),
});
const AdminEvent = z.object({
  id: z.string(),
  organizationId: z.string(),
  slug: z.string(),
  title: z.string(),
  subtitle: z.string(),
  description: z.string(),
  genre: z.string(),
  state: EventState,
  venue: Venue,
  layoutId: z.string().nullable(),
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
const Sales = z.object({
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

const adminEvent = (event: EventSummary): z.infer<typeof AdminEvent> => {
  const { priceVersion, state, venue, id, ...draft } = event;
  return { ...draft, id, state, venue, priceVersion };
};

export const adminEventRouter = router({
  /** Newest first; `query` as in the storefront, over events of every time and state. */
  list: memberProcedure("event.read")
    .input(
      sortedPageAsk(EVENT_SORTS).extend({
        organizationId: OrganizationId,
        query: writtenText({ max: QUERY_CHARACTERS_MAX }).default(""),
        states: z.array(EventState).max(EventState.options.length).exactOptional(),
      }),
    )
    .output(pageOf(AdminEvent).extend({ counts: z.partialRecord(EventState, z.number()) }))
    .query(
      async ({ ctx: { services, organization }, input: { organizationId: _organizationId, ...ask } }) => {
        const page = await services.organizerEvents.list(organization, ask);
        return { ...page, items: page.items.map(adminEvent) };
      },
    ),

  get: memberProcedure("event.read")
    .input(z.strictObject({ idOrSlug: lookupText({ max: 100 }) }))
    .output(
      z.object({ event: AdminEvent, priceList: PriceList.nullable(), layoutHash: z.string().nullable() }),
    )
    .query(async ({ ctx: { services }, input }) => {
      const { event, ...more } = await services.organizerEvents.get(input.idOrSlug);
      return { event: adminEvent(event), ...more };
    }),

  create: memberProcedure("event.write")
    .input(z.strictObject({ organizationId: OrganizationId, draft: EventDraft }))
    .output(z.object({ id: z.string(), slug: z.string() }))
    .mutation(async ({ ctx: { services, organization, account }, input: { draft } }) => {
      const { id, slug } = await services.events.create(organization, draft, account.email);
      return { id, slug };
    }),

  update: memberProcedure("event.write")
    .input(z.strictObject({ eventId: EventId, version: Version, draft: EventDraft }))
    .output(z.object({ id: z.string(), slug: z.string(), version: z.number() }))
    .mutation(async ({ ctx: { services, account }, input: { eventId, version, draft } }) => {
      const by = { version, actor: account.email };
      const { id, slug, detailsVersion } = await services.events.update(eventId, draft, by);
      return { id, slug, version: detailsVersion };
    }),

  publishPrices: memberProcedure("prices.write")
    .input(z.strictObject({ eventId: EventId, version: Version, priceList: PriceList }))
    .output(z.object({ version: z.number() }))
    .mutation(({ ctx: { services, account }, input: { eventId, version, priceList } }) =>
      services.events.publishPrices(eventId, priceList, { version, actor: account.email }),
    ),

  move: memberProcedure("event.sell")
    .input(
      z
        .strictObject({ eventId: EventId, to: EventState, reason: MoveReason.exactOptional() })
        .refine(({ to, reason }) => to !== "cancelled" || reason !== undefined, {
          path: ["reason"],
          message: "Say why the event is cancelled: everybody who has a ticket is told.",
        }),
    )
    .output(z.object({ state: EventState }))
    .mutation(async ({ ctx: { services, account }, input: { eventId, ...move } }) => {
      const asked = { ...move, idOrSlug: eventId, actor: account.email };
      const { state } = await services.events.moveBecause(asked);
      return { state };
    }),

  sales: memberProcedure("sales.read")
    .input(z.strictObject({ eventId: EventId }))
    .output(Sales)
    .query(({ ctx: { services }, input }) => services.sales.of(input.eventId)),

  setBlocked: memberProcedure("stock.block")
    .input(
      z.strictObject({
        eventId: EventId,
        seatNos: z.array(SeatNo).min(1).max(5_000),
        blocked: z.boolean(),
        reason: writtenText({ min: 1, max: 200 }),
      }),
    )
    .output(z.object({ changed: z.number(), refused: z.array(z.number()) }))
    .mutation(({ ctx: { services, account }, input }) =>
      services.events.setBlocked({ ...input, actor: account.email }),
    ),
});

export const adminVenueRouter = router({
  list: memberProcedure("event.read")
    .input(z.strictObject({ organizationId: OrganizationId }))
    .output(z.array(Venue))
    .query(({ ctx: { services, organization } }) => services.venues.list(organization)),

  create: memberProcedure("venues.write")
    .input(z.strictObject({ organizationId: OrganizationId, draft: VenueDraft }))
    .output(Venue)
    .mutation(({ ctx: { services, organization, account }, input: { draft } }) =>
      services.venues.create({ ...draft, organizationId: organization }, account.email),
    ),

  /** `before`: the address that this one is written over. */
  setAddress: memberProcedure("venues.write")
    .input(z.strictObject({ venueId: VenueId, before: VenueAddress, address: VenueAddress }))
    .output(z.object({ address: z.string() }))
    .mutation(async ({ ctx: { services, account }, input }) => {
      await services.venues.setAddress({ ...input, actor: account.email });
      return { address: input.address };
    }),
});
