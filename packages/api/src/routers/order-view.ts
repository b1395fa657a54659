import type { OrderView, TicketView } from "@onsale/contract/order";
import type { Order } from "@onsale/core/order/order";
import type { OrderWithPayment } from "@onsale/core/order/order-store";
import type { HeldTicket } from "@onsale/core/order/order-service";

export function orderView({ order, payment }: OrderWithPayment): OrderView {
  return {
    ...publicOrder(order),
    payment: payment && {
      attempt: payment.attempt,
      state: payment.state,
      actionUrl: payment.actionUrl,
      declineReason: payment.declineReason,
    },
  };
}

export function publicOrder(order: Order) {
  const { id, reference, eventId, state, reason, currency, faceMinor, feeMinor, taxAddedMinor, totalMinor } =
    order;
  const items = order.items.map((item) => ({
    index: item.index,
    place: item.place,
    ticketType: item.ticketType,
    category: item.category,
    faceMinor: item.faceMinor,
  }));
  const { createdAtMs, payByMs, paidAtMs } = order;
  return {
    id,
    reference,
    eventId,
    state,
    reason,
    items,
    currency,
    faceMinor,
    feeMinor,
    taxAddedMinor,
    totalMinor,
    createdAtMs,
    payByMs,
    paidAtMs,
  };
}

export function ticketView({ ticket, ...more }: HeldTicket): TicketView {
  const { id, orderId, eventId, place, status } = ticket;
  return { id, orderId, eventId, place, status, ...more };
}
