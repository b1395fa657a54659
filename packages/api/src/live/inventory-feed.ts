import type { AreaStock } from "@onsale/core/inventory/inventory";
import { encodeSnapshot } from "@onsale/core/inventory/snapshot-wire";
import type { EventId } from "@onsale/core/shared/ids";
import { type KeptFeedsDeps, makeKeptFeeds } from "./kept-feeds.ts";
import { type InventoryFeedDeps, openFeed } from "./open-feed.ts";
import { makeStockMessages, type StockListener } from "./stock-messages.ts";

/**
 * The live stock of events as this process sees it: one reader of each shard's stream, a copy of the seat bytes kept up
 * to date, and any number of listeners. A fan's map is one snapshot and then deltas; Redis does not notice the crowd.
 */
export function makeInventoryFeed(
  deps: InventoryFeedDeps & Pick<KeptFeedsDeps, "clock"> & Partial<Pick<KeptFeedsDeps, "seatsKeptMax">>,
) {
  // Apart from the feeds: a feed that is given up is opened again by the next question, for the same listeners.
  const listeners = new Map<EventId, Set<StockListener>>();
  const feeds = makeKeptFeeds({
    ...deps,
    isHeard: (eventId) => listeners.has(eventId),
    open: (eventId, lost) =>
      openFeed(deps, eventId, {
        tell: (change) => listeners.get(eventId)?.forEach((listener) => listener(change)),
        lost,
      }),
  });

  /** Calls back with every change from now on; the answer ends it. */
  async function listen(eventId: EventId, listener: StockListener): Promise<() => void> {
    await feeds.of(eventId);
    const all = listeners.get(eventId) ?? new Set();
    listeners.set(eventId, all.add(listener));
    return () => void (all.delete(listener) && all.size === 0 && listeners.delete(eventId));
  }

  const idOf = async (eventId: EventId): Promise<string> => (await feeds.of(eventId)).id;

  return {
    listen,
    idOf,
    /** The same for browsers: gathered, and made public once for all who read. */
    messages: makeStockMessages({ listen, idOf }),
    /** Events that this process has a copy of. */
    openEvents: feeds.events,
    closeIdle: feeds.closeIdle,
    async seatsOf(eventId: EventId): Promise<Uint8Array> {
      return (await feeds.of(eventId)).seats;
    },
    async stockOf(eventId: EventId): Promise<{ seats: Uint8Array; areas: AreaStock[] }> {
      const feed = await feeds.of(eventId);
      return { seats: feed.seats, areas: [...feed.areas.values()] };
    },
    /** The snapshot as bytes for the browser, encoded once per change. */
    async encoded(eventId: EventId): Promise<Uint8Array> {
      const feed = await feeds.of(eventId);
      feed.encoded ??= encodeSnapshot({ ...feed, areas: [...feed.areas.values()] });
      return feed.encoded;
    },
    close: () => feeds.close(),
  };
}
export type InventoryFeed = ReturnType<typeof makeInventoryFeed>;
