import type { InventoryStore } from "../inventory/inventory-store.ts";
import { compileLayout } from "../layout/seat-plan.ts";
import type { PriceList } from "../pricing/price-list.ts";
import { validatePriceList } from "../pricing/validate-price-list.ts";
import type { Clock } from "../shared/clock.ts";
import { AppError } from "../shared/errors.ts";
import { EventId } from "../shared/ids.ts";
import type { EventDraft, EventRecord, EventState } from "./event.ts";
import type { EventStore, EventSummary } from "./event-store.ts";
import { readyToPublish } from "./ready-to-publish.ts";
import type { SaleCatalog } from "./sale-catalog.ts";

export type EventServiceDeps = {
  readonly events: EventStore;
  readonly inventory: InventoryStore;
  readonly catalog: SaleCatalog;
  readonly clock: Clock;
  readonly newId: () => string;
};

/** States in which a shard must be alive, because seats may be held or looked at. */
const LIVE: readonly EventState[] = ["published", "on_sale", "paused", "sold_out"];

export function makeEventService(deps: EventServiceDeps) {
  const { events, inventory, catalog } = deps;

  async function require(idOrSlug: string): Promise<EventSummary> {
    const found = await events.findEvent(idOrSlug);
    if (!found) throw new AppError("event.not_found", `There is no event "${idOrSlug}".`);
    return found;
  }

  /** Draws the shard of an event from Postgres. `expectedEpoch` null: only when it has none. */
  async function rebuild(eventId: EventId, expectedEpoch: string | null): Promise<boolean> {
    const found = await require(eventId);
    const facts = await events.inventoryFacts(eventId);
    return inventory.rebuild({
      eventId,
      facts,
      expectedEpoch,
      newEpoch: deps.newId(),
      maxPerFan: found.maxPerFan,
    });
  }

  async function refuseIncomplete(event: EventSummary): Promise<void> {
    const layout = event.layoutId ? await events.findLayout(event.layoutId) : null;
    const priceList =
      event.priceVersion > 0 ? await events.priceList(EventId.parse(event.id), event.priceVersion) : null;
    const plan = layout && compileLayout(layout.document);
    const problems = readyToPublish({ event, plan, priceList, nowMs: deps.clock.nowMs() });
    if (problems.length === 0) return;
    const words = problems.map((problem) => problem.message).join(" ");
    throw new AppError("event.incomplete", `"${event.title}" cannot be published yet. ${words}`, {
      details: { problems },
    });
  }

  return {
    require,
    rebuild,

    async create(draft: EventDraft): Promise<EventRecord> {
      refuseOddTimes(draft);
      return events.createEvent(draft);
    },

    async update(eventId: EventId, draft: EventDraft): Promise<EventRecord> {
      refuseOddTimes(draft);
      const before = await require(eventId);
      if (
        before.state !== "draft" &&
        (before.layoutId !== draft.layoutId || before.currency !== draft.currency)
      ) {
        throw new AppError(
          "event.bad_transition",
          "The layout and the currency are fixed once an event is published.",
        );
      }
      const updated = await events.updateEvent(eventId, draft);
      if (!updated) throw new AppError("event.not_found", "There is no such event.");
      forget(before);
      return updated;
    },

    async publishPrices(eventId: EventId, list: PriceList, actor: string): Promise<{ version: number }> {
      const event = await require(eventId);
      if (list.currency !== event.currency) {
        throw new AppError(
          "price.missing",
          `Prices are in ${list.currency}, the event is in ${event.currency}.`,
        );
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
      forget(event);
      return { version };
    },

    /** draft -> published -> on_sale <-> paused ... ; one conditional update decides. */
    async move(idOrSlug: string, to: EventState, actor: string): Promise<EventRecord> {
      const event = await require(idOrSlug);
      if (to === "published" || (to === "on_sale" && event.state === "published"))
        await refuseIncomplete(event);
      const eventId = EventId.parse(event.id);
      const result = await events.moveEvent(eventId, to, actor);
      forget(event);
      switch (result.kind) {
        case "moved":
          if (LIVE.includes(to)) await rebuild(eventId, null);
          return result.event;
        case "not_found":
          throw new AppError("event.not_found", `There is no event "${idOrSlug}".`);
        case "refused":
          throw new AppError(
            "event.bad_transition",
            `An event that is ${words(result.from)} cannot become ${words(to)}.`,
            {
              details: { from: result.from, to },
            },
          );
      }
    },

    async setBlocked(input: {
      eventId: EventId;
      seatNos: readonly number[];
      blocked: boolean;
      actor: string;
      reason: string;
    }) {
      await require(input.eventId);
      // The shard first: it alone knows whether somebody holds the seat right now.
      const refused = await inventory.setBlocked(input);
      const changed = input.seatNos.filter((seatNo) => !refused.includes(seatNo));
      if (changed.length > 0) await events.setBlocked({ ...input, seatNos: changed });
      return { changed: changed.length, refused };
    },
  };

  function forget(event: EventSummary): void {
    catalog.forget(event.id);
    catalog.forget(event.slug);
  }
}
export type EventService = ReturnType<typeof makeEventService>;

const words = (state: EventState) => state.replace("_", " ");

function refuseOddTimes(draft: EventDraft): void {
  const { doorsAtMs, startsAtMs, endsAtMs } = draft;
  if (doorsAtMs !== null && doorsAtMs > startsAtMs)
    throw new AppError("input.invalid", "Doors open after the start.");
  if (endsAtMs !== null && endsAtMs <= startsAtMs)
    throw new AppError("input.invalid", "The end is before the start.");
}
