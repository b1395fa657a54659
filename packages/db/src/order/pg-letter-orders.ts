import type { LetterOrder, LetterOrders } from "@onsale/core/notification/letter-orders";
import type { Database } from "../client.ts";

export function makePgLetterOrders({ sql }: Pick<Database, "sql">): LetterOrders {
  return {
    async find(orderIds) {
      // One by one by their key, also by a plan that was made while the table was small.
      return await sql<LetterOrder[]>`
        select o.id, o.event_id as "eventId", o.account_id as "accountId", o.reference, o.email, o.locale, o.currency,
          o.total_minor::float8 as "totalMinor", o.items, o.state, ms_of(o.created_at)::float8 as "createdAtMs"
        from unnest(${[...orderIds]}::uuid[]) asked (id)
        cross join lateral (select * from orders where orders.id = asked.id limit 1) o`;
    },
  };
}
