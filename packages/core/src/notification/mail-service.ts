import type { EventId, OrderId } from "../shared/ids.ts";
import type { EventStore, EventSummary } from "../event/event-store.ts";
import type { Order } from "../order/order.ts";
import type { LetterFacts } from "../mail/letter.ts";
import { Currency } from "../shared/money-schema.ts";
import type { OrderStore } from "../order/order-store.ts";
import { AppError } from "../shared/errors.ts";
import type { Mailer } from "../mail/mailer.ts";

export type MailServiceDeps = {
  readonly orders: Pick<OrderStore, "find">;
  readonly events: Pick<EventStore, "findEvent">;
  readonly mailer: Mailer;
  readonly ordersUrl: string;
  readonly ticketTypeLabel: (eventId: EventId, key: string) => Promise<string>;
};

export function makeMailService({ orders, events, mailer, ordersUrl, ticketTypeLabel }: MailServiceDeps) {
  async function orderAndEvent(orderId: OrderId) {
    const found = await orders.find(orderId);
    if (!found) throw new AppError("order.not_found");
    const event = await events.findEvent(found.order.eventId);
    if (!event) throw new AppError("event.not_found");
    return { order: found.order, event };
  }

  function orderFacts(order: Order, { title, startsAtMs, timeZone, venue }: EventSummary) {
    return {
      event: { title, startsAtMs, timeZone, venue },
      reference: order.reference,
      totalMinor: order.totalMinor,
      currency: Currency.parse(order.currency),
      orderUrl: `${ordersUrl}/${order.id}`,
    };
  }

  return {
    /** Throws checkout.pending while the order is open: what is told is how it ended. */
    async eventCancelled(orderId: OrderId): Promise<void> {
      const { order, event } = await orderAndEvent(orderId);
      if (order.state === "awaiting_payment" || order.state === "committed")
        throw new AppError("checkout.pending", { orderId });
      await mailer.send({
        kind: "event_cancelled",
        to: order.email,
        locale: order.locale,
        messageId: `event-cancelled-${order.id}`,
        facts: {
          ...orderFacts(order, event),
          because: event.cancelledBecause ?? null,
          money: moneyOf(order),
        },
      });
    },
    async orderPaid(orderId: OrderId): Promise<void> {
      const { order, event } = await orderAndEvent(orderId);
      const keys = [...new Set(order.items.map((item) => item.ticketType))];
      const typeLabels = new Map(
        await Promise.all(keys.map(async (key) => [key, await ticketTypeLabel(event.id, key)] as const)),
      );
      await mailer.send({
        kind: "order_paid",
        to: order.email,
        locale: order.locale,
        messageId: `order-paid-${order.id}`,
        facts: {
          ...orderFacts(order, event),
          places: order.items.map(({ place, ticketType }) => ({
            section: place.section,
            row: place.row,
            seat: place.seat,
            ticketType: typeLabels.get(ticketType) ?? ticketType,
          })),
        },
      });
    },
  };
}

/** What became of the money of an order whose event was cancelled. */
function moneyOf({ state, totalMinor }: Order): LetterFacts["event_cancelled"]["money"] {
  switch (state) {
    case "paid":
      return totalMinor === 0 ? "nothing_paid" : "kept";
    case "refunded":
      return "returned";
    case "awaiting_payment":
    case "committed":
    case "cancelled":
    case "failed":
      return "never_taken";
  }
}
