import type { Invariant } from "./invariant.ts";

/** The waitlist: a fan has one offer at a time, offers end in time, and what was bought was sold. */
export const WAITLIST_INVARIANTS: readonly Invariant[] = [
  {
    id: "I24",
    title:
      "A wait has one open offer while it is offered, offers end within a minute of their time, and bought ones belong to a sale",
    query: `
      with offer as (select * from waitlist_offer where $1::uuid is null or event_id = $1),
      entry as (select * from waitlist_entry where $1::uuid is null or event_id = $1)
      select event_id, entry_id as id, 'several_open_offers' as wrong
      from offer where state = 'open' group by event_id, entry_id having count(*) > 1
      union all
      select e.event_id, e.id, 'wait_and_offer_differ'
      from entry e left join offer o on o.entry_id = e.id and o.state = 'open'
      where (e.state = 'offered') <> (o.id is not null)
      union all
      select event_id, id, 'open_past_its_time' from offer
      where state = 'open' and expires_at < clock_timestamp() - interval '60 seconds'
      union all
      select o.event_id, o.id, 'bought_without_sale'
      from offer o left join orders x on x.id = o.order_id and x.hold_id = o.hold_id and x.account_id = o.account_id
        and x.state in ('committed', 'paid', 'refunded')
      where o.state = 'bought' and x.id is null
      union all
      select s.event_id, s.offer_id, 'seat_of_no_open_offer'
      from waitlist_seat s left join waitlist_offer o on o.id = s.offer_id and o.state = 'open'
      where o.id is null and ($1::uuid is null or s.event_id = $1)`,
  },
];
