import { z } from "zod";
import { LineId } from "@onsale/core/line/line";
import { EventId } from "@onsale/core/shared/ids";
import {
  AHEAD_EXACT_MAX,
  OFFERS_PER_WAIT_MAX,
  OfferState,
  WaitlistWishes,
} from "@onsale/core/waitlist/waitlist";
import type { OpenOffer, Wait, WaitlistStore, WishGroup } from "@onsale/core/waitlist/waitlist-store";
import { audited } from "../audit/audited.ts";
import type { Database, Sql } from "../client.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { retryConflicts } from "../retry.ts";
import { waitlistLists } from "./waitlist-lists.ts";
import { makeWaitlistOrder, type WaitlistOrder } from "./waitlist-order.ts";
import { entryJson, offerJson, readEntry, readOffer } from "./waitlist-row.ts";

const Order = z.enum(["none", "awaiting_payment", "sold", "ended"]);
const Left = z.enum(["left", "offered", "not_found"]);
const Offered = z.enum(["offered", "busy"]);

/** Who waits and what was offered. Every write is one call of a SQL function: functions/waitlist. */
export function makePgWaitlistStore(
  database: Pick<Database, "sql" | "organization">,
  order: WaitlistOrder = makeWaitlistOrder(database.sql),
): WaitlistStore {
  const { sql } = database;
  return { ...fans(sql, order), ...rounds(sql), ...offers(sql), ...waitlistLists(database) };
}

function fans(sql: Sql, order: WaitlistOrder) {
  return {
    async join({ wishes, ...input }) {
      const entry = JSON.stringify({ ...input, wishes, quantity: wishes.quantity });
      const [row] = await retryConflicts(() => sql`select join_waitlist(${entry}::text::jsonb) as joined`);
      return { kind: z.boolean().parse(row?.["joined"]) ? "joined" : "known" };
    },
    async change({ wishes, ...input }) {
      const entry = JSON.stringify({ ...input, wishes, quantity: wishes.quantity });
      const [row] = await retryConflicts(() => sql`select change_waitlist(${entry}::text::jsonb) as changed`);
      return z.boolean().parse(row?.["changed"]);
    },
    async leave({ eventId, accountId }) {
      const [row] = await retryConflicts(() => sql`select leave_waitlist(${eventId}, ${accountId}) as left`);
      return Left.parse(row?.["left"]);
    },
    async find({ eventId, accountId }) {
      const rows = await sql`${waits(sql)}
        where e.event_id = ${eventId} and e.account_id = ${accountId}
        order by e.state = 'over', e.seq desc limit 1`;
      return rows[0] ? readWait(order, rows[0]) : null;
    },
    async findRunning(accountId) {
      const rows = await sql`${waits(sql)}
        where e.account_id = ${accountId} and e.state <> 'over' order by e.seq`;
      return Promise.all(rows.map((row) => readWait(order, row)));
    },
    async taken({ eventId, accountId }) {
      const [row] =
        await sql`select taken from fan_quota where event_id = ${eventId} and account_id = ${accountId}`;
      return z.int().parse(row?.["taken"] ?? 0);
    },
    // No index leads from an account to the passes that it used up, so the few who have an order here are looked for.
    async linesBoughtIn({ eventId, accountId }) {
      const rows = await sql`
        select l.id from line l where l.event_id = ${eventId}
          and exists (select from orders x where x.account_id = ${accountId} and x.event_id = ${eventId})
          and exists (select from line_pass p
            where p.line_no = l.line_no and p.account_id = ${accountId} and p.ended = 'bought')`;
      return rows.map((row) => LineId.parse(row["id"]));
    },
  } satisfies Partial<WaitlistStore>;
}

/**
 * Waits, and how many of the list's first AHEAD_EXACT_MAX are ahead, along the index waitlist_order. The limit is part of the
 * text: with a parameter Postgres planned each look anew, which took two thirds of its time.
 */
const waits = (sql: Sql) => sql`
  select ${entryJson(sql)} as entry, case when o.id is not null then ${offerJson(sql)} end as offer, e.seq::float8 as seq,
    case when e.state <> 'waiting' then 0 else (
      select count(*)::int from (
        select f.line_number, f.seq from waitlist_entry f where f.event_id = e.event_id and f.state = 'waiting'
        order by f.line_number, f.seq limit ${sql.unsafe(String(AHEAD_EXACT_MAX))}) a
      where a.line_number < e.line_number or a.line_number is not null and e.line_number is null
        or a.line_number is not distinct from e.line_number and a.seq < e.seq) end as near
  from waitlist_entry e left join waitlist_offer o on o.entry_id = e.id and o.state = 'open'`;

/** The entry and its offer are always those of now; only a place far back is counted in the order that is in memory. */
async function readWait(order: WaitlistOrder, row: Readonly<Record<string, unknown>>): Promise<Wait> {
  const entry = readEntry(row["entry"]);
  const offer = row["offer"];
  const near = z.int().parse(row["near"]);
  const place = { lineNumber: entry.lineNumber, seq: z.int().parse(row["seq"]) };
  return {
    entry,
    ahead: near < AHEAD_EXACT_MAX ? near : Math.max(AHEAD_EXACT_MAX, await order.ahead(entry.eventId, place)),
    offer: offer === null ? null : readOffer(offer),
  };
}

