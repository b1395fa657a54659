import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import type { EventId } from "@onsale/core/shared/ids";
import type { Container } from "../container.ts";

/** on_sale -> sold_out when every place is sold or blocked, and back when one comes free. Holds and claims keep it open. */
export async function followStock(container: Container, eventId: EventId): Promise<void> {
  const event = await container.catalog.event(eventId);
  if (event?.state !== "on_sale" && event?.state !== "sold_out") return;
  const { seats, areas } = await container.feed.stockOf(eventId);
  const gone =
    seats.every((state) => state === SEAT_STATE.sold || state === SEAT_STATE.blocked) &&
    areas.every((area) => area.sold >= area.capacity);
  const free =
    seats.some((state) => state === SEAT_STATE.free) ||
    areas.some((area) => area.capacity > area.held + area.claimed + area.sold);
  if (event.state === "on_sale" && gone) await container.services.events.move(eventId, "sold_out", "system");
  else if (event.state === "sold_out" && free)
    await container.services.events.move(eventId, "on_sale", "system");
}
