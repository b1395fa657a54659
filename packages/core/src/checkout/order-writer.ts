import type { EventOwner } from "../order/event-owner.ts";
import { EventLost } from "../order/order-store.ts";
import type { EventId } from "../shared/ids.ts";
import { BATCH_MAX, makeOrderDesk, type OrderDeskDeps } from "./order-desk.ts";
import type { OrderQueue } from "./order-queue.ts";

const BLOCK_MS = 500;
/** While a batch of one event is being written, the others are looked after again so soon. */
const BLOCK_BUSY_MS = 10;

export type OrderWriterDeps = OrderDeskDeps & {
  readonly queue: Pick<OrderQueue, "read">;
  readonly owner: Pick<EventOwner, "lost">;
};

/**
 * Takes orders from the streams of the events it owns and commits many in one transaction, each with its first attempt to
 * pay; from there each goes its own way through the payment's stages. An entry is acknowledged only after Postgres has it, so
 * a writer that dies in between does the batch again, and the commit is idempotent. Events do not wait for each other.
 */
export function makeOrderWriter(deps: OrderWriterDeps) {
  const writing = new Map<EventId, Promise<void>>();
  const desk = makeOrderDesk(deps);

  async function take(eventId: EventId, entries: Parameters<typeof desk.take>[1]): Promise<void> {
    try {
      await desk.take(eventId, entries);
    } catch (error) {
      // A hand-over: the entries stay in the stream, and the new owner reads them.
      if (error instanceof EventLost) deps.owner.lost(eventId);
      else deps.onError(error, { eventId });
    } finally {
      writing.delete(eventId);
    }
  }

  return {
    /** One round, which waits for `blockMs` where there is nothing yet: true when there was something to do. */
    async writeOrders(eventIds: readonly EventId[], blockMs = BLOCK_MS): Promise<boolean> {
      if (desk.isFull()) {
        await desk.room();
        return true;
      }
      const free = eventIds.filter((eventId) => !writing.has(eventId));
      if (free.length === 0) {
        await Promise.race(writing.values());
        return true;
      }
      const wait = writing.size > 0 ? Math.min(blockMs, BLOCK_BUSY_MS) : blockMs;
      const batches = await deps.queue.read({ eventIds: free, limit: BATCH_MAX, blockMs: wait });
      for (const { eventId, entries } of batches) writing.set(eventId, take(eventId, entries));
      if (batches.length === 0) return false;
      // One event is the usual case: its next read comes right after its commit.
      await Promise.race(writing.values());
      return true;
    },
    /** Everything that was begun is done: for a worker that stops, and for tests. */
    async settled(): Promise<void> {
      await Promise.all(writing.values());
      await desk.idle();
    },
  };
}
