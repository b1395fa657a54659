import type { Invariant } from "./invariant.ts";

/** Presales: codes are used as often as they may be, and allotments hold. */
export const ACCESS_INVARIANTS: readonly Invariant[] = [
  {
    id: "I18",
    title:
      "A code's uses are its grants, within its maximum; a presale's counter is the places of its orders, within its allotment",
    query: `
      select c.event_id, c.window_key, c.uses as counted, count(g.account_id) as really, c.max_uses as bound, c.id as code,
        case when c.uses > c.max_uses then 'code_beyond_uses' else 'code_miscounted' end as wrong
      from access_code c left join access_grant g on g.code_id = c.id
      where $1::uuid is null or c.event_id = $1
      group by c.id having c.uses <> count(g.account_id) or c.uses > c.max_uses
      union all
      select g.event_id, g.window_key, 1, 0, 0, c.id, 'grant_of_other_presale'
      from access_grant g join access_code c on c.id = g.code_id
      where (c.event_id, c.window_key) <> (g.event_id, g.window_key) and ($1::uuid is null or g.event_id = $1)
      union all
      select coalesce(a.event_id, o.event_id), coalesce(a.window_key, o.window_key), a.taken, coalesce(o.places, 0), a.allotment,
        null, case when o.places > a.allotment then 'presale_beyond_allotment' else 'presale_miscounted' end
      from (select * from window_allotment where $1::uuid is null or event_id = $1) a
      full join (select event_id, window_key, sum(item_count) as places from orders
                 where window_key is not null and state in ('awaiting_payment', 'committed', 'paid')
                   and ($1::uuid is null or event_id = $1) group by 1, 2) o
        on o.event_id = a.event_id and o.window_key = a.window_key
      where a.taken is distinct from coalesce(o.places, 0) or a.taken > a.allotment`,
  },
];
