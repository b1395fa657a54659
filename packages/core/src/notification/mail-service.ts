import type { EventStore } from "../event/event-store.ts";
import type { OrderStore } from "../order/order-store.ts";
import { AppError } from "../shared/errors.ts";
import type { Mailer } from "./mailer.ts";
import { orderPaidMail } from "./order-mail.ts";

export type MailServiceDeps = {
  readonly orders: Pick<OrderStore, "find">;
  readonly events: Pick<EventStore, "findEvent">;
  readonly mailer: Mailer;
  readonly ordersUrl: string;
};

export function makeMailService({ orders, events, mailer, ordersUrl }: MailServiceDeps) {
  return {
    async orderPaid(orderId: string): Promise<void> {
      const found = await orders.find(orderId);
      if (!found) throw new AppError("order.not_found", "There is no such order.");
      const event = await events.findEvent(found.order.eventId);
      if (!event) throw new AppError("event.not_found", "There is no such event.");
      await mailer.send(orderPaidMail({ order: found.order, event, ordersUrl }));
    },
  };
}
export type MailService = ReturnType<typeof makeMailService>;
