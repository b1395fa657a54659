import type { InventoryDelta, InventorySnapshot, AreaStock } from "@onsale/core/inventory/inventory";
import type { InventoryStore } from "@onsale/core/inventory/inventory-store";
import { encodeSnapshot } from "@onsale/core/inventory/snapshot-wire";
import { AppError } from "@onsale/core/shared/errors";
import type { EventId } from "@onsale/core/shared/ids";

/**
 * The live stock of events as this process sees it: one reader of each shard's stream, a copy of the seat bytes kept up
 * to date, and any number of listeners. A fan's map is one snapshot and then deltas; Redis does not notice the crowd.
 */
type Feed = {
  seats: Uint8Array;
  areas: Map<number, AreaStock>;
  id: string;
  epoch: string;
  /** Prepared answer for snapshot requests; dropped at the next change. */
  encoded: Uint8Array | null;
  listeners: Set<(delta: InventoryDelta | "reset") => void>;
  stop: () => void;
};

export type InventoryFeedDeps = {
  readonly inventory: InventoryStore;
  /** The shard has no epoch: rebuild it from Postgres, resolve when that was tried. */
  readonly rebuild: (eventId: EventId) => Promise<void>;
};

export function makeInventoryFeed({ inventory, rebuild }: InventoryFeedDeps) {
  const feeds = new Map<EventId, Promise<Feed>>();

  async function snapshotOf(eventId: EventId): Promise<InventorySnapshot> {
    const first = await inventory.snapshot(eventId);
    if (first) return first;
    await rebuild(eventId);
    const second = await inventory.snapshot(eventId);
    if (second) return second;
    throw new AppError(
      "inventory.rebuilding",
      "Seats are being counted again. Try once more in a few seconds.",
      {
        details: { retryAfterMs: 2_000 },
      },
    );
  }

  async function open(eventId: EventId): Promise<Feed> {
    const feed: Feed = {
      ...fieldsOf(await snapshotOf(eventId)),
      listeners: new Set(),
      stop: () => undefined,
    };
    const resync = async () => {
      feed.stop();
      Object.assign(feed, fieldsOf(await snapshotOf(eventId)));
      for (const listener of feed.listeners) listener("reset");
      follow();
    };
    const follow = () => {
      const following = inventory.follow(eventId, feed.id, {
        delta: (delta) => {
          apply(feed, delta);
          for (const listener of feed.listeners) listener(delta);
        },
        // A feed that cannot be brought up to date must not go on answering with an old picture.
        gap: () => void resync().catch(() => feeds.delete(eventId)),
      });
      feed.stop = following.stop;
    };
    follow();
    return feed;
  }

  function feedOf(eventId: EventId): Promise<Feed> {
    const known = feeds.get(eventId);
    if (known) return known;
    const opening = open(eventId);
    feeds.set(eventId, opening);
    opening.catch(() => feeds.delete(eventId));
    return opening;
  }

  return {
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
      feed.encoded ??= encodeSnapshot({
        id: feed.id,
        epoch: feed.epoch,
        seats: feed.seats,
        areas: [...feed.areas.values()],
      });
      return feed.encoded;
    },
    async listen(eventId: EventId, listener: (delta: InventoryDelta | "reset") => void): Promise<() => void> {
      const feed = await feedOf(eventId);
      feed.listeners.add(listener);
      return () => feed.listeners.delete(listener);
    },
    async idOf(eventId: EventId): Promise<string> {
      return (await feedOf(eventId)).id;
    },
    async close(): Promise<void> {
      for (const feed of await Promise.allSettled(feeds.values()))
        if (feed.status === "fulfilled") feed.value.stop();
      feeds.clear();
    },
  };
}
export type InventoryFeed = ReturnType<typeof makeInventoryFeed>;

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