/** Who may be offered seats now: the time after a refusal is over, and the purchase limit has room. */
const mayBeAsked = (sql: Sql, { eventId, maxPerFan }: { eventId: EventId; maxPerFan: number }) => sql`
  from waitlist_entry e left join fan_quota q on q.event_id = e.event_id and q.account_id = e.account_id
  where e.event_id = ${eventId} and e.state = 'waiting' and (e.not_before is null or e.not_before <= clock_timestamp())
    and coalesce(q.taken, 0) + e.quantity <= ${maxPerFan}`;

function rounds(sql: Sql) {
  return {
    async eventsToServe() {
      const rows = await sql`
        select v.id from event v where v.state in ('on_sale', 'sold_out', 'paused')
          and exists (select from waitlist_entry e where e.event_id = v.id and e.state <> 'over') order by v.id`;
      return rows.map((row) => EventId.parse(row["id"]));
    },
    async wishGroups({ limit, ...who }): Promise<WishGroup[]> {
      const rows = await sql`
        select e.wishes_key as key, (array_agg(e.wishes))[1] as wishes, count(*)::int as waiting ${mayBeAsked(sql, who)}
        group by e.wishes_key order by min(e.line_number), min(e.seq) limit ${limit}`;
      return rows.map((row) => ({
        key: z.string().parse(row["key"]),
        wishes: WaitlistWishes.parse(row["wishes"]),
        waiting: z.int().parse(row["waiting"]),
      }));
    },
    async wishesMark({ limit, ...who }) {
      const [row] = await sql`
        select md5(string_agg(g.key, ' ' order by g.key)) as mark from (select e.wishes_key as key ${mayBeAsked(sql, who)}
          group by e.wishes_key order by min(e.line_number), min(e.seq) limit ${limit}) g`;
      return z.string().nullable().parse(row?.["mark"]);
    },
    async nextWaiting({ keys, limit, ...who }) {
      const rows = await sql`
        select ${entryJson(sql)} as entry ${mayBeAsked(sql, who)} and e.wishes_key = any(${[...keys]}::text[])
        order by e.line_number, e.seq limit ${limit}`;
      return rows.map((row) => readEntry(row["entry"]));
    },
    // An order is looked for by its account, for which there is an index, also when it has ended.
    async openOffers(eventId): Promise<OpenOffer[]> {
      const rows = await sql`
        select ${offerJson(sql)} as offer, coalesce((
          select case when x.state in ('committed', 'paid', 'refunded') then 'sold'
            when x.state = 'awaiting_payment' then x.state else 'ended' end
          from orders x where x.account_id = o.account_id and x.hold_id = o.hold_id
          order by x.state in ('cancelled', 'failed'), x.created_at desc limit 1), 'none') as order_state
        from waitlist_offer o where o.event_id = ${eventId} and o.state = 'open' order by o.offered_at, o.id`;
      return rows.map((row) => ({ ...readOffer(row["offer"]), order: Order.parse(row["order_state"]) }));
    },
  } satisfies Partial<WaitlistStore>;
}

function offers(sql: Sql) {
  return {
    async offer({ id, entry, holdId, items, ttlMs }) {
      const offer = JSON.stringify({
        id,
        entryId: entry.id,
        wishesKey: entry.wishesKey,
        holdId,
        items,
        seatNos: items.seats.map(({ seatNo }) => seatNo).sort((a, b) => a - b),
        ttlMs,
      });
      try {
        const [row] = await retryConflicts(() => sql`select offer_waitlist(${offer}::text::jsonb) as answer`);
        return Offered.parse(row?.["answer"]);
      } catch (error) {
        if (brokenConstraint(error) === "waitlist_seat_once") return "seat_offered";
        throw error;
      }
    },
    async confirm(offerId, untilMs) {
      const [row] = await retryConflicts(
        () => sql`select confirm_waitlist_offer(${offerId}, ${Math.floor(untilMs)}) as open`,
      );
      return z.boolean().parse(row?.["open"]);
    },
    async end(actor, offerId, { as, waitMs = 0 }) {
      const what = audited(actor, { id: offerId, as, waitMs, againMax: OFFERS_PER_WAIT_MAX });
      const [row] = await retryConflicts(() => sql`select end_waitlist_offer(${what}::text::jsonb) as state`);
      return OfferState.nullable().parse(row?.["state"]);
    },
    async findOffer(offerId) {
      const rows = await sql`select ${offerJson(sql)} as offer from waitlist_offer o where o.id = ${offerId}`;
      return rows.map((row) => readOffer(row["offer"]))[0] ?? null;
    },
    async hasOffer(accountId, holdId) {
      const rows = await sql`
        select from waitlist_offer where hold_id = ${holdId} and account_id = ${accountId} and state = 'open'`;
      return rows.length > 0;
    },
  } satisfies Partial<WaitlistStore>;
}
