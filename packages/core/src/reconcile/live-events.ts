import type { ClosingEvents } from "../event/closing-events.ts";
import type { EventStore } from "../event/event-store.ts";
import type { HoldStore } from "../hold/hold-store.ts";
import type { InventoryStore } from "../inventory/inventory-store.ts";
import type { OrderQueue } from "../checkout/order-queue.ts";
import type { EventId } from "../shared/ids.ts";

const SWEEP_MAX = 200;
/** Many times what any process remembers of an event, or any call takes. */
const DRAIN_AFTER_MS = 10 * 60_000;

export type LiveEventsDeps = {
  readonly events: Pick<EventStore, "listLive">;
  readonly closing: ClosingEvents;
  readonly inventory: Pick<InventoryStore, "epoch">;
  readonly holds: Pick<HoldStore, "sweep">;
  readonly queue: Pick<OrderQueue, "length">;
  /** The shard has no epoch: it is rebuilt from Postgres. */
  readonly rebuild: (eventId: EventId) => Promise<unknown>;
};

/** The events that need a worker now, as one worker knows them, and what is done for them all. */
export function makeLiveEvents({ events, closing, inventory, holds, queue, rebuild }: LiveEventsDeps) {
  let onSale: readonly EventId[] = [];
  /** Over, with orders that may still stand in their streams: each of them is answered before the stream is left. */
  let over: readonly EventId[] = [];

  return {
    onSale: () => onSale,
    withOrders: () => [...onSale, ...over],

    /** Which they are; the shard of one that lost it is rebuilt. */
    async refresh(): Promise<void> {
      [onSale, over] = await Promise.all([events.listLive(), closing.list()]);
      for (const eventId of onSale) if ((await inventory.epoch(eventId)) === null) await rebuild(eventId);
    },

    /** Holds whose time is over go back on sale; true: there may be more of them. */
    async sweep(): Promise<boolean> {
      let full = false;
      for (const eventId of onSale) full = (await holds.sweep(eventId, SWEEP_MAX)) >= SWEEP_MAX || full;
      return full;
    },

    async drain(): Promise<void> {
      for (const eventId of over)
        if ((await queue.length(eventId)) === 0) await closing.markDrained(eventId, DRAIN_AFTER_MS);
    },
  };
}
