import { system } from "../actor/actor.ts";
import type { EventSale, SaleCatalog } from "../event/sale-catalog.ts";
import { HOLD_CYCLES_MAX } from "../hold/hold.ts";
import type { AcquireResult, HoldStore } from "../hold/hold-store.ts";
import type { LineCatalog } from "../line/line-catalog.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import { makeQuote } from "../pricing/quote.ts";
import type { Clock } from "../shared/clock.ts";
import { derivedId } from "../shared/derived-id.ts";
import { type EventId, HoldId } from "../shared/ids.ts";
import { hasFreePlace, type Matcher } from "./match-wishes.ts";
import { makePacedWork, type PacedWork } from "./paced-work.ts";
import {
  OFFER_AGAIN_MS,
  OFFERS_PER_ROUND_MAX,
  type WaitlistEntry,
  type WaitlistOffer,
  WaitlistOfferId,
} from "./waitlist.ts";
import { offersGoOut, type StockReader, WISH_GROUPS_MAX } from "./waitlist-sale.ts";
import type { OpenOffer, WaitlistStore } from "./waitlist-store.ts";
import {
  beginSearch,
  holdsStill,
  isUpToDate,
  judgeWishes,
  readWishes,
  type WishSearch,
} from "./wish-search.ts";

/** Who ends an offer that its fan let go. */
const WAITLIST = system("waitlist");

export type WaitlistRoundDeps = {
  readonly store: WaitlistStore;
  readonly holds: HoldStore;
  readonly catalog: SaleCatalog;
  readonly lines: LineCatalog;
  readonly stock: StockReader;
  readonly clock: Clock;
  /** Lets everything else that the process has to do go first. */
  readonly pause: () => Promise<void>;
  readonly newId: () => string;
  readonly offerTtlMs: number;
  readonly onEpochMissing: (eventId: EventId) => void;
  readonly onError: (error: unknown, eventId: EventId) => void;
};

const ENTRIES_PER_PAGE = 50;
/** Free seats are picked from what this process sees. If they are gone, others are picked, up to so many times. */
const PICK_ATTEMPTS = 4;
/** A hold in checkout has no end of its own; the offer is looked at again after this. */
const CLAIM_LOOK_MS = 60_000;

/**
 * What a worker does for the waitlists every second. Each step is safe twice and in two workers at once: the row of an offer
 * comes before its hold and names it, so a round that died is finished by the next one, and constraints let one of two
 * workers go on.
 */
export function makeWaitlistRound(deps: WaitlistRoundDeps) {
  const searches: Searches = new Map();

  /** Looks at open offers and makes new ones. Returns how many fans were offered seats. */
  async function serve(eventId: EventId): Promise<number> {
    const sale = await deps.catalog.find(eventId);
    if (!sale) return 0;
    for (const offer of await deps.store.openOffers(eventId)) await settleOffer(deps, sale, offer);
    if (!offersGoOut(sale, await deps.lines.linesOf(eventId), deps.clock.nowMs())) return 0;
    return offerFreed(deps, sale, searches);
  }

  return {
    serve,
    /** One event's trouble must not stop the others. */
    async run(): Promise<number> {
      let offered = 0;
      const events = await deps.store.eventsToServe();
      for (const eventId of searches.keys()) if (!events.includes(eventId)) searches.delete(eventId);
      for (const eventId of events)
        offered += await serve(eventId).catch((error: unknown) => {
          deps.onError(error, eventId);
          return 0;
        });
      return offered;
    },
  };
}

/** The id of an offer's hold follows from the offer's, so that taking it again is the same hold. */
export function holdIdOfOffer(offerId: WaitlistOfferId): HoldId {
  return HoldId.parse(derivedId("hold", "waitlist", offerId));
}

