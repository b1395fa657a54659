import type { EventSale } from "../event/sale-catalog.ts";
import { saleStatus } from "../event/sale-window.ts";
import { windowKeyOf } from "../event/window-key.ts";
import { type AreaStock, SEAT_STATE } from "../inventory/inventory.ts";
import type { LineRecord } from "../line/line.ts";
import type { EventId } from "../shared/ids.ts";
import { makeMatcher } from "./match-wishes.ts";
import type { PacedWork } from "./paced-work.ts";
import type { OpenOffer, WishGroup } from "./waitlist-store.ts";

/** The live stock as this process sees it: right within milliseconds, never the last word. */
export type StockReader = {
  stockOf(eventId: EventId): Promise<{ seats: Uint8Array; areas: readonly AreaStock[] }>;
};

type SeatsForSale = Pick<EventSale, "plan" | "seatIndex" | "priceList">;

/** Wishes that one round looks at; the earliest fans' come first. */
export const WISH_GROUPS_MAX = 2_000;

/** Whether the sale goes on: in one of its windows, whoever may buy in it, and whether or not seats are left. */
export function saleGoesOn({ event }: Pick<EventSale, "event">, nowMs: number): boolean {
  if (event.state !== "on_sale" && event.state !== "sold_out" && event.state !== "paused") return false;
  const grants = new Set(event.saleWindows.map(windowKeyOf));
  return saleStatus({ ...event, state: "on_sale" }, nowMs, { grants }).kind === "open";
}

/**
 * Whether the sale goes on for everybody. While presales alone are open, what comes back is sold in them: by their codes,
 * and counted among their places, neither of which an offer would do.
 */
function everybodyMayBuy({ event }: Pick<EventSale, "event">, nowMs: number): boolean {
  return saleStatus({ ...event, state: "on_sale" }, nowMs).kind === "open";
}

/** A line that is not over: while seats are on sale, those that come back are for the fans in it. */
export const lineGoesOn = (lines: readonly LineRecord[]) => lines.some((line) => line.finishedAtMs === null);

/** Whether seats that come back to a sold-out event may go to the waitlist before anybody else. */
export function mayKeepForWaiting(sale: Pick<EventSale, "event">, nowMs: number): boolean {
  return saleGoesOn(sale, nowMs) && everybodyMayBuy(sale, nowMs);
}

/**
 * Whether seats that come back go to the waitlist. Yes when the event is sold out: nobody else can take them. Yes while
 * it is on sale and no line stands before it: what is left then suits nobody on the list. Never while presales alone
 * are open.
 */
export function offersGoOut(sale: EventSale, lines: readonly LineRecord[], nowMs: number): boolean {
  if (!mayKeepForWaiting(sale, nowMs)) return false;
  return sale.event.state === "sold_out" || (sale.event.state === "on_sale" && !lineGoesOn(lines));
}

/** Whether the free places suit somebody on the list, or would if the open offers came to nothing. */
export async function isWanted(
  sale: SeatsForSale,
  stock: { seats: Uint8Array; areas: readonly AreaStock[] },
  {
    groups,
    offers,
    work,
  }: {
    groups: readonly WishGroup[];
    offers: readonly Pick<OpenOffer, "items">[];
    work: Pick<PacedWork, "goesOn">;
  },
): Promise<boolean> {
  if (groups.length === 0) return false;
  const seats = Uint8Array.from(stock.seats);
  const back = new Map<number, number>();
  for (const { items } of offers) {
    for (const { seatNo } of items.seats) seats[seatNo] = SEAT_STATE.free;
    for (const { areaNo, quantity } of items.areas) back.set(areaNo, (back.get(areaNo) ?? 0) + quantity);
  }
  const areas = stock.areas.map((area) => ({
    ...area,
    capacity: area.capacity + (back.get(area.areaNo) ?? 0),
  }));
  const matcher = makeMatcher({ sale, seats, areas });
  for (const { key, wishes } of groups) {
    if (matcher.canMeet(wishes, key)) return true;
    // Needed to its end, so only the pauses count.
    await work.goesOn();
  }
  return false;
}
