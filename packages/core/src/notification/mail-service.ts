import type { EventStore } from "../event/event-store.ts";
import type { OrderStore } from "../order/order-store.ts";
import { AppError } from "../shared/errors.ts";
import { eventCancelledMail } from "./cancelled-mail.ts";
import type { Mailer } from "../mail/mailer.ts";
import { orderPaidMail } from "./order-mail.ts";

export type MailServiceDeps = {
  readonly orders: Pick<OrderStore, "find">;
  readonly events: Pick<EventStore, "findEvent">;
  readonly mailer: Mailer;
  readonly ordersUrl: string;
  readonly ticketTypeLabel: (eventId: string, key: string) => Promise<string>;
};

export function makeMailService({ orders, events, mailer, ordersUrl, ticketTypeLabel }: MailServiceDeps) {
  async function orderAndEvent(orderId: string) {
    const found = await orders.find(orderId);
    if (!found) throw new AppError("order.not_found");
    const event = await events.findEvent(found.order.eventId);
    if (!event) throw new AppError("event.not_found");
    return { order: found.order, event };
  }

  return {
    /** Throws checkout.pending while the order is open: what is told is how it ended. */
    async eventCancelled(orderId: string): Promise<void> {
      const { order, event } = await orderAndEvent(orderId);
      if (order.state === "awaiting_payment" || order.state === "committed")
        throw new AppError("checkout.pending", { orderId });
      await mailer.send(eventCancelledMail({ order, event, ordersUrl }));
    },
    async orderPaid(orderId: string): Promise<void> {
      const { order, event } = await orderAndEvent(orderId);
      const keys = [...new Set(order.items.map((item) => item.ticketType))];
      const typeLabels = new Map(
        await Promise.all(keys.map(async (key) => [key, await ticketTypeLabel(event.id, key)] as const)),
      );
      await mailer.send(orderPaidMail({ order, event, ordersUrl, typeLabels }));
    },
  };
}
