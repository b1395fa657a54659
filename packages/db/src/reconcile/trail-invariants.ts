import type { Invariant } from "./invariant.ts";

const PROMPT = "interval '60 seconds'";
const STUCK = "interval '5 minutes'";
/** A provider that answers takes seconds to capture. */
const CAPTURED_WITHIN = "interval '2 minutes'";
/** After so many a job has been tried for a quarter of an hour. */
const TRIES_MAX = 10;
/** The order that a job is about, where it is about one. */
const ORDER_OF_JOB = "left join orders o on o.id::text = j.payload ->> 'orderId'";

/** What is wrong with the chain $1, or with every chain: [chain, seq, wrong]. */
export const AUDIT_CHAIN_QUERY = `
  with entry as (
    select a.*, lag(hash) over chain as before, lag(seq) over chain as before_seq
    from audit a where $1::uuid is null or a.chain = $1
    window chain as (partition by a.chain order by a.seq))
  select chain, seq, 'not_following' as wrong from entry
  where seq <> coalesce(before_seq, 0) + 1
    or prev_hash <> coalesce(before, sha256(convert_to(chain::text, 'UTF8')))
  union all
  select chain, seq, 'changed' from entry
  where hash <> audit_hash(prev_hash, chain, seq, at, actor, action, detail)
  union all
  select h.chain, h.seq, 'head_differs'
  from audit_head h left join audit a on a.chain = h.chain and a.seq = h.seq
  where ($1::uuid is null or h.chain = $1) and (a.hash is distinct from h.hash
    or exists (select from audit b where b.chain = h.chain and b.seq > h.seq))`;

/** What happened, and that things go on happening. */
export const TRAIL_INVARIANTS: readonly Invariant[] = [
  {
    id: "I15",
    title: "The audit trail leads to the state each order is in",
    query: `
      with step as (
        select (id #>> '{}')::uuid as order_id, a.action, a.seq
        from audit a cross join lateral jsonb_array_elements(a.detail -> 'orders') id
        where a.action like 'order.%' and ($1::uuid is null or a.chain = $1)),
      last as (select distinct on (order_id) order_id, action from step order by order_id, seq desc)
      select o.id, o.event_id, o.state, l.action as last_entry, 'trail_differs' as wrong
      from (select * from orders where $1::uuid is null or event_id = $1) o full join last l on l.order_id = o.id
      where o.state is distinct from
        case l.action when 'order.claimed' then 'awaiting_payment' else substr(l.action, length('order.') + 1) end`,
  },
  {
    id: "I20",
    title: "Work in the outbox is done promptly",
    query: `
      select j.id, j.kind, o.reference, o.event_id, j.run_at, j.attempts, j.last_error, 'not_done' as wrong from job j ${ORDER_OF_JOB}
      where j.done_at is null and j.parked_at is null and j.run_at < clock_timestamp() - ${PROMPT}
        and (j.lease_until is null or j.lease_until < clock_timestamp())
        and ($1::uuid is null or o.event_id = $1)`,
  },
  {
    id: "I21",
    title: "No order is stuck between its claim and its end",
    query: `
      with open as (
        select o.*, case
          when o.state = 'committed' and o.committed_at < clock_timestamp() - ${CAPTURED_WITHIN} then 'not_captured'
          when o.state = 'awaiting_payment' and o.pay_by < clock_timestamp() - ${STUCK} then 'past_its_time'
          when o.state = 'awaiting_payment' and o.created_at < clock_timestamp() - ${STUCK} and exists (
            select from event e where e.id = o.event_id and e.closed_at < clock_timestamp() - ${STUCK}) then 'event_over'
          end as wrong
        from orders o where o.state in ('awaiting_payment', 'committed') and ($1::uuid is null or o.event_id = $1))
      select o.id, o.reference, o.event_id, o.state, o.pay_by, o.committed_at, p.state as payment, p.provider_ref,
        coalesce(k.error, j.last_error, p.decline_reason) as last_error, o.wrong
      from open o
      left join lateral (select * from payment x where x.order_id = o.id order by x.attempt desc limit 1) p on true
      left join parked_order k on k.order_id = o.id
      left join lateral (
        select last_error from job x where x.payload ->> 'orderId' = o.id::text and x.done_at is null and x.last_error is not null
        order by x.id desc limit 1) j on true
      where o.wrong is not null`,
  },
  {
    id: "I23",
    title: "The audit chain of each event is whole",
    query: AUDIT_CHAIN_QUERY,
  },
  {
    id: "I27",
    title: "No work in the outbox was given up, or fails every time",
    query: `
      select j.id, j.kind, o.reference, o.event_id, j.attempts, j.last_error,
        case when j.parked_at is not null then 'parked' else 'fails_again' end as wrong
      from job j ${ORDER_OF_JOB}
      where j.done_at is null and (j.parked_at is not null or j.attempts >= ${TRIES_MAX})
        and ($1::uuid is null or o.event_id = $1)`,
  },
  {
    id: "I28",
    title: "No order was put aside for a person to look at",
    query: `
      select o.id, o.reference, o.event_id, o.state, k.stage, k.error as last_error, k.at, 'parked' as wrong
      from parked_order k join orders o on o.id = k.order_id
      where $1::uuid is null or o.event_id = $1`,
  },
];
