import { z } from "zod";
import { TicketItems } from "@onsale/core/pricing/ticket-items";
import { OfferState, WaitlistOfferId } from "@onsale/core/waitlist/waitlist";
import type { ListedWait, WaitlistStore } from "@onsale/core/waitlist/waitlist-store";
import type { Database } from "../client.ts";
import { holdsWords } from "../holds-words.ts";
import { scopeOf } from "../organization/scope.ts";
import { entryJson, offerJson, readEntry } from "./waitlist-row.ts";

const LastOffer = z.object({
  id: WaitlistOfferId,
  state: OfferState,
  offeredAtMs: z.int(),
  expiresAtMs: z.int(),
  items: TicketItems,
});
const count = z.int().min(0);
const Counts = z.object({
  waiting: count,
  ticketsWanted: count,
  offered: count,
  bought: count,
  declined: count,
  lapsed: count,
  left: count,
});

const Demand = z.object({ level: z.string().nullable(), fans: count, tickets: count });

/** For those who run the sale. */
export function waitlistLists(database: Pick<Database, "sql" | "organization">) {
  const { sql } = database;
  const { andEvent } = scopeOf(database);
  return {
    async list(eventId, { limit, query = "", stand = null }) {
      const rows = await sql`
        select ${entryJson(sql)} as entry, a.email, count(*) over ()::int as total, case when o.id is not null then ${offerJson(sql)} end as offer
        from waitlist_entry e join account a on a.id = e.account_id
        left join lateral (select * from waitlist_offer w where w.entry_id = e.id and w.told_at is not null
          order by w.offered_at desc limit 1) o on true
        where e.event_id = ${eventId} ${andEvent(eventId)} and ${holdsWords(sql, query, [sql`a.email`])}
          and (${stand}::text is null or coalesce(e.ended, e.state) = ${stand})
        order by e.state = 'over', e.state = 'waiting', e.line_number, e.seq limit ${limit}`;
      const entries = rows.map((row): ListedWait => ({
        ...readEntry(row["entry"]),
        email: z.string().parse(row["email"]),
        offer: LastOffer.nullable().parse(row["offer"]),
      }));
      return { entries, total: count.parse(rows[0]?.["total"] ?? 0) };
    },
    async counts(eventId) {
      const [row] = await sql`
        select jsonb_build_object('waiting', count(*) filter (where state = 'waiting'),
          'ticketsWanted', coalesce(sum(quantity) filter (where state = 'waiting'), 0),
          'offered', count(*) filter (where state = 'offered'), 'bought', count(*) filter (where ended = 'bought'),
          'declined', count(*) filter (where ended = 'declined'), 'lapsed', count(*) filter (where ended = 'lapsed'),
          'left', count(*) filter (where ended = 'left')) as counts
        from waitlist_entry where event_id = ${eventId} ${andEvent(eventId)}`;
      return Counts.parse(row?.["counts"]);
    },
    async demand(eventId) {
      const rows = await sql`
        select level, count(*)::int as fans, sum(quantity)::int as tickets
        from waitlist_entry e left join lateral jsonb_array_elements_text(e.wishes -> 'categories') level on true
        where e.event_id = ${eventId} and e.state = 'waiting' ${andEvent(eventId)}
        group by level order by tickets desc, level`;
      return rows.map((row) => Demand.parse(row));
    },
  } satisfies Partial<WaitlistStore>;
}
