import { eq } from "drizzle-orm";
import { z } from "zod";
import { type EventFeedStore, type FeedNews, NamedEvent } from "@onsale/core/event/event-feed-store";
import { must } from "@onsale/core/shared/assert";
import { EventId } from "@onsale/core/shared/ids";
import { audited } from "../audit/audited.ts";
import type { Database } from "../client.ts";
import { retryConflicts } from "../retry.ts";
import { events } from "../schema/tables.ts";
import { eventOf } from "./event-row.ts";
import { explained } from "./pg-event-store.ts";

const Imported = z.object({ kind: z.enum(["created", "existing"]), id: EventId });

/** Names of events in feeds. */
export function makePgEventFeedStore({ sql, db }: Database): EventFeedStore {
  return {
    async findNamed(organization, uids) {
      const rows = await sql`
        select uid, event_id as "eventId", sequence::integer as sequence, said from event_feed
        where organization_id = ${organization} and uid = any(${[...uids]})`;
      return new Map(rows.map((row) => [String(row["uid"]), NamedEvent.parse(row)]));
    },
    importEvent: (actor, organizationId, { draft, feed }) =>
      explained(async () => {
        const input = audited(actor, { organizationId, draft, feed });
        const [row] = await retryConflicts(
          () => sql`select import_event(${input}::text::jsonb, ${saidOf(feed)}::text::json) as answer`,
        );
        const { kind, id } = Imported.parse(row?.["answer"]);
        const [event] = await db.select().from(events).where(eq(events.id, id));
        return { isNew: kind === "created", event: eventOf(must(event, "an event that was imported stays")) };
      }),
    async remember(eventId, feed) {
      await sql`
        insert into event_feed as f (organization_id, uid, event_id, sequence, said)
        select organization_id, ${feed.uid}, id, ${feed.sequence}, ${saidOf(feed)}::text::json
        from event where id = ${eventId}
        on conflict (organization_id, uid) do update set sequence = excluded.sequence, said = excluded.said
        where f.sequence <= excluded.sequence`;
    },
  };
}

const saidOf = (feed: FeedNews | null): string | null => (feed === null ? null : JSON.stringify(feed.said));
