import type { CommitOutcome, OrderDraft } from "./order-draft.ts";
import type { EventState } from "../event/event.ts";
import type { Payment } from "../payment/payment.ts";
import type { ProviderPayment } from "../payment/payment-provider.ts";
import type { AccountId, EventId, HoldId, OrderId, TicketId } from "../shared/ids.ts";
import type { Page, PageAsk } from "../shared/page.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Order } from "./order.ts";

export type OrderWithPayment = {
  readonly order: Order;
  readonly payment: Payment | null;
  /** Of the order's event, read together with it: money is not taken for one that is over. */
  readonly eventState: EventState;
};

/** Seats of a hold whose end Postgres has decided; the caller tells the shard. */
export type Settled = { readonly eventId: EventId; readonly holdId: HoldId };

export type CommitSeatsOutcome =
  /** Seats are sold to the order; `replayed` when they already were. */
  | { readonly kind: "committed"; readonly orderId: OrderId; readonly replayed: boolean }
  /** The claim ran out and somebody else has a seat, or the order is over: void the authorisation. */
  | { readonly kind: "seats_lost"; readonly orderId: OrderId }
  /** The event ended or was cancelled before this sale. */
  | { readonly kind: "event_over"; readonly orderId: OrderId };

/** Facts about orders. Each verb is one statement or one guarded transaction, and safe to repeat. */
export interface OrderStore {
  /** Many orders in one transaction and one round trip; every draft gets its outcome, in the given order. */
  commitOrders(batch: readonly OrderDraft[]): Promise<CommitOutcome[]>;
  find(orderId: OrderId): Promise<OrderWithPayment | null>;
  findByReference(reference: string): Promise<OrderWithPayment | null>;
  /** The caller's own order, or null: ownership stands in the WHERE clause. */
  findOwn(orderId: OrderId, accountId: AccountId): Promise<OrderWithPayment | null>;
  /** The latest order that this fan's hold became; null when it became none. */
  findByHold(holdId: HoldId, accountId: AccountId): Promise<OrderWithPayment | null>;
  /** The latest order of a fan in an event. */
  latestIn(eventId: EventId, accountId: AccountId): Promise<OrderWithPayment | null>;
  /** Hash of the request that made the order; null when there is no such order. */
  requestHashOf(orderId: OrderId): Promise<string | null>;
  /** Newest first. */
  listOwn(accountId: AccountId, ask: PageAsk): Promise<Page<Order>>;
  /** Writes what the provider said; ignores answers that would move a payment backwards. Creates the row if needed. */
  recordPayment(input: { orderId: OrderId; provider: string; answer: ProviderPayment }): Promise<Payment>;
  /** Authorised orders: their claimed seats become sold and the order committed, with a capture job beside it. */
  commitSeats(orderIds: readonly OrderId[]): Promise<CommitSeatsOutcome[]>;
  /** Captured orders: paid, ledger lines that sum to zero, tickets and mail jobs, all in one statement. */
  confirmPaid(
    orders: readonly { orderId: OrderId; ticketIds: readonly TicketId[] }[],
  ): Promise<{ orderId: OrderId; replayed: boolean }[]>;
  /**
   * Ends orders that are still awaiting payment and frees their claims; to "failed" also committed ones whose every
   * payment was voided or declined. Returns those that it ended.
   */
  endOrders(input: {
    orderIds: readonly OrderId[];
    to: "cancelled" | "failed";
    reason: string;
  }): Promise<Settled[]>;
  /** Orders awaiting payment past their time, oldest first. */
  overdue(limit: number): Promise<OrderWithPayment[]>;
  /** Orders still awaiting payment that are older than this, within their time, least recently asked about first. */
  unpaid(olderThanMs: number, limit: number): Promise<OrderWithPayment[]>;
  /** Committed orders whose capture has not been recorded, older than `olderThanMs`. */
  uncaptured(olderThanMs: number, limit: number): Promise<OrderWithPayment[]>;
  /** Orders whose event is over and that are still open: unpaid ones, and of a cancelled event uncaptured ones too. */
  openOfClosedEvents(limit: number): Promise<OrderWithPayment[]>;
  /** Which of these holds are an order that lives, and whether its seats are sold; a hold of none is left out. */
  livingHolds(holdIds: readonly HoldId[]): Promise<{ holdId: HoldId; sold: boolean }[]>;
  /** First time this provider event is seen: true. */
  recordWebhook(provider: string, eventId: string, providerRef: string): Promise<boolean>;
  findByProviderRef(provider: string, providerRef: string): Promise<OrderWithPayment | null>;
  ticketsOf(orderId: OrderId): Promise<Ticket[]>;
  /** Newest first. */
  listTickets(accountId: AccountId, ask: PageAsk): Promise<Page<Ticket>>;
  findTicket(ticketId: TicketId): Promise<Ticket | null>;
}