/** Makes the row and its hold agree, whatever happened since: an order, an end, a lost shard, a worker that died. */
async function settleOffer(deps: WaitlistRoundDeps, sale: EventSale, offer: OpenOffer): Promise<void> {
  const { store, holds, clock } = deps;
  const nowMs = clock.nowMs();
  if (offer.order !== "none") {
    await store.end(WAITLIST, offer.id, { as: nowMs < offer.expiresAtMs ? "declined" : "lapsed" });
    return;
  }
  const hold = await holds.find(offer.eventId, offer.holdId);
  if (hold?.accountId === offer.accountId && hold.state !== "ended") {
    const untilMs =
      hold.state === "claimed" ? Math.max(offer.expiresAtMs, nowMs + CLAIM_LOOK_MS / 2) : hold.expiresAtMs;
    if (!offer.told || untilMs > offer.expiresAtMs) await store.confirm(offer.id, untilMs);
    return;
  }
  const leftMs = offer.expiresAtMs - nowMs;
  if (leftMs > 0) await takeAgain(deps, sale, { offer, leftMs });
  else await store.end(WAITLIST, offer.id, { as: offer.told ? "lapsed" : "withdrawn" });
}

/** A hold that is not there: never taken, given back by its fan, or lost with the shard. Its own id tells which. */
async function takeAgain(
  deps: WaitlistRoundDeps,
  sale: EventSale,
  { offer, leftMs }: { offer: OpenOffer; leftMs: number },
): Promise<void> {
  const result = await takeHold(deps, sale, { offer, ttlMs: leftMs });
  if (result.kind === "ended")
    await deps.store.end(WAITLIST, offer.id, { as: offer.told ? "declined" : "withdrawn" });
  else await answerFan(deps, offer, result);
}

function takeHold(
  { holds }: WaitlistRoundDeps,
  sale: EventSale,
  { offer, ttlMs }: { offer: Pick<WaitlistOffer, "holdId" | "accountId" | "items">; ttlMs: number },
): Promise<AcquireResult> {
  const { plan, priceList, priceVersion } = sale;
  const { holdId, accountId, items } = offer;
  const quote = makeQuote({ plan, priceList, priceVersion, items });
  // The prices changed meanwhile, and this is not sold any more: as good as taken.
  if ("problems" in quote) return Promise.resolve({ kind: "taken", seatNos: [], areaNos: [] });
  return holds.acquire({
    id: holdId,
    eventId: sale.id,
    accountId,
    items,
    priceVersion,
    quoteHash: quote.hash,
    totalMinor: quote.totalMinor,
    ttlMs,
    maxPerFan: sale.event.maxPerFan,
    passLine: null,
    cyclesMax: HOLD_CYCLES_MAX,
    timeMaxMs: null,
  });
}

/** Tells the fan when the hold stands; otherwise they go on waiting in their place. True when they were told. */
async function answerFan(
  { store, holds, onEpochMissing }: WaitlistRoundDeps,
  { id, eventId, accountId, holdId }: Pick<WaitlistOffer, "id" | "eventId" | "accountId" | "holdId">,
  result: AcquireResult,
): Promise<boolean> {
  switch (result.kind) {
    case "acquired": {
      const isOpen = await store.confirm(id, result.hold.expiresAtMs);
      // Declined in the same moment: what was taken for it goes back.
      if (!isOpen) await holds.release({ eventId, holdId, accountId });
      return isOpen;
    }
    case "limit":
    case "cycles":
    case "time":
      await store.end(WAITLIST, id, { as: "withdrawn", waitMs: OFFER_AGAIN_MS });
      return false;
    case "taken":
    case "ended":
    case "no_pass":
    case "line_lost":
      await store.end(WAITLIST, id, { as: "withdrawn" });
      return false;
    case "epoch_missing":
      // The row stays; the next round takes the hold of the rebuilt shard.
      onEpochMissing(eventId);
      return false;
  }
}

type Searches = Map<EventId, WishSearch>;

/** Offers free places in the order of the list, as long as there are some that somebody on it wants. */
async function offerFreed(deps: WaitlistRoundDeps, sale: EventSale, searches: Searches): Promise<number> {
  const search = await searchOf(deps, sale, searches.get(sale.id));
  searches.delete(sale.id);
  if (!search) return 0;
  let offered = 0;
  if (!search.foundNothing) {
    const work = makePacedWork(deps);
    const isJudged = await judgeWishes(search, work);
    const end = isJudged ? await offerMet(deps, sale, { search, work }) : { offered, isPaused: true };
    offered = end.offered;
    // Once somebody was asked, what is left is not what the stock showed: the next round looks anew.
    if (!end.isPaused && (search.hasAsked || !isUpToDate(search, await deps.stock.stockOf(sale.id))))
      return offered;
    search.foundNothing = !end.isPaused;
  }
  searches.set(sale.id, search);
  return offered;
}

