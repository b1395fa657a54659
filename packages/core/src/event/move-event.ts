import { tellProblems } from "../shared/problem.ts";
import type { Staff } from "../actor/actor.ts";
import type { InventoryFactsStore } from "../inventory/inventory-facts-store.ts";
import type { InventoryStore } from "../inventory/inventory-store.ts";
import type { LayoutStore } from "../layout/layout-store.ts";
import { compileLayout } from "../layout/seat-plan.ts";
import type { PriceListStore } from "../pricing/price-list-store.ts";
import type { Clock } from "../shared/clock.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId } from "../shared/ids.ts";
import type { EventRecord, EventState } from "./event.ts";
import type { EventStore, EventSummary } from "./event-store.ts";
import { readyToPublish } from "./ready-to-publish.ts";
import { requireEvent, requireOwnEvent } from "./require-event.ts";
import type { SaleCatalog } from "./sale-catalog.ts";

export type MoveEventDeps = {
  readonly events: EventStore;
  readonly layouts: Pick<LayoutStore, "find">;
  readonly priceLists: PriceListStore;
  readonly inventory: InventoryStore;
  readonly inventoryFacts: InventoryFactsStore;
  readonly catalog: SaleCatalog;
  readonly clock: Clock;
  readonly newId: () => string;
};

/** States in which a shard must be alive, because seats may be held or looked at. */
const LIVE: readonly EventState[] = ["published", "on_sale", "paused", "sold_out"];

export type MoveAsk = {
  readonly idOrSlug: string;
  readonly to: EventState;
  /** Stands in the audit, where there is one, and holders of a cancelled event are told. */
  readonly reason?: string;
};

/** draft -> published -> on_sale <-> paused ... ; one conditional update decides. */
export async function moveEvent(
  deps: MoveEventDeps,
  actor: Staff,
  { idOrSlug, to, reason }: MoveAsk,
): Promise<EventRecord> {
  const event = await requireOwnEvent(actor, deps.events, idOrSlug);
  if (to === "published" || (to === "on_sale" && event.state === "published"))
    await refuseIncomplete(deps, event);
  const eventId = event.id;
  const result = await deps.events.moveEvent(actor, { id: eventId, to, reason });
  deps.catalog.forget(event);
  switch (result.kind) {
    case "moved":
      await followInShard(deps, { eventId, to });
      return result.event;
    case "not_found":
      throw new AppError("event.not_found", { event: idOrSlug });
    case "refused":
      throw new AppError("event.bad_transition", { from: result.from, to });
  }
}

async function followInShard(
  deps: MoveEventDeps,
  { eventId, to }: { eventId: EventId; to: EventState },
): Promise<void> {
  // A shard that stays costs memory and nothing else: the event has moved, whatever becomes of it.
  if (!LIVE.includes(to)) return deps.inventory.letGo(eventId).catch(() => undefined);
  // A draft may have got another layout since it was published before: what is left of then is of no use.
  const expectedEpoch = to === "published" ? await deps.inventory.epoch(eventId) : null;
  await rebuildShard(deps, { eventId, expectedEpoch });
}

/** Rebuilds the shard of an event from Postgres. `expectedEpoch` null: only when it has none. */
export async function rebuildShard(
  { events, inventory, inventoryFacts, newId }: MoveEventDeps,
  { eventId, expectedEpoch }: { eventId: EventId; expectedEpoch: string | null },
): Promise<boolean> {
  const { maxPerFan, state } = await requireEvent(events, eventId);
  if (state === "draft") throw new AppError("event.not_found");
  const facts = await inventoryFacts.read(eventId);
  const isWon = await inventory.rebuild({ eventId, facts, expectedEpoch, newEpoch: newId(), maxPerFan });
  // Somebody looks at an event that is over: the shard goes by itself again.
  if (!LIVE.includes(state)) await inventory.letGo(eventId);
  return isWon;
}

async function refuseIncomplete(
  { layouts, priceLists, clock }: MoveEventDeps,
  event: EventSummary,
): Promise<void> {
  const layout = event.layoutId ? await layouts.find(event.layoutId) : null;
  const priceList = event.priceVersion > 0 ? await priceLists.find(event.id, event.priceVersion) : null;
  const plan = layout && compileLayout(layout.document);
  const problems = readyToPublish({ event, plan, priceList, nowMs: clock.nowMs() });
  if (problems.length === 0) return;
  throw new AppError("event.incomplete", {
    before: "publishing",
    title: event.title,
    ...tellProblems(problems),
  });
}
