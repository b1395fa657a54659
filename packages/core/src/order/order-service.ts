import type { Fan } from "../actor/actor.ts";
import type { EventSummary } from "../event/event-store.ts";
import type { SaleCatalog } from "../event/sale-catalog.ts";
import { type SeatTrait, seatTrait } from "../layout/seat-trait.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId, OrderId, TicketId } from "../shared/ids.ts";
import type { Page, PageAsk } from "../shared/page.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Order } from "./order.ts";
import type { OrderStore, OrderWithPayment } from "./order-store.ts";

export type OrderServiceDeps = {
  readonly orders: Pick<
    OrderStore,
    "findOwn" | "latestIn" | "listOwn" | "ticketsOf" | "listTickets" | "findTicket"
  >;
  readonly catalog: SaleCatalog;
  /** What a ticket's QR code says. */
  readonly codeOf: (ticket: Ticket) => string;
};

/** A ticket as its holder has it in hand. */
export type HeldTicket = {
  readonly ticket: Ticket;
  readonly code: string;
  /** As people read it: "Child under 14". */
  readonly ticketType: string;
  readonly holder: string;
  readonly trait: SeatTrait | null;
};

/** Orders and tickets as their owner sees them; for everybody else they are not there. */
export function makeOrderService(deps: OrderServiceDeps) {
  const { orders, catalog } = deps;

  async function requireEvent(eventId: EventId): Promise<EventSummary> {
    const event = await catalog.event(eventId);
    if (!event) throw new AppError("event.not_found");
    return event;
  }

  async function inHand({ account: holder }: Fan, ticket: Ticket): Promise<HeldTicket> {
    const [ticketType, sale] = await Promise.all([
      catalog.ticketTypeLabel(ticket.eventId, ticket.ticketType),
      catalog.find(ticket.eventId),
    ]);
    const trait = sale ? seatTrait(sale.plan, ticket.seatNo) : null;
    return { ticket, code: deps.codeOf(ticket), ticketType, holder: holder.name, trait };
  }

  const withEvent = async (actor: Fan, ticket: Ticket) => ({
    held: await inHand(actor, ticket),
    event: await requireEvent(ticket.eventId),
  });

  async function requireOwn({ account }: Fan, orderId: OrderId): Promise<OrderWithPayment> {
    const own = await orders.findOwn(orderId, account.id);
    if (!own) throw new AppError("order.not_found");
    return own;
  }

  return {
    /** Throws order.not_found, also for an order of somebody else. */
    requireOwn,

    async get(actor: Fan, orderId: OrderId) {
      const own = await requireOwn(actor, orderId);
      const tickets = await orders.ticketsOf(own.order.id);
      return {
        own,
        event: await requireEvent(own.order.eventId),
        tickets: await Promise.all(tickets.map((ticket) => inHand(actor, ticket))),
      };
    },

    /** The latest order in an event: where held seats went that are not held any more. */
    async latestIn({ account }: Fan, eventId: EventId): Promise<Order | null> {
      return (await orders.latestIn(eventId, account.id))?.order ?? null;
    },

    /** Newest first. */
    async mine({ account }: Fan, ask: PageAsk): Promise<Page<{ order: Order; event: EventSummary }>> {
      const page = await orders.listOwn(account.id, ask);
      const items = page.items.map(async (order) => ({ order, event: await requireEvent(order.eventId) }));
      return { ...page, items: await Promise.all(items) };
    },

    /** Newest first. */
    async tickets(actor: Fan, ask: PageAsk) {
      const page = await orders.listTickets(actor.account.id, ask);
      return { ...page, items: await Promise.all(page.items.map((ticket) => withEvent(actor, ticket))) };
    },

    async ticket(actor: Fan, ticketId: TicketId) {
      const ticket = await orders.findTicket(ticketId);
      if (ticket?.accountId !== actor.account.id) throw new AppError("ticket.not_found");
      return withEvent(actor, ticket);
    },
  };
}
