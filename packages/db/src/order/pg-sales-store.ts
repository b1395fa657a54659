import { z } from "zod";
import type { EventSales, SalesStore } from "@onsale/core/order/sales-store";
import { AppError } from "@onsale/core/shared/errors";
import type { Database } from "../client.ts";
import { scopeOf } from "../organization/scope.ts";

const Count = z.int().min(0);
const Amount = z.int();
const Sales = z.object({
  capacity: Count,
  sold: Count,
  claimed: Count,
  blocked: Count,
  orders: Count,
  grossMinor: Amount,
  feeMinor: Amount,
  byCategory: z.array(
    z.object({ category: z.string(), ticketType: z.string(), tickets: Count, faceMinor: Amount }),
  ),
  byHour: z.array(z.object({ hourMs: z.int(), tickets: Count, grossMinor: Amount })),
});

export function makePgSalesStore(database: Database): SalesStore {
  return { read: (eventId) => readSales(database, eventId) };
}

/** Sums over orders whose seats are sold (committed or paid), from one snapshot. Uses order_by_event. */
async function readSales(database: Database, eventId: string): Promise<EventSales> {
  const { sql } = database;
  const [row] = await sql`
    with sold as materialized (
      select * from orders where event_id = ${eventId} and state in ('committed', 'paid')),
    category as (
      select i."category", i."ticketType", count(*) as tickets, sum(i."faceMinor") as face
      from sold, jsonb_to_recordset(sold.items) i ("category" text, "ticketType" text, "faceMinor" bigint)
      group by 1, 2),
    hour as (
      select (extract(epoch from date_trunc('hour', committed_at)) * 1000)::bigint as ms,
        sum(item_count) as tickets, sum(total_minor) as gross
      from sold group by 1),
    seats as (
      select count(*) filter (where state = 'sold') as sold, count(*) filter (where state = 'claimed') as claimed,
        count(*) filter (where state = 'blocked') as blocked
      from seat_claim where event_id = ${eventId}),
    pool as (
      select coalesce(sum(sold), 0) as sold, coalesce(sum(claimed), 0) as claimed from ga_pool where event_id = ${eventId})
    select jsonb_build_object(
      'capacity', coalesce(l.seat_count + l.ga_capacity, 0),
      'sold', seats.sold + pool.sold, 'claimed', seats.claimed + pool.claimed, 'blocked', seats.blocked,
      'orders', (select count(*) from sold),
      'grossMinor', (select coalesce(sum(total_minor), 0) from sold),
      'feeMinor', (select coalesce(sum(fee_minor), 0) from sold),
      'byCategory', coalesce((select jsonb_agg(jsonb_build_object('category', "category", 'ticketType', "ticketType",
        'tickets', tickets, 'faceMinor', face) order by "category", "ticketType") from category), '[]'),
      'byHour', coalesce((select jsonb_agg(jsonb_build_object('hourMs', ms, 'tickets', tickets, 'grossMinor', gross)
        order by ms) from hour), '[]')) as sales
    from event e left join layout l on l.id = e.layout_id, seats, pool where e.id = ${eventId} ${scopeOf(database).andEvent(eventId)}`;
  if (!row) throw new AppError("event.not_found");
  return Sales.parse(row["sales"]);
}