/** The search that this round goes on with, over the wishes of now; null: nothing is free, or nobody may be asked. */
async function searchOf(
  { store, stock }: WaitlistRoundDeps,
  sale: EventSale,
  known: WishSearch | undefined,
): Promise<WishSearch | null> {
  // First the stock, which is in memory: grouping the wishes of thousands every second has its price.
  if (!hasFreePlace(await stock.stockOf(sale.id))) return null;
  const who = { eventId: sale.id, maxPerFan: sale.event.maxPerFan, limit: WISH_GROUPS_MAX };
  const mark = await store.wishesMark(who);
  if (mark === null) return null;
  const open = await store.openOffers(sale.id);
  const now = await stock.stockOf(sale.id);
  const search = known && holdsStill(known, sale, { now, open }) ? known : beginSearch(sale, now, open);
  if (search.mark !== mark) readWishes(search, mark, await store.wishGroups(who));
  if (!search.foundNothing) search.matcher.keepFree(now);
  return search;
}

/** Offers to those whose wishes can be met. `isPaused`: the next round goes on from here. */
async function offerMet(
  deps: WaitlistRoundDeps,
  sale: EventSale,
  { search, work }: { search: WishSearch; work: PacedWork },
): Promise<{ offered: number; isPaused: boolean }> {
  const { met, matcher } = search;
  const who = { eventId: sale.id, maxPerFan: sale.event.maxPerFan };
  let offered = 0;
  while (offered < OFFERS_PER_ROUND_MAX && met.size > 0) {
    const entries = await deps.store.nextWaiting({ ...who, keys: [...met], limit: ENTRIES_PER_PAGE });
    if (entries.length === 0) break;
    work.resume();
    for (const entry of entries) {
      const result = await offerTo(deps, sale, { entry, matcher });
      if (result === "none") {
        met.delete(entry.wishesKey);
        if (await work.goesOn()) continue;
        return { offered, isPaused: true };
      }
      search.hasAsked = true;
      // Another worker is at this list: it goes on from here.
      if (result === "busy") return { offered, isPaused: false };
      if (result === "offered") offered += 1;
      work.resume();
    }
  }
  return { offered, isPaused: false };
}

/** none: nothing free suits any more. passed: this fan cannot have it now. */
async function offerTo(
  deps: WaitlistRoundDeps,
  sale: EventSale,
  { entry, matcher }: { entry: WaitlistEntry; matcher: Matcher },
): Promise<"offered" | "none" | "passed" | "busy"> {
  for (let attempt = 0; attempt < PICK_ATTEMPTS; attempt += 1) {
    const items = matcher.pick(entry.wishes, entry.wishesKey);
    if (!items) return "none";
    const result = await makeOffer(deps, sale, { entry, items });
    if (result === "busy") return "busy";
    if (result === "passed") return "passed";
    // Held by this fan, or by somebody who was faster: not free in either case.
    matcher.take(items);
    if (result === "offered") return "offered";
  }
  return "busy";
}

async function makeOffer(
  deps: WaitlistRoundDeps,
  sale: EventSale,
  { entry, items }: { entry: WaitlistEntry; items: TicketItems },
): Promise<"offered" | "taken" | "passed" | "busy"> {
  const { store, newId, offerTtlMs } = deps;
  const id = WaitlistOfferId.parse(newId());
  const holdId = holdIdOfOffer(id);
  if ((await store.offer({ id, entry, holdId, items, ttlMs: offerTtlMs })) !== "offered") return "busy";
  const offer = { id, holdId, items, eventId: sale.id, accountId: entry.accountId };
  const result = await takeHold(deps, sale, { offer, ttlMs: offerTtlMs });
  if (await answerFan(deps, offer, result)) return "offered";
  if (result.kind === "taken") return "taken";
  return result.kind === "epoch_missing" ? "busy" : "passed";
}
