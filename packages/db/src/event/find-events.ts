import { and, eq, sql } from "drizzle-orm";
import type { EventSummary } from "@onsale/core/event/event-store";
import { EventId } from "@onsale/core/shared/ids";
import type { Database } from "../client.ts";
import { ofOrganization } from "../organization/scope.ts";
import { events, organizations, venues } from "../schema/tables.ts";
import { ORGANIZER, summaryOf } from "./event-row.ts";

const isId = (name: string) => EventId.safeParse(name).success;

/**
 * The events of these ids and slugs, in their order; a slug that an event had before still names it. What can be an id is
 * one: a slug never stands in the place of another event.
 */
export async function findEvents(
  database: Database,
  names: readonly string[],
): Promise<(EventSummary | null)[]> {
  const slugs = sql.param(names.filter((name) => !isId(name)));
  const ids = sql.param(names.filter(isId));
  const found = await database.db
    .select({
      event: events,
      venue: venues,
      organizer: ORGANIZER,
      cancelledBecause: sql<string | null>`case when ${events.state} = 'cancelled' then (
        select detail ->> 'reason' from audit
        where chain = ${events.id} and action = 'event.moved' and detail ->> 'to' = 'cancelled'
        order by seq desc limit 1) end`,
      slugs: sql<string[]>`array(select slug from event_address where event_id = ${events.id})`,
    })
    .from(events)
    .innerJoin(venues, eq(venues.id, events.venueId))
    .innerJoin(organizations, eq(organizations.id, events.organizationId))
    .where(
      and(
        sql`${events.id} in (select event_id from event_address where slug = any(${slugs}::text[])
          union all select unnest(${ids}::uuid[]))`,
        ofOrganization(database, events.organizationId),
      ),
    );
  const byName = new Map(
    found.flatMap(({ cancelledBecause, slugs: own, ...row }) => {
      const event = { ...summaryOf(row), ...(cancelledBecause === null ? {} : { cancelledBecause }) };
      const slugs = own.filter((slug) => !isId(slug));
      return [event.id, ...slugs].map((name) => [name, event] as const);
    }),
  );
  return names.map((name) => byName.get(isId(name) ? name.toLowerCase() : name) ?? null);
}
