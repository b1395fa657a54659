import { and, eq, getTableColumns } from "drizzle-orm";
import type { EventStore, LayoutRecord, LayoutSummary } from "@onsale/core/event/event-store";
import { must } from "@onsale/core/shared/assert";
import { z } from "zod";
import type { Database } from "../client.ts";
import { newestFirst } from "../newest-first.ts";
import { retryConflicts } from "../retry.ts";
import { layouts, venues } from "../schema/tables.ts";
import { venueOf } from "./event-row.ts";
import { NO_DRILLS } from "./no-drills.ts";

const { document: _, ...summaryColumns } = getTableColumns(layouts);
const Addressed = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["saved", "not_found"]) }),
  z.object({ kind: z.literal("changed"), address: z.string() }),
]);
const pages = newestFirst(layouts.createdAt, layouts.id);

/** Venues and layout versions: the part of the event store that is written rarely and never deleted. */
export function venuesAndLayouts({ sql, db }: Database) {
  return {
    async createVenue({ name, address = "", city, country, timeZone }) {
      // An import that runs twice meets the venue it made; the empty update makes RETURNING answer then too.
      const [row] = await sql<{ id: string }[]>`
        insert into venue as v (name, address, city, country, time_zone)
        values (${name}, ${address}, ${city}, ${country}, ${timeZone})
        on conflict (lower(name), lower(city)) do update set name = v.name returning id`;
      const { id } = must(row, "an upsert returns its row");
      const [venue] = await db.select().from(venues).where(eq(venues.id, id));
      return venueOf(must(venue, "the venue was just written"));
    },
    async setVenueAddress(change) {
      const input = JSON.stringify(change);
      const [row] = await retryConflicts(
        () => sql`select set_venue_address(${input}::text::jsonb) as answer`,
      );
      return Addressed.parse(row?.["answer"]);
    },
    async listVenues() {
      const rows = await db.select().from(venues).where(NO_DRILLS.venues).orderBy(venues.name, venues.city);
      return rows.map(venueOf);
    },
    async findVenue(name, city) {
      const [found] = await sql<{ id: string }[]>`
        select id from venue where lower(name) = lower(${name}) and lower(city) = lower(${city})`;
      if (!found) return null;
      const [venue] = await db.select().from(venues).where(eq(venues.id, found.id));
      return venue ? venueOf(venue) : null;
    },
    async saveLayout({ venueId, hash, name, text, seatCount, gaCapacity }) {
      await sql`
        insert into layout as l (venue_id, name, hash, seat_count, ga_capacity, document)
        values (${venueId}, ${name}, ${hash}, ${seatCount}, ${gaCapacity}, ${text}::text::jsonb)
        on conflict (hash) do update set venue_id = coalesce(l.venue_id, excluded.venue_id)
        where l.venue_id is null and excluded.venue_id is not null`;
      const [row] = await db.select(summaryColumns).from(layouts).where(eq(layouts.hash, hash));
      const { createdAt: _createdAt, ...saved } = must(row, "the layout was just saved");
      return saved;
    },
    findLayout: (id) => findLayout(eq(layouts.id, id)),
    findLayoutByHash: (hash) => findLayout(eq(layouts.hash, hash)),
    async listLayouts(ask) {
      const [rows, total] = await Promise.all([
        db
          .select({ ...summaryColumns, us: pages.us })
          .from(layouts)
          .where(and(NO_DRILLS.layouts, pages.after(ask.after)))
          .orderBy(...pages.orderBy)
          .limit(ask.limit + 1),
        db.$count(layouts, NO_DRILLS.layouts),
      ]);
      const page = pages.cut(rows, ask, total);
      return {
        ...page,
        items: page.items.map(({ createdAt, us: _us, ...row }): LayoutSummary => ({
          ...row,
          createdAtMs: createdAt.getTime(),
        })),
      };
    },
  } satisfies Partial<EventStore>;

  async function findLayout(where: ReturnType<typeof eq>): Promise<LayoutRecord | null> {
    const [row] = await db.select().from(layouts).where(where);
    if (!row) return null;
    const { createdAt: _createdAt, ...layout } = row;
    return layout;
  }
}
