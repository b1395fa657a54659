import type { EventState } from "@onsale/core/event/event";
import type { Order } from "@onsale/core/order/order";
import type { OrderWithPayment } from "@onsale/core/order/order-store";
import type { Payment } from "@onsale/core/payment/payment";
import type { Ticket } from "@onsale/core/ticket/ticket";
import type { orders, payments, tickets } from "../schema/tables.ts";

type OrderRow = typeof orders.$inferSelect;
type PaymentRow = typeof payments.$inferSelect;
type TicketRow = typeof tickets.$inferSelect;
type OrderRows = { order: OrderRow; payment: PaymentRow | null; eventState: EventState };

/** Columns that are the store's own, or go out in another form. Every other one is a field of the order under its name. */
const INNER = [
  "idempotencyKey",
  "requestHash",
  "itemCount",
  "seatNos",
  "areaNos",
  "areaCounts",
  "windowKey",
  "createdAt",
  "payBy",
  "committedAt",
  "paidAt",
  "endedAt",
  "askedAt",
] as const;

export function orderOf(row: OrderRow): Order {
  const shown = Object.entries(row).filter(([name]) => !(INNER as readonly string[]).includes(name));
  return {
    ...(Object.fromEntries(shown) as Omit<OrderRow, (typeof INNER)[number]>),
    createdAtMs: row.createdAt.getTime(),
    payByMs: row.payBy.getTime(),
    paidAtMs: row.paidAt?.getTime() ?? null,
  };
}

export function paymentOf(row: PaymentRow): Payment {
  return {
    id: row.id,
    orderId: row.orderId,
    attempt: row.attempt,
    provider: row.provider,
    key: row.key,
    method: row.method,
    providerRef: row.providerRef,
    state: row.state,
    amountMinor: row.amountMinor,
    currency: row.currency,
    actionUrl: row.state === "requires_action" ? row.actionUrl : null,
    declineReason: row.declineReason,
  };
}

export function ticketOf(row: TicketRow): Ticket {
  return {
    id: row.id,
    orderId: row.orderId,
    eventId: row.eventId,
    accountId: row.accountId,
    itemIndex: row.itemIndex,
    seatNo: row.seatNo,
    areaNo: row.areaNo,
    place: row.place,
    ticketType: row.ticketType,
    status: row.status,
    issuedAtMs: row.issuedAt.getTime(),
  };
}

/** Rows of orders joined with their payments, to one entry per order in the order of the rows. */
export function ordersWithPayment(rows: readonly OrderRows[]): OrderWithPayment[] {
  const byId = new Map<string, OrderRows>();
  for (const { order, payment, eventState } of rows) {
    const known = byId.get(order.id);
    if (!known) byId.set(order.id, { order, payment, eventState });
    // The latest attempt speaks for the order: it begins only after those before it are dead.
    else if (payment && payment.attempt > (known.payment?.attempt ?? 0)) known.payment = payment;
  }
  return [...byId.values()].map(({ order, payment, eventState }) => ({
    order: orderOf(order),
    payment: payment && paymentOf(payment),
    eventState,
  }));
}
