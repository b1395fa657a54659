import type { CommitOutcome, OrderDraft } from "./order-draft.ts";
import type { EventState } from "../event/event.ts";
import type { Installation } from "../actor/actor.ts";
import type { OpenOrder } from "./open-order.ts";
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

/** What a provider said about one attempt to pay; null for an order that costs nothing. */
export type PaymentAnswer = {
  readonly orderId: OrderId;
  readonly paid: { readonly attempt: number; readonly answer: ProviderPayment | DeadPayment } | null;
};
/** An attempt of which the provider knows nothing: nobody was ever asked for its money. */
export type DeadPayment = Omit<ProviderPayment, "providerRef"> & {
  readonly providerRef: null;
  readonly state: "voided";
};

/** By which right a worker writes: its fence for each event of the batch; null where nobody owns them. */
export type Fences = readonly { readonly eventId: EventId; readonly fence: number }[] | null;

/** A stage's transaction was refused: another worker owns the event now, and goes on with its orders. */
export class EventLost extends Error {
  override readonly name = "EventLost";
}

export type Stage = "authorise" | "settle" | "capture" | "confirm" | "end";

/** Facts about orders. Each verb is one statement or one guarded transaction, and safe to repeat. */
export interface OrderStore {
  /**
   * Many orders in one transaction and one round trip, each with its first attempt to pay; every draft gets its outcome, in
   * the given order.
   */
  commitOrders(batch: readonly OrderDraft[], fences?: Fences): Promise<CommitOutcome[]>;
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
  /** As they are now, in the given order; what is not there is left out. */
  openOrders(orderIds: readonly OrderId[]): Promise<OpenOrder[]>;
  /** The next attempt to pay, where the order still waits and the one before is dead; else nothing. Safe to repeat. */
  openAttempt(
    attempt: { orderId: OrderId; attempt: number; provider: string; key: string; method: string },
    fences?: Fences,
  ): Promise<void>;
  /**
   * Writes what the provider said and sells the seats of what is authorised over its total, all in one statement; orders
   * as they are then. An answer that would move a payment backwards, or about other money, changes nothing.
   */
  settlePayments(batch: readonly PaymentAnswer[], fences?: Fences): Promise<OpenOrder[]>;
  /**
   * The same for captures: what is captured over its total is paid then, with ledger lines that sum to zero, tickets and
   * mail jobs.
   */
  confirmCaptured(
    batch: readonly (PaymentAnswer & { readonly ticketIds: readonly TicketId[] })[],
    fences?: Fences,
  ): Promise<OpenOrder[]>;
  /** A stage could not do it; nobody goes on with it until a person looked. */
  parkOrder(orderId: OrderId, stage: Stage, error: string): Promise<void>;
  /** Why it is parked; null: it is not. */
  parkedBecause(orderId: OrderId): Promise<{ stage: Stage; error: string; atMs: number } | null>;
  /** Somebody looked: it is gone on with. false: it was not parked. */
  unparkOrder(actor: Installation, orderId: OrderId): Promise<boolean>;
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
  overdue(limit: number): Promise<OrderId[]>;
  /**
   * Orders that wait for their provider, older than this and within their time, least recently asked about first, and
   * noted as asked about now.
   */
  unpaid(olderThanMs: number, limit: number): Promise<OrderId[]>;
  /** Committed orders whose capture has not been recorded, older than `olderThanMs`. */
  uncaptured(olderThanMs: number, limit: number): Promise<OrderId[]>;
  /** Orders whose event is over and that are still open: unpaid ones, and of a cancelled event uncaptured ones too. */
  openOfClosedEvents(limit: number): Promise<OrderId[]>;
  /** What another worker left in the middle: orders of these events that do not wait for their fan. */
  unfinished(eventIds: readonly EventId[]): Promise<OrderId[]>;
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
