import {
  type EventOfOrder,
  LatestOrder,
  MyOrders,
  MyTicket,
  MyTickets,
  OneOrder,
  OneTicket,
  OrderPage,
} from "@onsale/contract/order";
import { OneEvent } from "@onsale/contract/shared";
import { addressLine } from "@onsale/core/venue/address-line";
import type { EventSummary } from "@onsale/core/event/event-store";
import type { HeldTicket } from "@onsale/core/order/order-service";
import { PageAsk } from "@onsale/core/shared/page";
import { fanProcedure, router } from "../trpc.ts";
import { orderView, publicOrder, ticketView } from "./order-view.ts";

export const orderRouter = router({
  get: fanProcedure
    .meta({ limit: "read" })
    .input(OneOrder)
    .output(OrderPage)
    .query(async ({ ctx: { services, actor, clock }, input }) => {
      const { own, event, tickets } = await services.orders.get(actor, input.orderId);
      return {
        order: orderView(own),
        event: eventOfOrder(event),
        tickets: tickets.map(ticketView),
        nowMs: clock.nowMs(),
      };
    }),

  /** The caller's latest order in an event: where held seats went that are not held any more. */
  latestIn: fanProcedure
    .meta({ limit: "read" })
    .input(OneEvent)
    .output(LatestOrder.nullable())
    .query(async ({ ctx: { services, actor, clock }, input }) => {
      const latest = await services.orders.latestIn(actor, input.eventId);
      if (!latest) return null;
      const { id, reference, state, payByMs } = latest;
      return { id, reference, state, payByMs, nowMs: clock.nowMs() };
    }),

  /** Newest first. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .input(PageAsk.prefault({}))
    .output(MyOrders)
    .query(async ({ ctx: { services, actor, clock }, input }) => {
      const page = await services.orders.mine(actor, input);
      const nowMs = clock.nowMs();
      const items = page.items.map(({ order, event }) => ({
        ...publicOrder(order),
        nowMs,
        event: eventOfOrder(event),
      }));
      return { ...page, items };
    }),
});

export const ticketRouter = router({
  /** Newest first. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .input(PageAsk.prefault({}))
    .output(MyTickets)
    .query(async ({ ctx: { services, actor }, input }) => {
      const page = await services.orders.tickets(actor, input);
      return { ...page, items: page.items.map(ticketOfEvent) };
    }),

  get: fanProcedure
    .meta({ limit: "read" })
    .input(OneTicket)
    .output(MyTicket)
    .query(async ({ ctx: { services, actor }, input }) =>
      ticketOfEvent(await services.orders.ticket(actor, input.ticketId)),
    ),
});

const ticketOfEvent = ({ held, event }: { held: HeldTicket; event: EventSummary }) => ({
  ...ticketView(held),
  event: eventOfOrder(event),
});

function eventOfOrder(event: EventSummary): EventOfOrder {
  return {
    slug: event.slug,
    title: event.title,
    state: event.state,
    cancelledBecause: event.cancelledBecause ?? null,
    startsAtMs: event.startsAtMs,
    timeZone: event.timeZone,
    venue: event.venue.name,
    where: addressLine(event.venue),
    doorsAtMs: event.doorsAtMs,
  };
}
