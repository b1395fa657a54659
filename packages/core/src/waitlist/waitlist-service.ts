import type { Fan, Staff } from "../actor/actor.ts";
import { refuseElsewhere } from "../actor/own-organization.ts";
import type { EventSale, SaleCatalog } from "../event/sale-catalog.ts";
import { isRebuilt } from "../hold/hold.ts";
import type { HoldStore } from "../hold/hold-store.ts";
import { shardRebuilding } from "../hold/refusals.ts";
import { SEAT_STATE } from "../inventory/inventory.ts";
import type { LineCatalog } from "../line/line-catalog.ts";
import type { LineStore } from "../line/line-store.ts";
import { seatWords } from "../layout/place-name.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import type { Clock } from "../shared/clock.ts";
import { AppError } from "../shared/errors.ts";
import type { AccountId, EventId } from "../shared/ids.ts";
import { makeMatcher } from "./match-wishes.ts";
import { makePacedWork } from "./paced-work.ts";
import { cheapestMinor } from "./place-levels.ts";
import { plainWishes, WaitlistEntryId, type WaitlistWishes, wishesKeyOf } from "./waitlist.ts";
import {
  isWanted,
  lineGoesOn,
  mayKeepForWaiting,
  offersGoOut,
  saleGoesOn,
  type StockReader,
  WISH_GROUPS_MAX,
} from "./waitlist-sale.ts";
import type { Wait, WaitlistFilter, WaitlistStore } from "./waitlist-store.ts";

export type WaitlistServiceDeps = {
  readonly store: WaitlistStore;
  readonly holds: HoldStore;
  readonly catalog: SaleCatalog;
  readonly lines: LineCatalog;
  readonly places: Pick<LineStore, "place">;
  readonly stock: StockReader;
  readonly clock: Clock;
  /** Lets everything else that the process has to do go first. */
  readonly pause: () => Promise<void>;
  readonly newId: () => string;
  readonly onEpochMissing: (eventId: EventId) => void;
};

const LISTED_MAX = 100_000;

/** What fans and staff do with the waitlist; what happens by itself is in waitlist-round.ts. */
export function makeWaitlistService(deps: WaitlistServiceDeps) {
  const { store, catalog } = deps;
  return {
    join: (actor: Fan, input: { eventId: EventId; wishes: WaitlistWishes }) => join(deps, actor, input),

    /** Other wishes; the place stays, also with more tickets. */
    async change({ account }: Fan, input: { eventId: EventId; wishes: WaitlistWishes }): Promise<Wait> {
      const { eventId } = input;
      const sale = await catalog.requirePublic(eventId);
      const wishes = await requireWishes(deps, { accountId: account.id, sale, wishes: input.wishes });
      const own = { eventId: sale.id, accountId: account.id };
      const known = await store.find(own);
      if (known) await requireWaitingIsRight(deps, sale, { known, wishes });
      if (!(await store.change({ ...own, wishes, wishesKey: wishesKeyOf(wishes) }))) throw notOnList();
      return requireWait(deps, own);
    },

    leave: (actor: Fan, eventId: EventId) => leave(deps, actor, eventId),
    decline: (actor: Fan, eventId: EventId) => decline(deps, actor, eventId),

    /** The wait for one event, also when it is over; null: never joined. */
    find: ({ account }: Fan, eventId: EventId) => store.find({ eventId, accountId: account.id }),
    /** Waits of all events that run. */
    mine: ({ account }: Fan) => store.findRunning(account.id),

    /** In words. */
    placesOf: (eventId: EventId, items: TicketItems) => placesOf(deps, eventId, items),

    /** A wait as its fan sees it: between an offer's row and its hold nothing is kept for them yet. */
    show: (wait: Wait) => showWait(deps, wait),

    /** For staff: the first `limit`, in the order in which they are asked, and sums over all. */
    async list(actor: Staff, idOrSlug: string, ask: WaitlistFilter & { limit?: number } = {}) {
      const { id, event, plan } = await catalog.require(idOrSlug);
      refuseElsewhere(actor, event.organizationId, () => new AppError("event.not_found", {}));
      const [{ entries, total }, counts, demand] = await Promise.all([
        store.list(id, { limit: LISTED_MAX, ...ask }),
        store.counts(id),
        store.demand(id),
      ]);
      return { event, plan, entries, total, counts, demand };
    },

    /**
     * Somebody waits who may be offered seats now, so seats that come back must not go on sale to everybody at once.
     */
    async hasWaiting(eventId: EventId): Promise<boolean> {
      const sale = await catalog.find(eventId);
      if (!sale || lineGoesOn(await deps.lines.linesOf(eventId))) return false;
      if (!offersGoOut(sale, [], deps.clock.nowMs())) return false;
      return (await store.wishGroups({ eventId, maxPerFan: sale.event.maxPerFan, limit: 1 })).length > 0;
    },

    /** Whether the free places of a sold-out event are for somebody on the list. */
    async wants(eventId: EventId): Promise<boolean> {
      const sale = await catalog.find(eventId);
      if (!sale || !mayKeepForWaiting(sale, deps.clock.nowMs())) return false;
      const groups = await store.wishGroups({
        eventId,
        maxPerFan: sale.event.maxPerFan,
        limit: WISH_GROUPS_MAX,
      });
      if (groups.length === 0) return false;
      const [stock, offers] = await Promise.all([deps.stock.stockOf(eventId), store.openOffers(eventId)]);
      return isWanted(sale, stock, { groups, offers, work: makePacedWork(deps) });
    },
  };
}
export type WaitlistService = ReturnType<typeof makeWaitlistService>;

