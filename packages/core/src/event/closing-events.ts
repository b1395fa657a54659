import type { EventId } from "../shared/ids.ts";

/** Events that ended or were cancelled and may still have orders under way: in their stream, or open in Postgres. */
export interface ClosingEvents {
  list(): Promise<EventId[]>;
  /**
   * Notes that nothing of this event is open any more. The caller knows its stream to be empty. False: an order is open, or
   * the event closed less than `olderThanMs` ago, so that a process may still take orders by what it remembers of it.
   */
  markDrained(eventId: EventId, olderThanMs: number): Promise<boolean>;
}
