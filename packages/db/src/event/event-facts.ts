import { z } from "zod";
import type { EventSales } from "@onsale/core/event/event-store";
import type { InventoryFacts } from "@onsale/core/inventory/inventory";
import { AppError } from "@onsale/core/shared/errors";
import type { Sql } from "../client.ts";

const Count = z.int().min(0);
const Facts = z.object({
  seatCount: Count,
  sold: z.array(Count),
  claimed: z.array(z.object({ seatNo: Count, holdId: z.string(), accountId: z.string() })),
  claimedAreas: z.array(
    z.object({ areaNo: Count, quantity: Count, holdId: z.string(), accountId: z.string() }),
  ),
  blocked: z.array(Count),
  areas: z.array(z.object({ areaNo: Count, capacity: Count, claimed: Count, sold: Count })),
  bought: z.array(z.object({ accountId: z.string(), count: Count })),
});

/** What a lost shard is rebuilt from; one statement, so one snapshot of the database. */
export async function readInventoryFacts(sql: Sql, eventId: string): Promise<InventoryFacts> {
  const [row] = await sql`
    select jsonb_build_object(
      'seatCount', coalesce(l.seat_count, 0),
      'sold', coalesce((select jsonb_agg(c.seat_no order by c.seat_no) from seat_claim c
        where c.event_id = e.id and c.state = 'sold'), '[]'),
      'claimed', coalesce((select jsonb_agg(jsonb_build_object('seatNo', c.seat_no, 'holdId', c.hold_id,
          'accountId', o.account_id) order by c.seat_no)
        from seat_claim c join orders o on o.id = c.order_id
        where c.event_id = e.id and c.state = 'claimed'), '[]'),
      'claimedAreas', coalesce((select jsonb_agg(jsonb_build_object('areaNo', a.area_no, 'quantity', a.places,
          'holdId', o.hold_id, 'accountId', o.account_id))
        from orders o cross join unnest(o.area_nos, o.area_counts) a (area_no, places)
        where o.event_id = e.id and o.state = 'awaiting_payment'), '[]'),
      'blocked', coalesce((select jsonb_agg(c.seat_no order by c.seat_no) from seat_claim c
        where c.event_id = e.id and c.state = 'blocked'), '[]'),
      'areas', coalesce((select jsonb_agg(jsonb_build_object('areaNo', p.area_no, 'capacity', p.capacity,
          'claimed', p.claimed, 'sold', p.sold) order by p.area_no)
        from ga_pool p where p.event_id = e.id), '[]'),
      'bought', coalesce((select jsonb_agg(jsonb_build_object('accountId', q.account_id, 'count', q.taken)
          order by q.account_id)
        from fan_quota q where q.event_id = e.id and q.taken > 0), '[]')) as facts
    from event e left join layout l on l.id = e.layout_id where e.id = ${eventId}`;
  if (!row) throw new AppError("event.not_found", "There is no such event.");
  return Facts.parse(row["facts"]);
}

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

/** Sums over orders whose seats are sold (committed or paid), from one snapshot. Uses order_by_event. */
export async function readSales(sql: Sql, eventId: string): Promise<EventSales> {
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
    from event e left join layout l on l.id = e.layout_id, seats, pool where e.id = ${eventId}`;
  if (!row) throw new AppError("event.not_found", "There is no such event.");
  return Sales.parse(row["sales"]);
}
