import type { Staff } from "../actor/actor.ts";
import { refuseElsewhere } from "../actor/own-organization.ts";
import { AppError } from "../shared/errors.ts";
import type { EventStore, EventSummary } from "./event-store.ts";
import type { SaleCatalog } from "./sale-catalog.ts";

/** For services: the event of this id or slug, or an error that names it. */
export async function requireEvent(
  events: Pick<EventStore, "findEvent">,
  idOrSlug: string,
): Promise<EventSummary> {
  const found = await events.findEvent(idOrSlug);
  if (!found) throw new AppError("event.not_found", { event: idOrSlug });
  return found;
}

/** For what staff ask: the event, or the same refusal for one of another organization and for an id that nobody has. */
export async function requireOwnEvent(
  actor: Staff,
  events: Pick<EventStore, "findEvent">,
  idOrSlug: string,
): Promise<EventSummary> {
  const found = await requireEvent(events, idOrSlug);
  refuseElsewhere(actor, found.organizationId, () => new AppError("event.not_found", { event: idOrSlug }));
  return found;
}

/** For what fans ask: the event, or the same refusal for a draft and for an id that nobody has. */
export async function requirePublicEvent(
  catalog: Pick<SaleCatalog, "publicEvent">,
  idOrSlug: string,
): Promise<EventSummary> {
  const found = await catalog.publicEvent(idOrSlug);
  if (!found) throw new AppError("event.not_found");
  return found;
}
