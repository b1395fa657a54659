import type { SaleCatalog } from "@onsale/core/event/sale-catalog";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import type { EventId } from "@onsale/core/shared/ids";
import type { InventoryFeed } from "./inventory-feed.ts";

/** Tickets in baskets right now, which only the shard knows. */
export function makeHeldCount({ catalog, feed }: { catalog: SaleCatalog; feed: InventoryFeed }) {
  return async function heldCount(eventId: EventId): Promise<number> {
    // Nobody can have a seat of a draft, and it has no shard to look into.
    if ((await catalog.event(eventId))?.state === "draft") return 0;
    const { seats, areas } = await feed.stockOf(eventId);
    const heldSeats = seats.reduce((sum, state) => sum + (state === SEAT_STATE.held ? 1 : 0), 0);
    return areas.reduce((sum, area) => sum + area.held, heldSeats);
  };
}
