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
      async ({
        ctx: { services, organization, actor },
        input: { organizationId: _organizationId, ...ask },
      }) => {
        const page = await services.organizerEvents.list(actor, organization, ask);
        return { ...page, items: page.items.map(adminEvent) };
      },
    ),

  get: memberProcedure("event.read")
    .input(AdminEventAsk)
    .output(AdminEventPage)
    .query(async ({ ctx: { services, actor }, input }) => {
      const { event, ...more } = await services.organizerEvents.get(actor, input.idOrSlug);
      return { event: adminEvent(event), ...more };
    }),

  create: memberProcedure("event.write")
    .input(CreateEvent)
    .output(CreatedEvent)
    .mutation(async ({ ctx: { services, organization, actor }, input: { draft } }) => {
      const { id, slug } = await services.events.create(actor, organization, draft);
      return { id, slug };
    }),

  update: memberProcedure("event.write")
    .input(UpdateEvent)
    .output(UpdatedEvent)
    .mutation(async ({ ctx: { services, actor }, input: { eventId, ...change } }) => {
      const { id, slug, detailsVersion } = await services.events.update(actor, eventId, change);
      return { id, slug, version: detailsVersion };
    }),

  publishPrices: memberProcedure("prices.write")
    .input(PublishPrices)
    .output(PublishedPrices)
    .mutation(({ ctx: { services, actor }, input: { eventId, version, priceList } }) =>
      services.events.publishPrices(actor, eventId, { version, list: priceList }),
    ),

  move: memberProcedure("event.sell")
    .input(MoveEvent)
    .output(MovedEvent)
    .mutation(async ({ ctx: { services, actor }, input: { eventId, ...move } }) => {
      const { state } = await services.events.move(actor, { ...move, idOrSlug: eventId });
      return { state };
    }),

  sales: memberProcedure("sales.read")
    .input(OneEvent)
    .output(EventSales)
    .query(({ ctx: { services, actor }, input }) => services.sales.of(actor, input.eventId)),

  setBlocked: memberProcedure("stock.block")
    .input(SetBlocked)
    .output(BlockedSeats)
    .mutation(({ ctx: { services, actor }, input }) => services.events.setBlocked(actor, input)),
});

export const adminVenueRouter = router({
  list: memberProcedure("event.read")
    .input(AdminVenuesAsk)
    .output(AdminVenues)
    .query(({ ctx: { services, organization, actor } }) => services.venues.list(actor, organization)),

  create: memberProcedure("venues.write")
    .input(CreateVenue)
    .output(AdminVenue)
    .mutation(({ ctx: { services, organization, actor }, input: { draft } }) =>
      services.venues.create(actor, organization, draft),
    ),

  setAddress: memberProcedure("venues.write")
    .input(SetVenueAddress)
    .output(VenueAddressNow)
    .mutation(async ({ ctx: { services, actor }, input }) => {
      await services.venues.setAddress(actor, input);
      return { address: input.address };
    }),
});
