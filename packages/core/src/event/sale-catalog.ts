import { compileLayout, type SeatPlan } from "../layout/seat-plan.ts";
import { makeSeatIndex, type SeatIndex } from "../seat-rules/best-available.ts";
import type { PriceList } from "../pricing/price-list.ts";
import type { PriceListStore } from "../pricing/price-list-store.ts";
import { makeKeptAnswers } from "../shared/bounded-map.ts";
import { AppError } from "../shared/errors.ts";
import type { Clock } from "../shared/clock.ts";
import type { EventId } from "../shared/ids.ts";
import type { LayoutId } from "../shared/ids.ts";
import type { EventStore, EventSummary } from "./event-store.ts";
import type { LayoutRecord, LayoutStore } from "../layout/layout-store.ts";

/** Everything needed to sell an event, compiled once and kept. */
export type EventSale = {
  readonly id: EventId;
  readonly event: EventSummary;
  readonly layoutHash: string;
  readonly plan: SeatPlan;
  readonly seatIndex: SeatIndex;
  readonly priceVersion: number;
  readonly priceList: PriceList;
};

/** The event row may be this old; layouts and price versions never change, so they are kept for good. */
const EVENT_TTL_MS = 1_000;
const EVENTS_KEPT_MAX = 500;

type Compiled = { hash: string; plan: SeatPlan; seatIndex: SeatIndex };

function compiled(record: LayoutRecord | null): Compiled | null {
  if (!record) return null;
  const plan = compileLayout(record.document);
  return { hash: record.hash, plan, seatIndex: makeSeatIndex(plan) };
}

export type SaleCatalogDeps = {
  readonly events: Pick<EventStore, "findEvent">;
  readonly layouts: Pick<LayoutStore, "find">;
  readonly priceLists: Pick<PriceListStore, "find">;
  readonly clock: Clock;
};

/**
 * One answer per second and event from the store, whatever the crowd asks; concurrent askers share one query.
 * An event without a layout or a published price list is not for sale and has no EventSale.
 */
export function makeSaleCatalog({ events, layouts, priceLists, clock }: SaleCatalogDeps) {
  const found = makeKeptAnswers((idOrSlug: string) => events.findEvent(idOrSlug), {
    max: EVENTS_KEPT_MAX,
    fresh: { ms: EVENT_TTL_MS, nowMs: clock.nowMs },
  });
  const plans = makeKeptAnswers(async (layoutId: LayoutId) => compiled(await layouts.find(layoutId)), {
    max: EVENTS_KEPT_MAX,
    keep: (layout) => layout !== null,
  });
  type PriceVersion = { readonly id: EventId; readonly version: number };
  const prices = makeKeptAnswers(({ id, version }: PriceVersion) => priceLists.find(id, version), {
    max: EVENTS_KEPT_MAX,
    keep: (list) => list !== null,
    nameOf: ({ id, version }) => `${id}/${version}`,
  });

  const event = found.of;
  const priceList = (id: EventId, version: number) => prices.of({ id, version });
  const find = async (idOrSlug: string) => saleOf(await event(idOrSlug));

  /** Of the prices alone: whoever writes a mail needs no plan of the hall. */
  async function ticketTypeLabels(eventId: EventId): Promise<ReadonlyMap<string, string>> {
    const record = await event(eventId);
    const list = record && record.priceVersion > 0 ? await priceList(record.id, record.priceVersion) : null;
    return new Map(list?.ticketTypes.map(({ key, label }) => [key, label]));
  }

  async function saleOf(record: EventSummary | null): Promise<EventSale | null> {
    if (!record?.layoutId || record.priceVersion === 0) return null;
    const id = record.id;
    const [compiled, list] = await Promise.all([
      plans.of(record.layoutId),
      priceList(id, record.priceVersion),
    ]);
    if (!compiled || !list) return null;
    return {
      id,
      event: record,
      layoutHash: compiled.hash,
      plan: compiled.plan,
      seatIndex: compiled.seatIndex,
      priceVersion: record.priceVersion,
      priceList: list,
    };
  }

  /** As anybody may see it: a draft is its makers' alone. null: there is no such event. */
  async function publicEvent(idOrSlug: string): Promise<EventSummary | null> {
    const record = await event(idOrSlug);
    return record && record.state !== "draft" ? record : null;
  }
  const findPublic = async (idOrSlug: string) => saleOf(await publicEvent(idOrSlug));

  return {
    event,
    find,
    publicEvent,
    findPublic,
    /** The same of a row that was just read. */
    saleOf,
    priceList,
    /** Forget the event row after a change, so that this process sees it at once. */
    forget({ id, slug }: Pick<EventSummary, "id" | "slug">): void {
      found.forget(id);
      found.forget(slug);
    },
    ticketTypeLabels,
    /** "Child under 14" for "child"; the key itself when the event no longer sells that type. */
    ticketTypeLabel: async (eventId: EventId, key: string): Promise<string> =>
      (await ticketTypeLabels(eventId)).get(key) ?? key,
    require: async (idOrSlug: string) => required(await find(idOrSlug)),
    /** For what fans ask: a draft is not found, as an id that nobody has. */
    requirePublic: async (idOrSlug: string) => required(await findPublic(idOrSlug)),
  };
}
export type SaleCatalog = ReturnType<typeof makeSaleCatalog>;

function required(sale: EventSale | null): EventSale {
  if (!sale) throw new AppError("event.not_found");
  return sale;
}
