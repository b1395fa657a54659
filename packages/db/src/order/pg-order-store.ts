import { and, asc, desc, eq, inArray, lte, type SQL, sql as raw } from "drizzle-orm";
import { z } from "zod";
import type { OrderStore, OrderWithPayment } from "@onsale/core/order/order-store";
import type { Payment } from "@onsale/core/payment/payment";
import { must } from "@onsale/core/shared/assert";
import { AppError } from "@onsale/core/shared/errors";
import { EventId, HoldId, OrderId } from "@onsale/core/shared/ids";
import type { Database } from "../client.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { retryConflicts } from "../retry.ts";
import { newestFirst } from "../sorted-pages.ts";
import { events, orders, payments, tickets, webhookEvents } from "../schema/tables.ts";
import { commitOrders } from "./commit-orders.ts";
import { orderOf, ordersWithPayment, paymentOf, ticketOf } from "./order-row.ts";

const orderPagesIn = newestFirst(orders.createdAt, orders.id);
const ticketPagesIn = newestFirst(tickets.issuedAt, tickets.id);

const Committed = z.array(
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("committed"), orderId: OrderId, replayed: z.boolean() }),
    z.object({ kind: z.literal("seats_lost"), orderId: OrderId }),
    z.object({ kind: z.literal("event_over"), orderId: OrderId }),
  ]),
);
const Confirmed = z.array(z.object({ orderId: OrderId, replayed: z.boolean() }));
const Ended = z.array(z.object({ eventId: EventId, holdId: HoldId }));

/** Facts about orders in Postgres. Every write is one call of a SQL function: functions/order and functions/payment. */
export function makePgOrderStore(database: Database): OrderStore {
  return {
    ...orderWrites(database),
    ...orderReads(database),
    ...openOrders(database),
    ...holdReads(database),
    ...ticketReads(database),
  };
}

function orderWrites({ sql, db }: Database) {
  async function recordPayment(input: Parameters<OrderStore["recordPayment"]>[0]): Promise<Payment> {
    const answer = JSON.stringify({ ...input.answer, orderId: input.orderId, provider: input.provider });
    const record = () => retryConflicts(() => sql`select record_payment(${answer}::text::jsonb)`);
    try {
      await record().catch((error: unknown) => {
        // Two who record the same new payment at once: the second insert may meet this index before the one by which it
        // would have become an update. Asked again the row is there; a second capture of the order is still refused.
        if (brokenConstraint(error) === "one_capture_per_order") return record();
        throw error;
      });
    } catch (error) {
      if (brokenConstraint(error) === "payment_order_known")
        throw new AppError("order.not_found", {}, { cause: error });
      throw error;
    }
    const [row] = await db
      .select()
      .from(payments)
      .where(and(eq(payments.provider, input.provider), eq(payments.providerRef, input.answer.providerRef)));
    return paymentOf(must(row, "the payment was just written"));
  }

  return {
    commitOrders: (batch) => commitOrders(sql, batch),
    recordPayment,
    async commitSeats(orderIds) {
      const [row] = await retryConflicts(
        () => sql`select commit_seats(${[...orderIds]}::uuid[]) as outcomes`,
      );
      return Committed.parse(row?.["outcomes"]);
    },
    async confirmPaid(batch) {
      const [row] = await retryConflicts(
        () => sql`select confirm_paid(${JSON.stringify(batch)}::text::jsonb) as outcomes`,
      );
      return Confirmed.parse(row?.["outcomes"]);
    },
    async endOrders({ orderIds, to, reason }) {
      const [row] = await retryConflicts(
        () => sql`select end_orders(${[...orderIds]}::uuid[], ${to}, ${reason}) as ended`,
      );
      return Ended.parse(row?.["ended"]);
    },
    async recordWebhook(provider, eventId, providerRef) {
      const first = await db
        .insert(webhookEvents)
        .values({ provider, eventId, providerRef })
        .onConflictDoNothing({ target: [webhookEvents.provider, webhookEvents.eventId] })
        .returning({ eventId: webhookEvents.eventId });
      return first.length === 1;
    },
  } satisfies Partial<OrderStore>;
}

/** Orders by a condition, each with the payment that speaks for it, in one statement. */
async function withPayment(
  db: Database["db"],
  where: SQL | undefined,
  { orderBy = asc(orders.id), limit = 1 }: { orderBy?: SQL; limit?: number } = {},
): Promise<OrderWithPayment[]> {
  const chosen = db.select({ id: orders.id }).from(orders).where(where).orderBy(orderBy).limit(limit);
  const rows = await db
    .select({ order: orders, payment: payments, eventState: events.state })
    .from(orders)
    .innerJoin(events, eq(events.id, orders.eventId))
    .leftJoin(payments, eq(payments.orderId, orders.id))
    .where(inArray(orders.id, chosen))
    .orderBy(orderBy);
  return ordersWithPayment(rows);
}

