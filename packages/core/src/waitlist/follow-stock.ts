import { system } from "../actor/actor.ts";
import type { EventService } from "../event/event-service.ts";
import type { SaleCatalog } from "../event/sale-catalog.ts";
import { SEAT_STATE } from "../inventory/inventory.ts";
import type { EventId } from "../shared/ids.ts";
import { hasFreePlace } from "./match-wishes.ts";
import type { StockReader } from "./waitlist-sale.ts";
import type { WaitlistService } from "./waitlist-service.ts";

export type FollowStockDeps = {
  readonly catalog: Pick<SaleCatalog, "event">;
  readonly stock: StockReader;
  readonly waitlist: Pick<WaitlistService, "wants" | "hasWaiting">;
  readonly events: Pick<EventService, "move">;
};

/**
 * on_sale -> sold_out when every place is sold or blocked, and back when one comes free that nobody on the waitlist wants.
 * Holds and claims keep it open, unless somebody waits: then what is let go is theirs before it is everybody's.
 */
export function makeFollowStock({ catalog, stock, waitlist, events }: FollowStockDeps) {
  return async function followStock(eventId: EventId): Promise<void> {
    const event = await catalog.event(eventId);
    if (event?.state !== "on_sale" && event?.state !== "sold_out") return;
    const now = await stock.stockOf(eventId);
    const free = hasFreePlace(now);
    if (event.state === "sold_out") {
      if (free && !(await waitlist.wants(eventId)))
        await events.move(system("worker"), { idOrSlug: eventId, to: "on_sale" });
      return;
    }
    const gone =
      now.seats.every((state) => state === SEAT_STATE.sold || state === SEAT_STATE.blocked) &&
      now.areas.every((area) => area.sold >= area.capacity);
    if (gone || (!free && (await waitlist.hasWaiting(eventId))))
      await events.move(system("worker"), { idOrSlug: eventId, to: "sold_out" });
  };
}
