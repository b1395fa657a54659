import { addressLine } from "@onsale/core/venue/address-line";
import { EventState } from "@onsale/core/event/event";
import type { Account } from "@onsale/core/account/account";
import { seatTrait } from "@onsale/core/layout/seat-trait";
import { AppError } from "@onsale/core/shared/errors";
import { EventId, OrderId, TicketId } from "@onsale/core/shared/ids";
import type { Ticket } from "@onsale/core/ticket/ticket";
import { PageAsk, pageOf } from "@onsale/core/shared/page";
import { z } from "zod";
import type { Container } from "../compose/container.ts";
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
    .query(async ({ ctx: { container, account }, input }) => {
      const own = await container.orders.findOwn(input.orderId, account.id);
      if (!own) throw new AppError("order.not_found", "There is no such order.");
      const tickets = await container.orders.ticketsOf(own.order.id);
      return {
        order: orderView(own),
        event: await eventName(container, own.order.eventId),
        tickets: await Promise.all(tickets.map((ticket) => forHolder(container, ticket, account))),
      };
    }),

  /** The caller's latest order in an event: where held seats went that are not held any more. */
  latestIn: fanProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ eventId: EventId }))
    .output(Listed.pick({ id: true, reference: true, state: true }).nullable())
    .query(async ({ ctx: { container, account }, input }) => {
      const latest = await container.orders.latestIn(input.eventId, account.id);
      if (!latest) return null;
      const { id, reference, state } = latest.order;
      return { id, reference, state };
    }),

  /** Newest first. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .input(PageAsk.prefault({}))
    .output(pageOf(Listed.extend({ event: EventName })))
    .query(async ({ ctx: { container, account }, input }) => {
      const page = await container.orders.listOwn(account.id, input);
      const items = await Promise.all(
        page.items.map(async (order) => ({
          ...publicOrder(order),
          event: await eventName(container, order.eventId),
        })),
      );
      return { ...page, items };
    }),
});

export const ticketRouter = router({
  /** Newest first. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .input(PageAsk.prefault({}))
    .output(pageOf(TicketView.extend({ event: EventName })))
    .query(async ({ ctx: { container, account }, input }) => {
      const page = await container.orders.listTickets(account.id, input);
      const items = await Promise.all(
        page.items.map(async (ticket) => ({
          ...(await forHolder(container, ticket, account)),
          event: await eventName(container, ticket.eventId),
        })),
      );
      return { ...page, items };
    }),

  get: fanProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ ticketId: TicketId }))
    .output(TicketView.extend({ event: EventName }))
    .query(async ({ ctx: { container, account }, input }) => {
      const ticket = await container.orders.findTicket(input.ticketId);
      if (ticket?.accountId !== account.id)
        throw new AppError("ticket.not_found", "There is no such ticket.");
      return {
        ...(await forHolder(container, ticket, account)),
        event: await eventName(container, ticket.eventId),
      };
    }),
});

async function forHolder(
  { catalog, ticketCode }: Container,
  ticket: Ticket,
  holder: Pick<Account, "name">,
): Promise<z.infer<typeof TicketView>> {
  const [ticketType, sale] = await Promise.all([
    catalog.ticketTypeLabel(ticket.eventId, ticket.ticketType),
    catalog.find(ticket.eventId),
  ]);
  const trait = sale ? seatTrait(sale.plan, ticket.seatNo) : null;
  return ticketView(ticket, { code: ticketCode(ticket), ticketType, holder: holder.name, trait });
}

async function eventName(container: Container, eventId: string): Promise<z.infer<typeof EventName>> {
  const event = await container.catalog.event(eventId);
  if (!event) throw new AppError("event.not_found", "There is no such event.");
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
