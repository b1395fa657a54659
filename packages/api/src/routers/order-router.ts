import { addressLine } from "@onsale/core/venue/address-line";
import { EventState } from "@onsale/core/event/event";
import type { EventSummary } from "@onsale/core/event/event-store";
import type { HeldTicket } from "@onsale/core/order/order-service";
import { EventId, OrderId, TicketId } from "@onsale/core/shared/ids";
import { PageAsk, pageOf } from "@onsale/core/shared/page";
import { z } from "zod";
import { fanProcedure, router } from "../trpc.ts";
import { OrderView, orderView, publicOrder, TicketView, ticketView } from "./order-view.ts";

const Listed = OrderView.omit({ payment: true });
const EventName = z.object({
  slug: z.string(),
  title: z.string(),
  /** Tickets of a cancelled event say so. */
  state: EventState,
  /** Why, in the organizer's words; null: they said nothing, or it is not cancelled. */
  cancelledBecause: z.string().nullable(),
  startsAtMs: z.number(),
  timeZone: z.string(),
  venue: z.string(),
  /** Where that is: street and postcode, city, country. */
  where: z.string(),
  doorsAtMs: z.number().nullable(),
});

export const orderRouter = router({
  get: fanProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ orderId: OrderId }))
    .output(z.object({ order: OrderView, event: EventName, tickets: z.array(TicketView) }))
    .query(async ({ ctx: { services, actor }, input }) => {
      const { own, event, tickets } = await services.orders.get(actor, input.orderId);
      return { order: orderView(own), event: eventName(event), tickets: tickets.map(ticketView) };
    }),

  /** The caller's latest order in an event: where held seats went that are not held any more. */
  latestIn: fanProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ eventId: EventId }))
    .output(Listed.pick({ id: true, reference: true, state: true }).nullable())
    .query(async ({ ctx: { services, actor }, input }) => {
      const latest = await services.orders.latestIn(actor, input.eventId);
      if (!latest) return null;
      const { id, reference, state } = latest;
      return { id, reference, state };
    }),

  /** Newest first. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .input(PageAsk.prefault({}))
    .output(pageOf(Listed.extend({ event: EventName })))
    .query(async ({ ctx: { services, actor }, input }) => {
      const page = await services.orders.mine(actor, input);
      const items = page.items.map(({ order, event }) => ({
        ...publicOrder(order),
        event: eventName(event),
      }));
      return { ...page, items };
    }),
});

export const ticketRouter = router({
  /** Newest first. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .input(PageAsk.prefault({}))
    .output(pageOf(TicketView.extend({ event: EventName })))
    .query(async ({ ctx: { services, actor }, input }) => {
      const page = await services.orders.tickets(actor, input);
      return { ...page, items: page.items.map(ticketOfEvent) };
    }),

  get: fanProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ ticketId: TicketId }))
    .output(TicketView.extend({ event: EventName }))
    .query(async ({ ctx: { services, actor }, input }) =>
      ticketOfEvent(await services.orders.ticket(actor, input.ticketId)),
    ),
});

const ticketOfEvent = ({ held, event }: { held: HeldTicket; event: EventSummary }) => ({
  ...ticketView(held),
  event: eventName(event),
});

function eventName(event: EventSummary): z.infer<typeof EventName> {
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
