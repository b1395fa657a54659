import { EventState } from "@onsale/core/event/event";
import { SEAT_TRAITS } from "@onsale/core/layout/seat-trait";
import { OrderState } from "@onsale/core/order/order";
import { PaymentState } from "@onsale/core/payment/payment";
import { EventId, OrderId, TicketId } from "@onsale/core/shared/ids";
import { pageOf } from "@onsale/core/shared/page";
import { z } from "zod";

const Place = z.object({ section: z.string(), row: z.string().nullable(), seat: z.string().nullable() });

/** Of what event an order or a ticket is. */
export const EventOfOrder = z.object({
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
export type EventOfOrder = z.infer<typeof EventOfOrder>;

export const TicketView = z.object({
  id: TicketId,
  orderId: OrderId,
  eventId: EventId,
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
export type TicketView = z.infer<typeof TicketView>;

export const OrderView = z.object({
  id: OrderId,
  reference: z.string(),
  eventId: EventId,
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
    .object({
      /** Which try to pay this is; the one that follows it is PayOrder.after this. */
      attempt: z.int(),
      state: PaymentState,
      actionUrl: z.string().nullable(),
      declineReason: z.string().nullable(),
    })
    .nullable(),
});
export type OrderView = z.infer<typeof OrderView>;

export const OneOrder = z.strictObject({ orderId: OrderId });
/** The server's clock, by which `payByMs` is counted down. */
const Clocked = z.object({ nowMs: z.number() });
export const OrderPage = Clocked.extend({
  order: OrderView,
  event: EventOfOrder,
  tickets: z.array(TicketView),
});
export type OrderPage = z.infer<typeof OrderPage>;

const ListedOrder = OrderView.omit({ payment: true });
export const LatestOrder = Clocked.extend(
  ListedOrder.pick({ id: true, reference: true, state: true, payByMs: true }).shape,
);
export type LatestOrder = z.infer<typeof LatestOrder>;
const MyOrder = ListedOrder.extend({ ...Clocked.shape, event: EventOfOrder });
export type MyOrder = z.infer<typeof MyOrder>;
export const MyOrders = pageOf(MyOrder);

export const OneTicket = z.strictObject({ ticketId: TicketId });
export const MyTicket = TicketView.extend({ event: EventOfOrder });
export type MyTicket = z.infer<typeof MyTicket>;
export const MyTickets = pageOf(MyTicket);
