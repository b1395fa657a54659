import type { EventSale } from "../event/sale-catalog.ts";
import type { AreaStock } from "../inventory/inventory.ts";
import { makeMatcher, type Matcher } from "./match-wishes.ts";
import type { PacedWork } from "./paced-work.ts";
import type { WaitlistWishes } from "./waitlist.ts";
import type { OpenOffer, WishGroup } from "./waitlist-store.ts";

type StockPicture = { readonly seats: Uint8Array; readonly areas: readonly AreaStock[] };

/**
 * One look for the wishes that the free places of a moment suit. It may take several rounds. It ends over the places it
 * began with, so that seats which come and go never keep it from fans far back in the list; what came free meanwhile is
 * for the next look. One that found nothing is remembered, and is not repeated while neither stock nor wishes change.
 */
export type WishSearch = {
  readonly sale: EventSale;
  readonly began: StockPicture;
  readonly offers: string;
  readonly matcher: Matcher;
  /** The list's mark when `wishes` were read; null: not read yet. */
  mark: string | null;
  wishes: ReadonlyMap<string, WaitlistWishes>;
  readonly judged: Set<string>;
  /** Keys of wishes that could be met when they were judged. */
  readonly met: Set<string>;
  /** Somebody was asked, so that the matcher's places are fewer than those the search began with. */
  hasAsked: boolean;
  foundNothing: boolean;
};

export function beginSearch(
  sale: EventSale,
  now: StockPicture,
  open: readonly Pick<OpenOffer, "id" | "items">[],
): WishSearch {
  const began = { seats: Uint8Array.from(now.seats), areas: now.areas.map((area) => ({ ...area })) };
  const matcher = makeMatcher({ sale, ...began });
  // What was offered a moment ago may still look free from here.
  for (const { items } of open) matcher.take(items);
  const wishes = { mark: null, wishes: new Map(), judged: new Set<string>(), met: new Set<string>() };
  return { sale, began, offers: marksOf(open), matcher, ...wishes, hasAsked: false, foundNothing: false };
}

/**
 * Whether this search is still good. One under way goes on; one that found nothing is good for as long as nothing
 * changed.
 */
export function holdsStill(
  search: WishSearch,
  sale: EventSale,
  { now, open }: { now: StockPicture; open: readonly Pick<OpenOffer, "id">[] },
): boolean {
  if (search.sale.priceVersion !== sale.priceVersion || search.sale.layoutHash !== sale.layoutHash)
    return false;
  return !search.foundNothing || (isSame(search.began, now) && search.offers === marksOf(open));
}

/** Ended over places that are all as they were, so that the same question would have the same answer. */
export function isUpToDate({ began }: WishSearch, now: StockPicture): boolean {
  return isSame(began, now);
}

/** The wishes of now; what was judged before stays judged. */
export function readWishes(search: WishSearch, mark: string, groups: readonly WishGroup[]): void {
  search.mark = mark;
  search.wishes = new Map(groups.map(({ key, wishes }) => [key, wishes]));
  search.foundNothing = false;
}

/** Judges wishes in the order of the list. false: the next round goes on from here. */
export async function judgeWishes(search: WishSearch, work: PacedWork): Promise<boolean> {
  const { judged, met, matcher } = search;
  for (const [key, wishes] of search.wishes) {
    if (judged.has(key)) continue;
    judged.add(key);
    if (matcher.canMeet(wishes, key)) met.add(key);
    if (!(await work.goesOn())) return false;
  }
  return true;
}

const marksOf = (open: readonly Pick<OpenOffer, "id">[]) => open.map(({ id }) => id).join(" ");

function isSame(a: StockPicture, b: StockPicture): boolean {
  if (a.seats.length !== b.seats.length) return false;
  for (let seatNo = 0; seatNo < a.seats.length; seatNo += 1)
    if (a.seats[seatNo] !== b.seats[seatNo]) return false;
  return JSON.stringify(a.areas) === JSON.stringify(b.areas);
}
