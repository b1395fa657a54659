import type { Invariant } from "./invariant.ts";

const STARTED_WITHIN = "interval '60 seconds'";
/** The provider's answer, its webhook and our next look at it may all be on their way. */
const BOOKS_AGREE_WITHIN = "interval '2 minutes'";

/** Orders, payments and the ledger: every cent that came in is a ticket or on its way back. */
export const MONEY_INVARIANTS: readonly Invariant[] = [
  {
    id: "I3",
    title: "A paid order has one live ticket per item",
    query: `
      select o.id, o.event_id, o.item_count, count(t.id) as tickets, 'tickets_differ' as wrong
      from orders o left join ticket t on t.order_id = o.id and t.status in ('issued', 'used')
      where o.state = 'paid' and ($1::uuid is null or o.event_id = $1)
      group by o.id having count(t.id) <> o.item_count`,
  },
  {
    id: "I4",
    title: "Captured money becomes a ticket or a refund within a minute",
    query: `
      select p.order_id, o.event_id, o.state, p.captured_at, 'money_without_tickets' as wrong
      from payment p join orders o on o.id = p.order_id
      where p.state = 'captured' and o.state <> 'paid' and p.captured_at < clock_timestamp() - ${STARTED_WITHIN}
        and ($1::uuid is null or o.event_id = $1)`,
  },
  {
    id: "I5",
    title: "Ledger entries sum to zero and book exactly what paid orders cost",
    query: `
      select e.id::text as entry, e.order_id, e.event_id, sum(p.amount_minor) as off, 'unbalanced' as wrong
      from ledger_entry e join ledger_posting p on p.entry_id = e.id
      where $1::uuid is null or e.event_id = $1
      group by e.id having sum(p.amount_minor) <> 0
      union all
      select null, o.id, o.event_id, o.total_minor - coalesce(b.booked, 0), 'booked_otherwise'
      from orders o
      left join (select e.order_id, sum(p.amount_minor) as booked from ledger_entry e
                 join ledger_posting p on p.entry_id = e.id and p.account like 'provider:%'
                 where e.kind = 'sale' group by e.order_id) b on b.order_id = o.id
      where o.state = 'paid' and o.total_minor <> coalesce(b.booked, 0) and ($1::uuid is null or o.event_id = $1)
      union all
      select null, o.id, o.event_id, p.amount_minor - o.total_minor, 'captured_otherwise'
      from payment p join orders o on o.id = p.order_id
      where p.state = 'captured' and p.amount_minor <> o.total_minor and ($1::uuid is null or o.event_id = $1)`,
  },
  {
    id: "I6",
    title:
      "Our payments and the sandbox provider's books agree, and it holds no money of orders that are over",
    query: `
      select coalesce(p.provider_ref, s.provider_ref) as provider_ref, coalesce(p.order_id, s.order_id) as order_id, p.state as ours, s.state as theirs,
        'books_differ' as wrong
      from (select p.* from payment p join orders o on o.id = p.order_id
            where p.provider = 'sandbox' and ($1::uuid is null or o.event_id = $1)) p
      full join (select s.* from sandbox_payment s join orders o on o.id = s.order_id
                 where $1::uuid is null or o.event_id = $1) s on s.provider_ref = p.provider_ref
      where (coalesce(p.state, '') in ('captured', 'refunded')) <> (coalesce(s.state, '') in ('captured', 'refunded'))
        and coalesce(greatest(p.updated_at, s.created_at), clock_timestamp()) < clock_timestamp() - ${BOOKS_AGREE_WITHIN}
      union all
      select s.provider_ref, s.order_id, o.state, s.state, 'kept_by_provider' from sandbox_payment s join orders o on o.id = s.order_id
      where s.state in ('requires_action', 'authorised') and o.state in ('cancelled', 'failed')
        and greatest(o.ended_at, s.created_at) < clock_timestamp() - ${BOOKS_AGREE_WITHIN}
        and ($1::uuid is null or o.event_id = $1)`,
  },
  {
    id: "I13",
    title: "One idempotency key is one order",
    query: `
      select account_id, idempotency_key, count(*) as orders, string_agg(distinct reference, ', ') as reference, 'key_twice' as wrong
      from orders
      where $1::uuid is null or event_id = $1 group by 1, 2 having count(*) > 1`,
  },
  {
    id: "I14",
    title: "An order is captured once and a hold becomes one order",
    query: `
      select p.order_id as id, o.reference, o.event_id, 'captured_twice' as wrong, count(*) as times
      from payment p join orders o on o.id = p.order_id
      where p.state in ('captured', 'refunded') and ($1::uuid is null or o.event_id = $1)
      group by 1, 2, 3 having count(*) > 1
      union all
      select hold_id, string_agg(distinct reference, ', '), (array_agg(event_id))[1], 'hold_twice', count(*) from orders
      where state in ('awaiting_payment', 'committed', 'paid', 'refunded') and ($1::uuid is null or event_id = $1)
      group by 1 having count(*) > 1`,
  },
  {
    id: "I16",
    title: "A provider's event is taken in once",
    query: `
      select provider, event_id as provider_event, count(*) as times, 'taken_in_twice' as wrong from webhook_event
      where $1::uuid is null or $1 is not null group by 1, 2 having count(*) > 1`,
  },
  {
    id: "I19",
    title: "A total is the sum of its items, fees and taxes, in the event's currency",
    query: `
      select o.id, o.event_id, o.total_minor, o.currency, e.currency as event_currency, 'total_differs' as wrong
      from orders o left join event e on e.id = o.event_id
      where ($1::uuid is null or o.event_id = $1) and (
        o.currency is distinct from e.currency
        or o.total_minor <> o.face_minor + o.fee_minor + o.tax_added_minor
        or o.face_minor <> (select sum((i ->> 'faceMinor')::bigint) from jsonb_array_elements(o.items) i))`,
  },
  {
    id: "I22",
    title: "An order is charged by a price list that was published",
    query: `
      select o.id, o.event_id, o.price_version, o.quote_hash, 'unpublished_prices' as wrong from orders o
      left join event_price_list l on l.event_id = o.event_id and l.version = o.price_version
      where ($1::uuid is null or o.event_id = $1)
        and (l.version is null or l.list ->> 'currency' <> o.currency or o.quote_hash !~ '^[0-9a-f]{64}$')`,
  },
  {
    id: "I25",
    title: "A paid order has a payment whose money was taken",
    query: `
      select o.id, o.reference, o.event_id, o.total_minor, o.currency, p.state as payment, p.provider_ref,
        case when p.id is null then 'without_payment' else 'not_captured' end as wrong
      from orders o left join lateral (
        select * from payment x where x.order_id = o.id
        order by x.state in ('captured', 'refunded') desc, x.attempt desc limit 1) p on true
      where o.state in ('paid', 'refunded') and o.total_minor > 0 and coalesce(p.state, '') not in ('captured', 'refunded')
        and ($1::uuid is null or o.event_id = $1)`,
  },
  {
    id: "I26",
    title: "A ticket is its order's: the same account, event and place",
    query: `
      select t.id, t.event_id, o.reference, t.order_id, t.status, t.seat_no, t.area_no,
        case when t.account_id <> o.account_id then 'other_account' when t.event_id <> o.event_id then 'other_event'
          else 'other_place' end as wrong
      from ticket t join orders o on o.id = t.order_id
      where t.status in ('issued', 'used') and ($1::uuid is null or t.event_id = $1) and (
        (t.account_id, t.event_id) <> (o.account_id, o.event_id)
        or t.seat_no is distinct from (o.items -> t.item_index ->> 'seatNo')::integer
        or t.area_no is distinct from (o.items -> t.item_index ->> 'areaNo')::integer)`,
  },
];
