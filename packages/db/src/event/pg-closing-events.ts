import type { ClosingEvents } from "@onsale/core/event/closing-events";
import type { EventId } from "@onsale/core/shared/ids";
import type { Database } from "../client.ts";

/** The index event_closing holds just the events that are listed. */
export function makePgClosingEvents({ sql }: Database): ClosingEvents {
  return {
    async list() {
      const rows = await sql<{ id: EventId }[]>`
        select id from event where state in ('ended', 'cancelled') and drained_at is null order by closed_at`;
      return rows.map(({ id }) => id);
    },
    async markDrained(eventId, olderThanMs) {
      const [row] = await sql<
        { drained: boolean }[]
      >`select mark_drained(${eventId}, ${olderThanMs}) as drained`;
      return row?.drained === true;
    },
  };
}
