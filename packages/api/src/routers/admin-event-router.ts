import {
  type AdminEvent,
  AdminEventAsk,
  AdminEventPage,
  AdminEvents,
  AdminEventsAsk,
  BlockedSeats,
  CreatedEvent,
  CreateEvent,
  EventSales,
  MovedEvent,
  MoveEvent,
  PublishedPrices,
  PublishPrices,
  SetBlocked,
  UpdatedEvent,
  UpdateEvent,
} from "@onsale/contract/admin-event";
import { OneEvent } from "@onsale/contract/shared";
import {
  AdminVenue,
  AdminVenues,
  AdminVenuesAsk,
  CreateVenue,
  SetVenueAddress,
  VenueAddressNow,
} from "@onsale/contract/venue";
import type { EventSummary } from "@onsale/core/event/event-store";
import { memberProcedure, router } from "../trpc.ts";

const adminEvent = (event: EventSummary): AdminEvent => {
  const { priceVersion, state, venue, id, ...draft } = event;
  return { ...draft, id, state, venue, priceVersion };
};

export const adminEventRouter = router({
  /** Newest first; `query` as in the storefront, over events of every time and state. */
  list: memberProcedure("event.read")
    .input(AdminEventsAsk)
    .output(AdminEvents)
    .query(
      async ({ ctx: { services, organization }, input: { organizationId: _organizationId, ...ask } }) => {
        const page = await services.organizerEvents.list(organization, ask);
        return { ...page, items: page.items.map(adminEvent) };
      },
    ),

  get: memberProcedure("event.read")
    .input(AdminEventAsk)
    .output(AdminEventPage)
    .query(async ({ ctx: { services }, input }) => {
      const { event, ...more } = await services.organizerEvents.get(input.idOrSlug);
      return { event: adminEvent(event), ...more };
    }),

  create: memberProcedure("event.write")
    .input(CreateEvent)
    .output(CreatedEvent)
    .mutation(async ({ ctx: { services, organization, account }, input: { draft } }) => {
      const { id, slug } = await services.events.create(organization, draft, account.email);
      return { id, slug };
    }),

  update: memberProcedure("event.write")
    .input(UpdateEvent)
    .output(UpdatedEvent)
    .mutation(async ({ ctx: { services, account }, input: { eventId, version, draft } }) => {
      const by = { version, actor: account.email };
      const { id, slug, detailsVersion } = await services.events.update(eventId, draft, by);
      return { id, slug, version: detailsVersion };
    }),

  publishPrices: memberProcedure("prices.write")
    .input(PublishPrices)
    .output(PublishedPrices)
    .mutation(({ ctx: { services, account }, input: { eventId, version, priceList } }) =>
      services.events.publishPrices(eventId, priceList, { version, actor: account.email }),
    ),

  move: memberProcedure("event.sell")
    .input(MoveEvent)
    .output(MovedEvent)
    .mutation(async ({ ctx: { services, account }, input: { eventId, ...move } }) => {
      const asked = { ...move, idOrSlug: eventId, actor: account.email };
      const { state } = await services.events.moveBecause(asked);
      return { state };
    }),

  sales: memberProcedure("sales.read")
    .input(OneEvent)
    .output(EventSales)
    .query(({ ctx: { services }, input }) => services.sales.of(input.eventId)),

  setBlocked: memberProcedure("stock.block")
    .input(SetBlocked)
    .output(BlockedSeats)
    .mutation(({ ctx: { services, account }, input }) =>
      services.events.setBlocked({ ...input, actor: account.email }),
    ),
});

export const adminVenueRouter = router({
  list: memberProcedure("event.read")
    .input(AdminVenuesAsk)
    .output(AdminVenues)
    .query(({ ctx: { services, organization } }) => services.venues.list(organization)),

  create: memberProcedure("venues.write")
    .input(CreateVenue)
    .output(AdminVenue)
    .mutation(({ ctx: { services, organization, account }, input: { draft } }) =>
      services.venues.create({ ...draft, organizationId: organization }, account.email),
    ),

  setAddress: memberProcedure("venues.write")
    .input(SetVenueAddress)
    .output(VenueAddressNow)
    .mutation(async ({ ctx: { services, account }, input }) => {
      await services.venues.setAddress({ ...input, actor: account.email });
      return { address: input.address };
    }),
});
