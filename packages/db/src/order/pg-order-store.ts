import { and, asc, desc, eq, inArray, type SQL } from "drizzle-orm";
import { z } from "zod";
import { OpenOrder } from "@onsale/core/order/open-order";
import {
  EventLost,
  type Fences,
  type OrderStore,
  type OrderWithPayment,
  type PaymentAnswer,
  type Stage,
} from "@onsale/core/order/order-store";
import { EventId, HoldId, OrderId } from "@onsale/core/shared/ids";
import type { Database } from "../client.ts";
import { OTHER_OWNER, sqlState } from "../pg-errors.ts";
import { retryConflicts } from "../retry.ts";
import { newestFirst } from "../sorted-pages.ts";
import { events, orders, payments, tickets, webhookEvents } from "../schema/tables.ts";
import { auditAppend } from "../audit/audited.ts";
import { withTx } from "../with-tx.ts";
import { commitOrders } from "./commit-orders.ts";
import { orderOf, ordersWithPayment, ticketOf } from "./order-row.ts";

const orderPagesIn = newestFirst(orders.createdAt, orders.id);
const ticketPagesIn = newestFirst(tickets.issuedAt, tickets.id);

const Opened = z.array(OpenOrder);
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

function orderWrites(database: Database) {
  const { sql, db } = database;
  /** One call of a database function that takes a batch and gives the orders as they are then. */
  const stage = async (run: () => Promise<readonly { orders?: unknown }[]>): Promise<OpenOrder[]> => {
    const [row] = await retryConflicts(run).catch(orLost);
    return Opened.parse(row?.orders);
  };
  const json = (value: unknown) => JSON.stringify(value);

  return {
    commitOrders: (batch, fences = null) => commitOrders(sql, batch, fences).catch(orLost),
    async openOrders(orderIds) {
      if (orderIds.length === 0) return [];
      const [row] = await sql`select open_orders(${[...orderIds]}::uuid[]) as orders`;
      return Opened.parse(row?.["orders"]);
    },
    async openAttempt(attempt, fences = null) {
      await retryConflicts(
        () => sql`select open_attempt(${json(attempt)}::text::jsonb, ${owned(fences)}::text::jsonb)`,
      ).catch(orLost);
    },
    settlePayments: (batch, fences = null) =>
      stage(
        () =>
          sql`select settle_payments(${json(batch.map(answerRow))}::text::jsonb, ${owned(fences)}::text::jsonb) as orders`,
      ),
    confirmCaptured(batch, fences = null) {
      const rows = batch.map(({ ticketIds, ...answer }) => ({ ...answerRow(answer), ticketIds }));
      return stage(
        () =>
          sql`select confirm_captured(${json(rows)}::text::jsonb, ${owned(fences)}::text::jsonb) as orders`,
      );
    },
    async parkOrder(orderId, stageName, error) {
      await sql`
        insert into parked_order (order_id, stage, error) values (${orderId}, ${stageName}, left(${error}, 2000))
        on conflict (order_id) do update set stage = excluded.stage, error = excluded.error`;
    },
    async parkedBecause(orderId) {
      const [row] = await sql<{ stage: Stage; error: string; atMs: number }[]>`
        select stage, error, ms_of(at)::float8 as "atMs" from parked_order where order_id = ${orderId}`;
      return row ?? null;
    },
    unparkOrder: (actor, orderId) =>
      withTx(database, async (tx) => {
        const [parked] = await tx<{ chain: string; stage: Stage; error: string }[]>`
          delete from parked_order p using orders o where p.order_id = ${orderId} and o.id = p.order_id
          returning o.event_id as chain, p.stage, p.error`;
        if (!parked) return false;
        const { chain, ...why } = parked;
        await auditAppend(tx, actor, { chain, action: "order.retried", detail: { order: orderId, ...why } });
        return true;
      }),
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

/** The whole answer under the names that record_payments knows. */
function answerRow({ orderId, paid }: PaymentAnswer): Record<string, unknown> {
  return paid ? { orderId, attempt: paid.attempt, ...paid.answer } : { orderId };
}

const owned = (fences: Fences) => (fences ? JSON.stringify(fences) : null);

/** need_events(): somebody else goes on. */
function orLost(error: unknown): never {
  throw sqlState(error) === OTHER_OWNER ? new EventLost(undefined, { cause: error }) : error;
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
function openOrders({ sql }: Database) {
  const ids = async (rows: PromiseLike<readonly { readonly id?: unknown }[]>) =>
    (await rows).map(({ id }) => OrderId.parse(id));
  const notParked = sql`not exists (select from parked_order k where k.order_id = o.id)`;
  return {
    overdue: (limit) =>
      ids(sql`
        select id from orders o where state = 'awaiting_payment' and pay_by <= clock_timestamp() and ${notParked}
        order by pay_by limit ${limit}`),
    unpaid: (olderThanMs, limit) => ids(sql`select id from take_unpaid(${olderThanMs}, ${limit}) as id`),
    uncaptured: (olderThanMs, limit) =>
      ids(sql`
        select id from orders o
        where state = 'committed' and committed_at <= clock_timestamp() - ${olderThanMs} * interval '1 millisecond'
          and ${notParked}
        order by committed_at limit ${limit}`),
    // By way of the few events that closed and have something open: event_closing, then order_by_event.
    openOfClosedEvents: (limit) =>
      ids(sql`
        select o.id from event e join orders o on o.event_id = e.id
        where e.state in ('ended', 'cancelled') and e.drained_at is null
          and (o.state = 'awaiting_payment' or o.state = 'committed' and e.state = 'cancelled') and ${notParked}
        order by o.created_at limit ${limit}`),
    unfinished: (eventIds) =>
      ids(sql`
        select o.id from orders o
        where o.event_id = any(${[...eventIds]}::uuid[]) and o.state in ('awaiting_payment', 'committed') and ${notParked}
          and (o.state = 'committed' or o.total_minor = 0
            or exists (select from payment p where p.order_id = o.id and p.state in ('created', 'authorised', 'captured')))`),
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