async function placesOf(
  { catalog }: WaitlistServiceDeps,
  eventId: EventId,
  { seats, areas }: TicketItems,
): Promise<string[]> {
  const { plan } = await catalog.require(eventId);
  return [
    ...seats.map(({ seatNo }) => seatWords(plan, seatNo)),
    ...areas.map(({ areaNo, quantity }) => `${quantity} in ${plan.areas[areaNo]?.label ?? "?"}`),
  ];
}

async function showWait(deps: WaitlistServiceDeps, { entry: { eventId }, offer }: Wait) {
  const { event } = await deps.catalog.require(eventId);
  if (!offer?.told) return { event, offer: null };
  const { holdId, items, expiresAtMs } = offer;
  const hold = await deps.holds.find(eventId, holdId);
  const places = await placesOf(deps, eventId, items);
  // The shard cannot say a price that it read back from an order.
  return {
    event,
    offer: {
      holdId,
      seats: items.seats.length,
      standing: items.areas.reduce((sum, { quantity }) => sum + quantity, 0),
      places,
      expiresAtMs,
      totalMinor: hold && !isRebuilt(hold) ? hold.totalMinor : null,
    },
  };
}

async function join(
  deps: WaitlistServiceDeps,
  { account }: Fan,
  input: { eventId: EventId; wishes: WaitlistWishes },
): Promise<Wait> {
  const sale = await deps.catalog.requirePublic(input.eventId);
  const own = { eventId: sale.id, accountId: account.id };
  const wishes = await requireWishes(deps, { accountId: account.id, sale, wishes: input.wishes });
  await requireWaitingIsRight(deps, sale, { known: await deps.store.find(own), wishes });
  await deps.store.join({
    ...own,
    id: WaitlistEntryId.parse(deps.newId()),
    lineNumber: await lineNumberOf(deps, own),
    wishes,
    wishesKey: wishesKeyOf(wishes),
  });
  return requireWait(deps, own);
}

async function requireWait(
  { store }: WaitlistServiceDeps,
  own: { eventId: EventId; accountId: AccountId },
): Promise<Wait> {
  const wait = await store.find(own);
  if (!wait) throw notOnList();
  return wait;
}

const notOnList = () => new AppError("waitlist.not_found");

/** Wishes that this event could fulfil for this fan, in their plain form. */
async function requireWishes(
  { store }: WaitlistServiceDeps,
  { accountId, sale, wishes }: { accountId: AccountId; sale: EventSale; wishes: WaitlistWishes },
): Promise<WaitlistWishes> {
  const { plan, priceList, event } = sale;
  const plain = plainWishes(wishes);
  const unknown = (what: "ticket_type" | "section" | "price_level") =>
    new AppError("input.invalid", { why: "wish", what });
  if (!priceList.ticketTypes.some(({ key }) => key === plain.ticketType)) throw unknown("ticket_type");
  if (!plain.sections.every((key) => plan.sections.some((section) => section.key === key)))
    throw unknown("section");
  if (!plain.categories.every((key) => plan.categories.some((category) => category.key === key)))
    throw unknown("price_level");
  const max = event.maxPerFan;
  const bought = await store.taken({ eventId: sale.id, accountId });
  if (bought + plain.quantity > max) throw new AppError("hold.limit", { max, held: 0, bought });
  return plain;
}

