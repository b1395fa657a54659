import { shardRebuilding } from "@onsale/core/hold/refusals";
import type { AreaStock, InventoryDelta, InventorySnapshot } from "@onsale/core/inventory/inventory";
import type { InventoryStore } from "@onsale/core/inventory/inventory-store";
import type { EventId } from "@onsale/core/shared/ids";
import type { StockListener } from "./stock-messages.ts";

/** A copy of one shard's stock, kept up to date by one reader of its stream. */
export type Feed = {
  seats: Uint8Array;
  areas: Map<number, AreaStock>;
  id: string;
  epoch: string;
  /** Prepared answer for snapshot requests; dropped at the next change. */
  encoded: Uint8Array | null;
  /** For good. */
  readonly close: () => void;
};

export type InventoryFeedDeps = {
  readonly inventory: InventoryStore;
  /** The shard has no epoch: rebuild it from Postgres, resolve when that was tried. Throws event.not_found. */
  readonly rebuild: (eventId: EventId) => Promise<void>;
};

export async function openFeed(
  deps: InventoryFeedDeps,
  eventId: EventId,
  on: { tell: StockListener; lost: () => void },
): Promise<Feed> {
  let isClosed = false;
  let following: { stop: () => void } | null = null;
  const feed: Feed = {
    ...fieldsOf(await requireSnapshot(deps, eventId)),
    close() {
      isClosed = true;
      following?.stop();
    },
  };

  async function resync(): Promise<void> {
    following?.stop();
    try {
      const fields = fieldsOf(await requireSnapshot(deps, eventId));
      if (isClosed) return;
      Object.assign(feed, fields);
      follow();
    } catch {
      // A feed that cannot be brought up to date must not go on answering with an old picture.
      on.lost();
    }
    on.tell("reset");
  }

  function follow(): void {
    following = deps.inventory.follow(eventId, feed.id, {
      delta: (delta) => {
        apply(feed, delta);
        on.tell(delta);
      },
      gap: () => void resync(),
    });
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
