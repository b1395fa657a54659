import { and, asc, eq, gt, inArray, isNotNull, ne, type SQL, sql as raw } from "drizzle-orm";
import type { EventState } from "@onsale/core/event/event";
import type { EventStore, EventSummary } from "@onsale/core/event/event-store";
import type { OrganizationId } from "@onsale/core/shared/ids";
import type { Page } from "@onsale/core/shared/page";
import type { Database } from "../client.ts";
import { batchedCalls } from "../line/batched-calls.ts";
import { ofOrganization } from "../organization/scope.ts";
import { byText, byTime, sortedPages } from "../sorted-pages.ts";
import { events, organizations, venues } from "../schema/tables.ts";
import { ORGANIZER, summaryOf } from "./event-row.ts";
import { findEvents } from "./find-events.ts";
import { NO_DRILLS } from "./no-drills.ts";

const LIVE: readonly EventState[] = ["on_sale", "paused", "sold_out"];
const pagesIn = sortedPages(
  { created: byTime(events.createdAt), starts: byTime(events.startsAt), title: byText(events.title) },
  { id: events.id, usual: "created" },
);

export function eventReads(database: Database) {
  const { db } = database;
  const own = ofOrganization(database, events.organizationId);
  const summaries = (where: SQL | undefined) =>
    db
      .select({ event: events, venue: venues, organizer: ORGANIZER })
      .from(events)
      .innerJoin(venues, eq(venues.id, events.venueId))
      .innerJoin(organizations, eq(organizations.id, events.organizationId))
      .where(where)
      .orderBy(asc(events.startsAt), asc(events.id))
      .then((rows): EventSummary[] => rows.map(summaryOf));

  return {
    // Anybody may ask for any name, so a storm of them is a few statements and not all connections.
    findEvent: batchedCalls((names: readonly string[]) => findEvents(database, names), {
      batchMax: 200,
      flightsMax: 2,
    }),
    findMany: async (ids) => (ids.length === 0 ? [] : summaries(inArray(events.id, [...ids]))),
    // A row's version as Postgres counts it: any change of one of the rows, through whatever door, is another mark.
    programmeMarks: (nowMs) =>
      db
        .select({
          id: events.id,
          mark: raw<string>`event.xmin::text || '.' || venue.xmin::text || '.' || organization.xmin::text
            || '.' || ${events.priceVersion}`,
        })
        .from(events)
        .innerJoin(venues, eq(venues.id, events.venueId))
        .innerJoin(organizations, eq(organizations.id, events.organizationId))
        .where(
          and(
            isNotNull(events.publishedAt),
            ne(events.state, "draft"),
            gt(events.overAt, new Date(nowMs)),
            NO_DRILLS.events,
          ),
        ),
    listEvents: (ask) => listEvents(database, ask),
    async countEvents(organization) {
      const rows = await db
        .select({ state: events.state, count: raw<number>`count(*)::int` })
        .from(events)
        .where(and(NO_DRILLS.events, of(organization), own))
        .groupBy(events.state);
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
    async listLive() {
      const rows = await db
        .select({ id: events.id })
        .from(events)
        .where(inArray(events.state, [...LIVE]));
      return rows.map((row) => row.id);
    },
  } satisfies Partial<EventStore>;
}

async function listEvents(
  database: Database,
  ask: Parameters<EventStore["listEvents"]>[0],
): Promise<Page<EventSummary>> {
  const { db } = database;
  const filter = and(filterOf(ask), ofOrganization(database, events.organizationId));
  const pages = pagesIn(ask);
  const [rows, total] = await Promise.all([
    db
      .select({
        event: events,
        venue: venues,
        organizer: ORGANIZER,
        sortKey: pages.sortKey,
        id: events.id,
      })
      .from(events)
      .innerJoin(venues, eq(venues.id, events.venueId))
      .innerJoin(organizations, eq(organizations.id, events.organizationId))
      .where(and(filter, pages.where()))
      .orderBy(...pages.orderBy)
      .limit(ask.limit + 1),
    db.$count(events, filter),
  ]);
  const page = pages.cut(rows, total);
  return { ...page, items: page.items.map(summaryOf) };
}

const of = (organization: OrganizationId | null | undefined): SQL | undefined =>
  organization ? eq(events.organizationId, organization) : undefined;

function filterOf({
  organization,
  states,
  ids,
  drills,
}: Parameters<EventStore["listEvents"]>[0]): SQL | undefined {
  return and(
    of(organization),
    drills === true ? undefined : NO_DRILLS.events,
    states && inArray(events.state, [...states]),
    // One parameter, however many were found.
    ids && raw`${events.id} = any(${raw.param(`{${ids.join(",")}}`)}::uuid[])`,
  );
}
