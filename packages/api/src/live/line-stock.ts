import type { AccessStore } from "@onsale/core/access/access-store";
import type { SaleCatalog } from "@onsale/core/event/sale-catalog";
import { isWindowSelling } from "@onsale/core/event/sale-window";
import { PUBLIC_WINDOW } from "@onsale/core/event/window-key";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import type { LineRecord } from "@onsale/core/line/line";
import type { LineStock } from "@onsale/core/line/run-wave";
import type { Clock } from "@onsale/core/shared/clock";
import type { InventoryFeed } from "./inventory-feed.ts";

const NOTHING: LineStock = { selling: false, free: 0, held: 0, sold: 0, left: [] };

export type LineStockDeps = {
  readonly catalog: SaleCatalog;
  readonly feed: InventoryFeed;
  readonly clock: Clock;
  readonly access: Pick<AccessStore, "placesLeft">;
};

/** What a line's window has to sell: free by price level, counted from this process's copy of the shard. */
export function makeLineStock({ catalog, feed, clock, access }: LineStockDeps) {
  return async function stockOf({
    eventId,
    windowKey,
  }: Pick<LineRecord, "eventId" | "windowKey">): Promise<LineStock> {
    const sale = await catalog.find(eventId);
    if (!sale) return NOTHING;
    const [{ seats, areas }, allotments] = await Promise.all([
      feed.stockOf(eventId),
      windowKey === PUBLIC_WINDOW ? null : access.placesLeft(eventId),
    ]);
    const { plan } = sale;
    const freeOf = plan.categories.map(() => 0);
    const add = (category: number, count: number) => (freeOf[category] = (freeOf[category] ?? 0) + count);
    let [held, sold, onHold] = [0, 0, 0];
    for (let seatNo = 0; seatNo < seats.length; seatNo += 1) {
      const state = seats[seatNo];
      if (state === SEAT_STATE.free) add(plan.category[seatNo] ?? 0, 1);
      else if (state === SEAT_STATE.sold) sold += 1;
      else if (state !== SEAT_STATE.blocked) held += 1;
      if (state === SEAT_STATE.held) onHold += 1;
    }
    for (const area of areas) {
      held += area.held + area.claimed;
      onHold += area.held;
      sold += area.sold;
      const open = area.capacity - area.held - area.claimed - area.sold;
      add(plan.areas[area.areaNo]?.category ?? 0, open);
    }
    const left = plan.categories.map(({ key, label }, index) => ({
      category: key,
      label,
      free: freeOf[index] ?? 0,
    }));
    const inVenue = freeOf.reduce((sum, count) => sum + count, 0);
    return {
      selling: isWindowSelling(sale.event, windowKey, clock.nowMs()),
      // An allotment counts orders; what is on hold will be some.
      free: Math.min(inVenue, Math.max(0, (allotments?.get(windowKey) ?? Infinity) - onHold)),
      held,
      sold,
      left,
    };
  };
}
