import { compileLayout } from "../layout/seat-plan.ts";
import type { PriceList } from "../pricing/price-list.ts";
import { validatePriceList } from "../pricing/validate-price-list.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId } from "../shared/ids.ts";
import type { EventDraft, EventRecord, EventState } from "./event.ts";
import { eventTimeProblems } from "./event-times.ts";
import { moveEvent, type MoveEventDeps, rebuildShard } from "./move-event.ts";
import { requireEvent } from "./require-event.ts";

export type EventServiceDeps = MoveEventDeps;

export function makeEventService(deps: EventServiceDeps) {
  return {
    require: (idOrSlug: string) => requireEvent(deps.events, idOrSlug),

    /** Draws the shard of an event from Postgres. `expectedEpoch` null: only when it has none. */
    rebuild: (eventId: EventId, expectedEpoch: string | null) =>
      rebuildShard(deps, { eventId, expectedEpoch }),

    async create(draft: EventDraft): Promise<EventRecord> {
      refuseOddTimes(draft);
      return deps.events.createEvent(draft);
    },
    update: (eventId: EventId, draft: EventDraft) => updateEvent(deps, eventId, draft),
    publishPrices: (eventId: EventId, list: PriceList, actor: string) =>
      publishPrices(deps, { eventId, list, actor }),

    /** draft -> published -> on_sale <-> paused ... ; one conditional update decides. */
    move: (idOrSlug: string, to: EventState, actor: string) => moveEvent(deps, { idOrSlug, to, actor }),
    setBlocked: (input: BlockRequest) => setBlocked(deps, input),
  };
}
export type EventService = ReturnType<typeof makeEventService>;

async function updateEvent(
  { events, catalog }: EventServiceDeps,
  eventId: EventId,
  draft: EventDraft,
): Promise<EventRecord> {
  refuseOddTimes(draft);
  const before = await requireEvent(events, eventId);
  const sameHouse = before.layoutId === draft.layoutId && before.currency === draft.currency;
  if (before.state !== "draft" && !sameHouse) {
    throw new AppError(
      "event.bad_transition",
      "The layout and the currency are fixed once an event is published.",
    );
  }
  const updated = await events.updateEvent(eventId, draft);
  if (!updated) throw new AppError("event.not_found", "There is no such event.");
  catalog.forget(before);
  return updated;
}

async function publishPrices(
  { events, catalog }: EventServiceDeps,
  { eventId, list, actor }: { eventId: EventId; list: PriceList; actor: string },
): Promise<{ version: number }> {
  const event = await requireEvent(events, eventId);
  if (list.currency !== event.currency) {
    throw new AppError("price.missing", `Prices are in ${list.currency}, the event is in ${event.currency}.`);
  }
  const layout = event.layoutId ? await events.findLayout(event.layoutId) : null;
  if (!layout)
    throw new AppError("event.incomplete", "Choose a seat layout before prices.", {
      details: { missing: ["layout"] },
    });
  const problems = validatePriceList(compileLayout(layout.document), list);
  if (problems.length > 0) {
    throw new AppError("price.missing", problems.map((problem) => problem.message).join(" "), {
      details: { problems },
    });
  }
  const version = await events.publishPriceList(eventId, list, actor);
  catalog.forget(event);
  return { version };
}

type BlockRequest = {
  eventId: EventId;
  seatNos: readonly number[];
  blocked: boolean;
  actor: string;
  reason: string;
};

async function setBlocked(
  { events, inventory }: EventServiceDeps,
  request: BlockRequest,
): Promise<{ changed: number; refused: number[] }> {
  await requireEvent(events, request.eventId);
  // The shard first: it alone knows whether somebody holds the seat right now.
  const refused = await inventory.setBlocked(request);
  const somebodys = new Set(refused);
  const changed = request.seatNos.filter((seatNo) => !somebodys.has(seatNo));
  if (changed.length > 0) await events.setBlocked({ ...request, seatNos: changed });
  return { changed: changed.length, refused };
}

function refuseOddTimes(draft: EventDraft): void {
  const problems = eventTimeProblems(draft);
  if (problems.length === 0) return;
  throw new AppError("input.invalid", problems.map((problem) => problem.message).join(" "), {
    details: { problems },
  });
}
