import { SEAT_TRAITS } from "@onsale/core/layout/seat-trait";
import { OrderState, type Order } from "@onsale/core/order/order";
import { PaymentState } from "@onsale/core/payment/payment";
import type { OrderWithPayment } from "@onsale/core/order/order-store";
import type { HeldTicket } from "@onsale/core/order/order-service";
import { z } from "zod";

const Place = z.object({ section: z.string(), row: z.string().nullable(), seat: z.string().nullable() });

export const TicketView = z.object({
  id: z.string(),
  orderId: z.string(),
  eventId: z.string(),
  place: Place,
  /** As people read it: "Child under 14". */
  ticketType: z.string(),
  /** Whose ticket it is, as at the door. */
  holder: z.string(),
  trait: z.enum(SEAT_TRAITS).nullable(),
  status: z.enum(["issued", "used", "void"]),
  /** What the QR code says; see docs/ticket-code.md. */
  code: z.string(),
});

export const OrderView = z.object({
  id: z.string(),
  reference: z.string(),
  eventId: z.string(),
  state: OrderState,
  reason: z.string().nullable(),
  items: z.array(
    z.object({
      index: z.number(),
      place: Place,
      ticketType: z.string(),
      category: z.string(),
      faceMinor: z.number(),
    }),
  ),
  currency: z.string(),
  faceMinor: z.number(),
  feeMinor: z.number(),
  taxAddedMinor: z.number(),
  totalMinor: z.number(),
  createdAtMs: z.number(),
  payByMs: z.number(),
  paidAtMs: z.number().nullable(),
  payment: z
    .object({ state: PaymentState, actionUrl: z.string().nullable(), declineReason: z.string().nullable() })
    .nullable(),
});

export function orderView({ order, payment }: OrderWithPayment): z.infer<typeof OrderView> {
  return {
    ...publicOrder(order),
    payment: payment && {
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

export function ticketView({ ticket, ...more }: HeldTicket): z.infer<typeof TicketView> {
  const { id, orderId, eventId, place, status } = ticket;
  return { id, orderId, eventId, place, status, ...more };
}
