import { AppError } from "../shared/errors.ts";
import type { EventStore, EventSummary } from "./event-store.ts";

/** For services: the event of this id or slug, or an error that names it. */
export async function requireEvent(
  events: Pick<EventStore, "findEvent">,
  idOrSlug: string,
): Promise<EventSummary> {
  const found = await events.findEvent(idOrSlug);
  if (!found) throw new AppError("event.not_found", `There is no event "${idOrSlug}".`);
  return found;
}