/** A fan may go on waiting for the same wishes. Other wishes are checked as if the fan joined now. */
async function requireWaitingIsRight(
  deps: WaitlistServiceDeps,
  sale: EventSale,
  { known, wishes }: { known: Wait | null; wishes: WaitlistWishes },
): Promise<void> {
  const isSame = known && known.entry.state !== "over" && known.entry.wishesKey === wishesKeyOf(wishes);
  if (isSame) return;
  requireWorthWaiting(sale, wishes);
  await requireNothingLeft(deps, sale, wishes);
}

/** A highest price below the cheapest place of these wishes is never met, and every round would look for it in vain. */
function requireWorthWaiting(sale: EventSale, wishes: WaitlistWishes): void {
  const { maxPriceMinor } = wishes;
  const leastMinor = maxPriceMinor === null ? null : cheapestMinor(sale, wishes);
  if (maxPriceMinor === null || leastMinor === null || maxPriceMinor >= leastMinor) return;
  const { currency } = sale.priceList;
  throw new AppError("input.invalid", { why: "wish_price", cheapestMinor: leastMinor, currency });
}

/** A waitlist is for what cannot be bought now. */
async function requireNothingLeft(
  { lines, stock, clock }: WaitlistServiceDeps,
  sale: EventSale,
  wishes: WaitlistWishes,
): Promise<void> {
  const closed = (why: "over" | "on_sale") => new AppError("waitlist.closed", { why });
  if (!saleGoesOn(sale, clock.nowMs())) throw closed("over");
  if (sale.event.state === "sold_out") return;
  const now = await stock.stockOf(sale.id);
  if (lineGoesOn(await lines.linesOf(sale.id))) {
    // Holds that are let go are for those in the line.
    const gone =
      now.seats.every((state) => state === SEAT_STATE.sold || state === SEAT_STATE.blocked) &&
      now.areas.every((area) => area.sold >= area.capacity);
    if (!gone) throw closed("on_sale");
  } else if (makeMatcher({ sale, ...now }).canMeet(wishes, "")) throw closed("on_sale");
}

/**
 * The lowest number that this fan had in a line of this event. A line in which they bought, under any number, does not
 * count.
 */
async function lineNumberOf(
  { store, lines, places }: WaitlistServiceDeps,
  own: { eventId: EventId; accountId: AccountId },
): Promise<number | null> {
  const { eventId, accountId } = own;
  const [boughtIn, found] = await Promise.all([
    store.linesBoughtIn(own),
    lines
      .linesOf(eventId)
      .then((all) =>
        Promise.all(
          all.map(async ({ id: lineId }) => ({ lineId, place: await places.place({ lineId, accountId }) })),
        ),
      ),
  ]);
  const numbers = found.flatMap(({ lineId, place }) => {
    if (!place || place.number === null || place.ended === "removed") return [];
    return place.ended === "bought" || boughtIn.includes(lineId) ? [] : [place.number];
  });
  return numbers.length === 0 ? null : Math.min(...numbers);
}

async function leave(deps: WaitlistServiceDeps, actor: Fan, eventId: EventId): Promise<void> {
  const own = { eventId, accountId: actor.account.id };
  const left = await deps.store.leave(own);
  if (left === "not_found") throw notOnList();
  if (left === "offered") await decline(deps, actor, eventId);
}

/** Gives the offered seats to the next fan, and ends the wait. */
async function decline(deps: WaitlistServiceDeps, actor: Fan, eventId: EventId): Promise<void> {
  const { store, holds } = deps;
  const accountId = actor.account.id;
  const wait = await store.find({ eventId, accountId });
  if (!wait) throw notOnList();
  const { offer } = wait;
  if (!offer) throw new AppError("waitlist.offer_over");
  const released = await holds.release({ eventId, holdId: offer.holdId, accountId });
  if (released.kind === "claimed") throw new AppError("hold.in_checkout");
  if (released.kind === "epoch_missing") {
    deps.onEpochMissing(eventId);
    throw shardRebuilding();
  }
  await store.end(actor, offer.id, { as: "declined" });
}
