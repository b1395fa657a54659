import { AccountId, type EventId, HoldId } from "@onsale/core/shared/ids";
import { z } from "zod";
import type { InventoryFacts } from "@onsale/core/inventory/inventory";
import type { InventoryFactsStore } from "@onsale/core/inventory/inventory-facts-store";
import { AppError } from "@onsale/core/shared/errors";
import type { Database } from "../client.ts";
import { scopeOf } from "../organization/scope.ts";
import { audited } from "../audit/audited.ts";
import { retryConflicts } from "../retry.ts";

const Count = z.int().min(0);
const Facts = z.object({
  seatCount: Count,
  sold: z.array(Count),
  claimed: z.array(z.object({ seatNo: Count, holdId: HoldId, accountId: AccountId })),
  claimedAreas: z.array(z.object({ areaNo: Count, quantity: Count, holdId: HoldId, accountId: AccountId })),
  blocked: z.array(Count),
  areas: z.array(z.object({ areaNo: Count, capacity: Count, claimed: Count, sold: Count })),
  bought: z.array(z.object({ accountId: AccountId, count: Count })),
});

const Changed = z.object({
  counter: z.enum(["fan", "area_claimed", "area_sold", "presale"]),
  of: z.string(),
  before: z.int(),
  after: z.int(),
});

export function makePgInventoryFactsStore(database: Database): InventoryFactsStore {
  const { sql } = database;
  return {
    read: (eventId) => readInventoryFacts(database, eventId),
    async recount(actor, eventId) {
      const input = audited(actor, { eventId });
      const [row] = await retryConflicts(() => sql`select recount_stock(${input}::text::jsonb) as changed`);
      return z.array(Changed).parse(row?.["changed"]);
    },
    async setBlocked(actor, { eventId, seatNos, blocked, reason }) {
      const input = audited(actor, { eventId, seatNos, blocked, reason });
      await retryConflicts(() => sql`select set_blocked(${input}::text::jsonb)`);
    },
  };
}

/** What a lost shard is rebuilt from; one statement, so one snapshot of the database. */
async function readInventoryFacts(database: Database, eventId: EventId): Promise<InventoryFacts> {
  const { sql } = database;
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
    from event e left join layout l on l.id = e.layout_id
    where e.id = ${eventId} ${scopeOf(database).andEvent(eventId)}`;
  if (!row) throw new AppError("event.not_found");
  return Facts.parse(row["facts"]);
}
