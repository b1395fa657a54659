import type { EventSale, SaleCatalog } from "@onsale/core/event/sale-catalog";
import { AppError } from "@onsale/core/shared/errors";
import type { EventId } from "@onsale/core/shared/ids";

/** What anybody may look at: a draft is its makers' alone, its stock too. null: there is no such event. */
export async function findPublicSale(
  catalog: Pick<SaleCatalog, "find">,
  eventId: EventId,
): Promise<EventSale | null> {
  const sale = await catalog.find(eventId);
  return sale && sale.event.state !== "draft" ? sale : null;
}

/** Throws event.not_found. */
export async function requirePublicSale(
  catalog: Pick<SaleCatalog, "find">,
  eventId: EventId,
): Promise<EventSale> {
  const sale = await findPublicSale(catalog, eventId);
  if (!sale) throw new AppError("event.not_found", "There is no such event on sale here.");
  return sale;
}
