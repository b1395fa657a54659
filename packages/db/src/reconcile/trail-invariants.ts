import type { Invariant } from "./invariant.ts";

const PROMPT = "interval '60 seconds'";
const STUCK = "interval '5 minutes'";

/** What is wrong with the chain $1, or with every chain: [chain, seq, wrong]. */
export const AUDIT_CHAIN_QUERY = `
  with entry as (
    select a.*, lag(hash) over chain as before, lag(seq) over chain as before_seq
    from audit a where $1::uuid is null or a.chain = $1
    window chain as (partition by a.chain order by a.seq))
  select chain, seq, 'does not follow the entry before' as wrong from entry
  where seq <> coalesce(before_seq, 0) + 1
    or prev_hash <> coalesce(before, sha256(convert_to(chain::text, 'UTF8')))
  union all
  select chain, seq, 'was changed' from entry
  where hash <> audit_hash(prev_hash, chain, seq, at, actor, action, detail)
  union all
  select h.chain, h.seq, 'the head is not the last entry'
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
      select o.id, o.event_id, o.state, l.action as last_entry
      from (select * from orders where $1::uuid is null or event_id = $1) o full join last l on l.order_id = o.id
      where o.state is distinct from
        case l.action when 'order.claimed' then 'awaiting_payment' else substr(l.action, length('order.') + 1) end`,
  },
  {
    id: "I20",
    title: "Work in the outbox is done promptly",
    query: `
      select id, kind, run_at, attempts, last_error from job
      where done_at is null and parked_at is null and run_at < clock_timestamp() - ${PROMPT}
        and (lease_until is null or lease_until < clock_timestamp())
        and ($1::uuid is null or exists (
          select from orders o where o.id::text = job.payload ->> 'orderId' and o.event_id = $1))`,
  },
  {
    id: "I21",
    title: "No order is stuck between its claim and its end",
    query: `
      select id, event_id, state, pay_by, committed_at from orders
      where ($1::uuid is null or event_id = $1) and (
        state = 'awaiting_payment' and pay_by < clock_timestamp() - ${STUCK}
        or state = 'committed' and committed_at < clock_timestamp() - ${STUCK}
        or state = 'awaiting_payment' and created_at < clock_timestamp() - ${STUCK} and exists (
          select from event e where e.id = event_id and e.closed_at < clock_timestamp() - ${STUCK}))`,
  },
  {
    id: "I23",
    title: "The audit chain of each event is whole",
    query: AUDIT_CHAIN_QUERY,
  },
];
