import { tellProblems } from "../shared/problem.ts";
import type { Staff } from "../actor/actor.ts";
import { refuseElsewhere } from "../actor/own-organization.ts";
import { compileLayout } from "../layout/seat-plan.ts";
import type { PricesChange } from "../pricing/price-list-store.ts";
import { validatePriceList } from "../pricing/validate-price-list.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId, OrganizationId } from "../shared/ids.ts";
import { changedMeanwhile } from "../audit/change.ts";
import type { EventDraft, EventRecord } from "./event.ts";
import type { CancelledNews, EventChange } from "./event-store.ts";
import { eventTimeProblems } from "./event-times.ts";
import { type MoveAsk, moveEvent, type MoveEventDeps, rebuildShard } from "./move-event.ts";
import { NO_LAYOUT } from "./ready-to-publish.ts";
import { requireEvent, requireOwnEvent } from "./require-event.ts";

export type EventServiceDeps = MoveEventDeps;

export function makeEventService(deps: EventServiceDeps) {
  return {
    require: (idOrSlug: string) => requireEvent(deps.events, idOrSlug),

    /** Rebuilds the shard of an event from Postgres. `expectedEpoch` null: only when it has none. */
    rebuild: (eventId: EventId, expectedEpoch: string | null) =>
      rebuildShard(deps, { eventId, expectedEpoch }),

    /** Throws venue.not_found and layout.not_found also for those of other organizations. */
    async create(actor: Staff, organization: OrganizationId, draft: EventDraft): Promise<EventRecord> {
      refuseElsewhere(actor, organization, () => new AppError("organization.not_found", {}));
      refuseOddTimes(draft);
      return deps.events.createEvent(actor, organization, draft);
    },
    /** Saves the details that were made from `version`; throws change.stale when somebody was there before. */
    update: (actor: Staff, eventId: EventId, change: EventChange) =>
      updateEvent(deps, actor, { eventId, ...change }),
    /** The same for prices. */
    publishPrices: (actor: Staff, eventId: EventId, change: PricesChange) =>
      publishPrices(deps, actor, { eventId, ...change }),

    /** draft -> published -> on_sale <-> paused ... ; one conditional update decides. */
    move: (actor: Staff, move: MoveAsk) => moveEvent(deps, actor, move),
    /** Ends one event that is over and answers its id; null: there is none. */
    endOver: async (): Promise<EventId | null> => {
      const eventId = await deps.events.endEventOver();
      if (eventId) deps.catalog.forget(await requireEvent(deps.events, eventId));
      return eventId;
    },
    /** A mail for each of the next orders of a cancelled event; a job for those after them goes along. */
    tellCancelled: (news: CancelledNews) => deps.events.tellCancelled(news),
    setBlocked: (actor: Staff, input: BlockRequest) => setBlocked(deps, actor, input),
  };
}
export type EventService = ReturnType<typeof makeEventService>;

async function updateEvent(
  { events, catalog }: EventServiceDeps,
  actor: Staff,
  { eventId, ...change }: EventChange & { readonly eventId: EventId },
): Promise<EventRecord> {
  const { draft } = change;
  refuseOddTimes(draft);
  const before = await requireOwnEvent(actor, events, eventId);
  const sameGround = before.layoutId === draft.layoutId && before.currency === draft.currency;
  if (before.state !== "draft" && !sameGround) {
    throw new AppError("event.bad_transition", { why: "layout_and_currency_fixed" });
  }
  const result = await events.updateEvent(actor, eventId, change);
  switch (result.kind) {
    case "saved":
      catalog.forget(before);
      catalog.forget(result.event);
      return result.event;
    case "stale":
      throw changedMeanwhile("details", result);
    case "not_found":
      throw new AppError("event.not_found");
  }
}

async function publishPrices(
  { events, layouts, priceLists, catalog }: EventServiceDeps,
  actor: Staff,
  { eventId, ...change }: PricesChange & { readonly eventId: EventId },
): Promise<{ version: number }> {
  const { list } = change;
  const event = await requireOwnEvent(actor, events, eventId);
  if (list.currency !== event.currency) {
    throw new AppError("price.missing", {
      why: "currency",
      prices: list.currency,
      event: event.currency,
    });
  }
  const layout = event.layoutId ? await layouts.find(event.layoutId) : null;
  if (!layout)
    throw new AppError("event.incomplete", {
      before: "prices",
      title: event.title,
      ...tellProblems([NO_LAYOUT]),
    });
  const problems = validatePriceList(compileLayout(layout.document), list);
  if (problems.length > 0) {
    throw new AppError("price.missing", tellProblems(problems));
  }
  const result = await priceLists.publish(actor, eventId, change);
  switch (result.kind) {
    case "published":
      catalog.forget(event);
      return { version: result.version };
    case "stale":
      throw changedMeanwhile("prices", result);
    case "not_found":
      throw new AppError("event.not_found");
  }
}

type BlockRequest = {
  eventId: EventId;
  seatNos: readonly number[];
  blocked: boolean;
  reason: string;
};

async function setBlocked(
  { events, inventory, inventoryFacts }: EventServiceDeps,
  actor: Staff,
  request: BlockRequest,
): Promise<{ changed: number; refused: number[] }> {
  await requireOwnEvent(actor, events, request.eventId);
  // The shard first: it alone knows whether somebody holds the seat right now.
  const refused = await inventory.setBlocked(request);
  const somebodys = new Set(refused);
  const changed = request.seatNos.filter((seatNo) => !somebodys.has(seatNo));
  if (changed.length > 0) await inventoryFacts.setBlocked(actor, { ...request, seatNos: changed });
  return { changed: changed.length, refused };
}

function refuseOddTimes(draft: EventDraft): void {
  const problems = eventTimeProblems(draft);
  if (problems.length === 0) return;
  throw new AppError("input.invalid", { why: "times", ...tellProblems(problems) });
}
