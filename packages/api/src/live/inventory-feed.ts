import type { InventoryDelta, InventorySnapshot, AreaStock } from "@onsale/core/inventory/inventory";
import type { InventoryStore } from "@onsale/core/inventory/inventory-store";
import { shardRebuilding } from "@onsale/core/hold/refusals";
import { encodeSnapshot } from "@onsale/core/inventory/snapshot-wire";
import type { EventId } from "@onsale/core/shared/ids";
import { makeStockMessages, type StockListener } from "./stock-messages.ts";

/** A copy of one shard's stock, kept up to date by one reader of its stream. */
type Feed = {
  seats: Uint8Array;
  areas: Map<number, AreaStock>;
  id: string;
  epoch: string;
  /** Prepared answer for snapshot requests; dropped at the next change. */
  encoded: Uint8Array | null;
  stop: () => void;
};

export type InventoryFeedDeps = {
  readonly inventory: InventoryStore;
  /** The shard has no epoch: rebuild it from Postgres, resolve when that was tried. */
  readonly rebuild: (eventId: EventId) => Promise<void>;
};

/**
 * The live stock of events as this process sees it: one reader of each shard's stream, a copy of the seat bytes kept up
 * to date, and any number of listeners. A fan's map is one snapshot and then deltas; Redis does not notice the crowd.
 */
export function makeInventoryFeed(deps: InventoryFeedDeps) {
  const feeds = new Map<EventId, Promise<Feed>>();
  // Apart from the feeds: a feed that is given up is opened again by the next question, for the same listeners.
  const listeners = new Map<EventId, Set<StockListener>>();

  function feedOf(eventId: EventId): Promise<Feed> {
    const known = feeds.get(eventId);
    if (known) return known;
    const opening = openFeed(deps, eventId, {
      tell: (change) => listeners.get(eventId)?.forEach((listener) => listener(change)),
      lost: () => feeds.delete(eventId),
    });
    feeds.set(eventId, opening);
    opening.catch(() => feeds.delete(eventId));
    return opening;
  }

  /** Calls back with every change from now on; the answer ends it. */
  async function listen(eventId: EventId, listener: StockListener): Promise<() => void> {
    await feedOf(eventId);
    const all = listeners.get(eventId) ?? new Set();
    listeners.set(eventId, all.add(listener));
    return () => void (all.delete(listener) && all.size === 0 && listeners.delete(eventId));
  }

  const idOf = async (eventId: EventId): Promise<string> => (await feedOf(eventId)).id;

  return {
    listen,
    idOf,
    /** The same for browsers: gathered, and made public once for all who read. */
    messages: makeStockMessages({ listen, idOf }),
    async seatsOf(eventId: EventId): Promise<Uint8Array> {
      return (await feedOf(eventId)).seats;
    },
    async stockOf(eventId: EventId): Promise<{ seats: Uint8Array; areas: AreaStock[] }> {
      const feed = await feedOf(eventId);
      return { seats: feed.seats, areas: [...feed.areas.values()] };
    },
    /** The snapshot as bytes for the browser, encoded once per change. */
    async encoded(eventId: EventId): Promise<Uint8Array> {
      const feed = await feedOf(eventId);
      feed.encoded ??= encodeSnapshot({ ...feed, areas: [...feed.areas.values()] });
      return feed.encoded;
    },
    async close(): Promise<void> {
      for (const feed of await Promise.allSettled(feeds.values()))
        if (feed.status === "fulfilled") feed.value.stop();
      feeds.clear();
    },
  };
}
export type InventoryFeed = ReturnType<typeof makeInventoryFeed>;

async function openFeed(
  deps: InventoryFeedDeps,
  eventId: EventId,
  on: { tell: StockListener; lost: () => void },
): Promise<Feed> {
  const feed: Feed = { ...fieldsOf(await requireSnapshot(deps, eventId)), stop: () => undefined };

  async function resync(): Promise<void> {
    feed.stop();
    try {
      Object.assign(feed, fieldsOf(await requireSnapshot(deps, eventId)));
      follow();
    } catch {
      // A feed that cannot be brought up to date must not go on answering with an old picture.
      on.lost();
    }
    on.tell("reset");
  }

  function follow(): void {
    const following = deps.inventory.follow(eventId, feed.id, {
      delta: (delta) => {
        apply(feed, delta);
        on.tell(delta);
      },
      gap: () => void resync(),
    });
    feed.stop = following.stop;
  }

  follow();
  return feed;
}

async function requireSnapshot(
  { inventory, rebuild }: InventoryFeedDeps,
  eventId: EventId,
): Promise<InventorySnapshot> {
  const first = await inventory.snapshot(eventId);
  if (first) return first;
  await rebuild(eventId);
  const second = await inventory.snapshot(eventId);
  if (second) return second;
  throw shardRebuilding();
}

function fieldsOf(snapshot: InventorySnapshot) {
  return {
    seats: snapshot.seats,
    areas: new Map(snapshot.areas.map((area) => [area.areaNo, area])),
    id: snapshot.id,
    epoch: snapshot.epoch,
    encoded: null,
  };
}

function apply(feed: Feed, delta: InventoryDelta): void {
  for (const { seatNo, state } of delta.seats) feed.seats[seatNo] = state;
  for (const area of delta.areas) feed.areas.set(area.areaNo, area);
  feed.id = delta.id;
  feed.encoded = null;
}
