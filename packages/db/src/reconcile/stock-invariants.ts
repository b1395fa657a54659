import type { Invariant } from "./invariant.ts";

/** Claims that ran out may wait this long for the worker, who asks the provider first. */
const SWEEP_GRACE = "interval '5 minutes'";

/** Seats, places and limits: what is sold once, and to whom. */
export const STOCK_INVARIANTS: readonly Invariant[] = [
  {
    id: "I1",
    title: "A seat has at most one live ticket",
    query: `
      select t.event_id, t.seat_no, count(*) as tickets, string_agg(distinct o.reference, ', ') as reference, 'sold_twice' as wrong
      from ticket t left join orders o on o.id = t.order_id
      where t.status in ('issued', 'used') and t.seat_no is not null and ($1::uuid is null or t.event_id = $1)
      group by t.event_id, t.seat_no having count(*) > 1`,
  },
  {
    id: "I2",
    title: "A standing area never holds more than its places, and its counters are the sums of its orders",
    query: `
      with counted as (
        select o.event_id, a.area_no,
          coalesce(sum(a.places) filter (where o.state = 'awaiting_payment'), 0) as claimed,
          coalesce(sum(a.places) filter (where o.state in ('committed', 'paid')), 0) as sold
        from orders o cross join unnest(o.area_nos, o.area_counts) a (area_no, places)
        where $1::uuid is null or o.event_id = $1 group by 1, 2)
      select coalesce(p.event_id, c.event_id) as event_id, coalesce(p.area_no, c.area_no) as area_no, p.capacity,
        p.claimed, p.sold, c.claimed as claimed_by_orders, c.sold as sold_by_orders,
        case when p.capacity is null then 'no_such_area' when c.claimed + c.sold > p.capacity then 'beyond_capacity'
          else 'miscounted' end as wrong
      from (select * from ga_pool where $1::uuid is null or event_id = $1) p
      full join counted c on c.event_id = p.event_id and c.area_no = p.area_no
      where p.capacity is null or p.claimed <> coalesce(c.claimed, 0) or p.sold <> coalesce(c.sold, 0)
        or p.claimed < 0 or p.sold < 0 or p.claimed + p.sold > p.capacity`,
  },
  {
    id: "I7",
    title: "A claim ends with its time",
    query: `
      select event_id, seat_no, order_id, expires_at, 'past_its_time' as wrong from seat_claim
      where state = 'claimed' and expires_at < clock_timestamp() - ${SWEEP_GRACE} and ($1::uuid is null or event_id = $1)`,
  },
  {
    id: "I9",
    title: "Free, claimed, sold and blocked seats are all seats, and each claim is its order's",
    query: `
      with claim as (select * from seat_claim where $1::uuid is null or event_id = $1),
      wanted as (
        select o.event_id, s as seat_no, o.id as order_id, o.state from orders o cross join unnest(o.seat_nos) s
        where o.state in ('awaiting_payment', 'committed', 'paid') and ($1::uuid is null or o.event_id = $1))
      select c.event_id, c.seat_no, c.order_id, c.state, 'no_such_seat' as wrong
      from claim c left join event e on e.id = c.event_id left join layout l on l.id = e.layout_id
      where c.seat_no >= coalesce(l.seat_count, 0)
      union all
      select c.event_id, c.seat_no, c.order_id, c.state, 'not_its_orders'
      from claim c left join wanted w on w.order_id = c.order_id and w.event_id = c.event_id and w.seat_no = c.seat_no
      where c.state <> 'blocked'
        and coalesce(w.state, '') <> ALL (case c.state when 'claimed' then array['awaiting_payment'] else array['committed', 'paid'] end)
      union all
      select w.event_id, w.seat_no, w.order_id, w.state, 'sold_without_claim'
      from wanted w left join claim c on c.event_id = w.event_id and c.seat_no = w.seat_no and c.order_id = w.order_id
      where w.state in ('committed', 'paid') and c.seat_no is null`,
  },
  {
    id: "I10",
    title: "No fan has more than the limit, and the counter is the sum of the fan's orders",
    query: `
      with counted as (
        select event_id, account_id, sum(item_count) as tickets from orders
        where state in ('awaiting_payment', 'committed', 'paid') and ($1::uuid is null or event_id = $1) group by 1, 2)
      select coalesce(q.event_id, c.event_id) as event_id, coalesce(q.account_id, c.account_id) as account_id,
        q.taken, q.max_per_fan, c.tickets, case when c.tickets > q.max_per_fan then 'beyond_limit' else 'miscounted' end as wrong
      from (select * from fan_quota where $1::uuid is null or event_id = $1) q
      full join counted c on c.event_id = q.event_id and c.account_id = q.account_id
      where q.taken is null or q.taken <> coalesce(c.tickets, 0) or q.taken > q.max_per_fan`,
  },
  {
    id: "I17",
    title: "A used ticket says when it was used, and only a used one",
    query: `
      select id, event_id, order_id, status, used_at, 'use_and_time_differ' as wrong from ticket
      where (status = 'used') <> (used_at is not null) and status <> 'void' and ($1::uuid is null or event_id = $1)`,
  },
];
