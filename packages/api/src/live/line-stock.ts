import type { SaleCatalog } from "@onsale/core/event/sale-catalog";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import type { LineStock } from "@onsale/core/line/run-wave";
import type { EventId } from "@onsale/core/shared/ids";
import type { InventoryFeed } from "./inventory-feed.ts";

const NOTHING: LineStock = { free: 0, held: 0, sold: 0, left: [] };

/** What is free by price level, counted from this process's copy of the shard. */
export function makeLineStock({ catalog, feed }: { catalog: SaleCatalog; feed: InventoryFeed }) {
  return async function stockOf(eventId: EventId): Promise<LineStock> {
    const sale = await catalog.find(eventId);
    if (!sale) return NOTHING;
    const { seats, areas } = await feed.stockOf(eventId);
    const { plan } = sale;
    const freeOf = plan.categories.map(() => 0);
    const add = (category: number, count: number) => (freeOf[category] = (freeOf[category] ?? 0) + count);
    let [held, sold] = [0, 0];
    for (let seatNo = 0; seatNo < seats.length; seatNo += 1) {
      const state = seats[seatNo];
      if (state === SEAT_STATE.free) add(plan.category[seatNo] ?? 0, 1);
      else if (state === SEAT_STATE.sold) sold += 1;
      else if (state !== SEAT_STATE.blocked) held += 1;
    }
    for (const area of areas) {
      held += area.held + area.claimed;
      sold += area.sold;
      const open = area.capacity - area.held - area.claimed - area.sold;
      add(plan.areas[area.areaNo]?.category ?? 0, open);
    }
    const left = plan.categories.map(({ key, label }, index) => ({
      category: key,
      label,
      free: freeOf[index] ?? 0,
    }));
    return { free: freeOf.reduce((sum, count) => sum + count, 0), held, sold, left };
  };
}
