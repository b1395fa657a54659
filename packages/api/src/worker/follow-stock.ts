import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import type { EventId } from "@onsale/core/shared/ids";
import { hasFreePlace } from "@onsale/core/waitlist/match-wishes";
import type { Container } from "../compose/container.ts";

/**
 * on_sale -> sold_out when every place is sold or blocked, and back when one comes free that nobody on the waitlist wants.
 * Holds and claims keep it open, unless somebody waits: then what is let go is theirs before it is everybody's.
 */
export async function followStock(container: Container, eventId: EventId): Promise<void> {
  const { catalog, feed, services } = container;
  const event = await catalog.event(eventId);
  if (event?.state !== "on_sale" && event?.state !== "sold_out") return;
  const stock = await feed.stockOf(eventId);
  const free = hasFreePlace(stock);
  if (event.state === "sold_out") {
    if (free && !(await services.waitlist.wants(eventId)))
      await services.events.move(eventId, "on_sale", "system");
    return;
  }
  const gone =
    stock.seats.every((state) => state === SEAT_STATE.sold || state === SEAT_STATE.blocked) &&
    stock.areas.every((area) => area.sold >= area.capacity);
  if (gone || (!free && (await services.waitlist.hasWaiting(eventId))))
    await services.events.move(eventId, "sold_out", "system");
}
