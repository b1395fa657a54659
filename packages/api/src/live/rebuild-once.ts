import type { EventId } from "@onsale/core/shared/ids";
import type { Logger } from "../log.ts";

/** One rebuild of an event's shard at a time in this process; Redis lets only one process win. */
export function makeRebuildOnce({
  rebuild,
  log,
}: {
  /** true: this process rebuilt the shard; false: another one was faster. */
  rebuild: (eventId: EventId) => Promise<boolean>;
  log: Logger;
}) {
  const running = new Map<EventId, Promise<void>>();

  async function begin(eventId: EventId): Promise<void> {
    try {
      const won = await rebuild(eventId);
      log.info({ eventId, won }, "shard rebuilt from Postgres");
    } finally {
      running.delete(eventId);
    }
  }

  return function rebuildOnce(eventId: EventId): Promise<void> {
    const known = running.get(eventId);
    if (known) return known;
    const rebuilding = begin(eventId);
    running.set(eventId, rebuilding);
    return rebuilding;
  };
}