function orderReads({ db }: Database) {
  const one = async (where: SQL | undefined) => (await withPayment(db, where))[0] ?? null;
  const latest = async (where: SQL | undefined) =>
    (await withPayment(db, where, { orderBy: desc(orders.createdAt) }))[0] ?? null;

  return {
    find: (orderId) => one(eq(orders.id, orderId)),
    findByReference: (reference) => one(eq(orders.reference, reference.trim().toUpperCase())),
    findOwn: (orderId, accountId) => one(and(eq(orders.id, orderId), eq(orders.accountId, accountId))),
    // By way of the fan's own orders, which are few: order_key_once.
    findByHold: (holdId, accountId) =>
      latest(and(eq(orders.accountId, accountId), eq(orders.holdId, holdId))),
    latestIn: (eventId, accountId) =>
      latest(and(eq(orders.accountId, accountId), eq(orders.eventId, eventId))),
    async requestHashOf(orderId) {
      const [row] = await db.select({ hash: orders.requestHash }).from(orders).where(eq(orders.id, orderId));
      return row?.hash ?? null;
    },
    async listOwn(accountId, ask) {
      const own = eq(orders.accountId, accountId);
      const orderPages = orderPagesIn(ask);
      const [rows, total] = await Promise.all([
        db
          .select({ order: orders, sortKey: orderPages.sortKey, id: orders.id })
          .from(orders)
          .where(and(own, orderPages.where()))
          .orderBy(...orderPages.orderBy)
          .limit(ask.limit + 1),
        db.$count(orders, own),
      ]);
      const page = orderPages.cut(rows, total);
      return { ...page, items: page.items.map(({ order }) => orderOf(order)) };
    },
    findByProviderRef: (provider, providerRef) =>
      one(
        inArray(
          orders.id,
          db
            .select({ id: payments.orderId })
            .from(payments)
            .where(and(eq(payments.provider, provider), eq(payments.providerRef, providerRef))),
        ),
      ),
  } satisfies Partial<OrderStore>;
}

/** What a worker goes on with when nobody asks. */
function openOrders({ sql, db }: Database) {
  return {
    overdue: (limit) =>
      withPayment(db, and(eq(orders.state, "awaiting_payment"), lte(orders.payBy, raw`clock_timestamp()`)), {
        orderBy: asc(orders.payBy),
        limit,
      }),
    async unpaid(olderThanMs, limit) {
      const taken = await sql<{ id: OrderId }[]>`select id from take_unpaid(${olderThanMs}, ${limit}) as id`;
      if (taken.length === 0) return [];
      return withPayment(
        db,
        inArray(
          orders.id,
          taken.map((row) => row.id),
        ),
        { orderBy: asc(orders.createdAt), limit },
      );
    },
    uncaptured: (olderThanMs, limit) =>
      withPayment(
        db,
        and(
          eq(orders.state, "committed"),
          lte(orders.committedAt, raw`clock_timestamp() - ${olderThanMs} * interval '1 millisecond'`),
        ),
        { orderBy: asc(orders.committedAt), limit },
      ),
    openOfClosedEvents: (limit) =>
      withPayment(
        db,
        inArray(
          orders.id,
          // By way of the few events that closed and have something open: event_closing, then order_by_event.
          raw`(select o.id from event e join orders o on o.event_id = e.id
            where e.state in ('ended', 'cancelled') and e.drained_at is null
              and (o.state = 'awaiting_payment' or o.state = 'committed' and e.state = 'cancelled'))`,
        ),
        { orderBy: asc(orders.createdAt), limit },
      ),
  } satisfies Partial<OrderStore>;
}

function holdReads({ sql }: Database) {
  return {
    livingHolds: (holdIds) => sql<{ holdId: HoldId; sold: boolean }[]>`
      select hold_id as "holdId", state <> 'awaiting_payment' as sold from orders
      where hold_id = any(${[...holdIds]}::uuid[]) and state in ('awaiting_payment', 'committed', 'paid', 'refunded')`,
  } satisfies Partial<OrderStore>;
}

function ticketReads({ db }: Database) {
  return {
    async ticketsOf(orderId) {
      const rows = await db
        .select()
        .from(tickets)
        .where(eq(tickets.orderId, orderId))
        .orderBy(asc(tickets.itemIndex));
      return rows.map(ticketOf);
    },
    async listTickets(accountId, ask) {
      const own = eq(tickets.accountId, accountId);
      const ticketPages = ticketPagesIn(ask);
      const [rows, total] = await Promise.all([
        db
          .select({ ticket: tickets, sortKey: ticketPages.sortKey, id: tickets.id })
          .from(tickets)
          .where(and(own, ticketPages.where()))
          .orderBy(...ticketPages.orderBy)
          .limit(ask.limit + 1),
        db.$count(tickets, own),
      ]);
      const page = ticketPages.cut(rows, total);
      return { ...page, items: page.items.map(({ ticket }) => ticketOf(ticket)) };
    },
    async findTicket(ticketId) {
      const [row] = await db.select().from(tickets).where(eq(tickets.id, ticketId));
      return row ? ticketOf(row) : null;
    },
  } satisfies Partial<OrderStore>;
}
