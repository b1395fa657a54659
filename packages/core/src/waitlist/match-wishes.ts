import type { EventSale } from "../event/sale-catalog.ts";
import { type AreaStock, SEAT_STATE } from "../inventory/inventory.ts";
import { allInMinor } from "../pricing/charges.ts";
import { seatPriceMinor } from "../pricing/display-price.ts";
import { priceLookup } from "../pricing/price-lookup.ts";
import type { CartItems } from "../pricing/quote-item.ts";
import { bestAvailable } from "../seat-rules/best-available.ts";
import type { WaitlistWishes } from "./waitlist.ts";

export type FreePlaces = {
  readonly sale: Pick<EventSale, "plan" | "seatIndex" | "priceList">;
  /** One SEAT_STATE per seat number; not changed while wishes are answered from it. */
  readonly seats: Uint8Array;
  readonly areas: readonly AreaStock[];
};

/** Free places as they become fewer. */
type Left = FreePlaces["sale"] & {
  readonly freeSeats: ReadonlySet<number>;
  readonly areas: ReadonlyMap<number, number>;
  readonly priceOf: (seatNo: number, ticketType: string) => number | null;
};

/**
 * Answers wishes from free places, which only become fewer: a wish that found nothing once finds nothing later, so
 * thousands of equal ones are asked once. Seats come before standing areas.
 */
export function makeMatcher({ sale, seats, areas }: FreePlaces) {
  const freeSeats = new Set(seatsIn(seats, SEAT_STATE.free));
  const areasLeft = new Map(
    areas.map((area) => [area.areaNo, area.capacity - area.held - area.claimed - area.sold]),
  );
  const left: Left = { ...sale, freeSeats, areas: areasLeft, priceOf: makePriceOf(sale) };
  const hopeless = new Set<string>();
  return {
    /** Places for these wishes, or null; `key` is the same for equal wishes. */
    pick(wishes: WaitlistWishes, key: string): CartItems | null {
      if (hopeless.has(key)) return null;
      const items = seatsFor(left, wishes) ?? areaFor(left, wishes);
      if (!items) hopeless.add(key);
      return items;
    },
    /** These places are somebody's now. */
    take(items: CartItems): void {
      for (const { seatNo } of items.seats) freeSeats.delete(seatNo);
      for (const { areaNo, quantity } of items.areas)
        areasLeft.set(areaNo, (areasLeft.get(areaNo) ?? 0) - quantity);
    },
  };
}
export type Matcher = ReturnType<typeof makeMatcher>;

const allows = (keys: readonly string[], key: string | undefined) =>
  keys.length === 0 || (key !== undefined && keys.includes(key));

function seatsFor(left: Left, wishes: WaitlistWishes): CartItems | null {
  if (!isEnough(left, wishes)) return null;
  const { quantity, ticketType, sections, categories, maxPriceMinor } = wishes;
  const pick = bestAvailable({
    index: left.seatIndex,
    isFree: (seatNo) => left.freeSeats.has(seatNo),
    quantity,
    ...(sections.length > 0 && { sections }),
    ...(categories.length > 0 && { categories }),
    priceOf: (seatNo) => left.priceOf(seatNo, ticketType),
    ...(maxPriceMinor !== null && { priceRange: { maxMinor: maxPriceMinor } }),
  });
  if (!pick || (wishes.together && !pick.together)) return null;
  return { seats: pick.seatNos.map((seatNo) => ({ seatNo, ticketType })), areas: [] };
}

/** Few seats are free when people wait, so most wishes are settled by counting. */
function isEnough({ plan, freeSeats, priceOf }: Left, wishes: WaitlistWishes): boolean {
  const { quantity, ticketType, sections, categories, maxPriceMinor } = wishes;
  let count = 0;
  for (const seatNo of freeSeats) {
    const section = plan.runs[plan.run[seatNo] ?? -1]?.section ?? -1;
    if (!allows(sections, plan.sections[section]?.key)) continue;
    if (!allows(categories, plan.categories[plan.category[seatNo] ?? -1]?.key)) continue;
    const price = priceOf(seatNo, ticketType);
    if (price === null || (maxPriceMinor !== null && price > maxPriceMinor)) continue;
    count += 1;
    if (count >= quantity) return true;
  }
  return false;
}

function areaFor({ plan, priceList, areas }: Left, wishes: WaitlistWishes): CartItems | null {
  const { quantity, ticketType, sections, categories, maxPriceMinor } = wishes;
  for (const [areaNo, area] of plan.areas.entries()) {
    const category = plan.categories[area.category]?.key ?? "";
    if ((areas.get(areaNo) ?? 0) < quantity) continue;
    if (!allows(sections, plan.sections[area.section]?.key) || !allows(categories, category)) continue;
    const faceMinor = priceLookup(priceList).cell(category, ticketType);
    if (faceMinor === null) continue;
    if (maxPriceMinor !== null && allInMinor(priceList, faceMinor) > maxPriceMinor) continue;
    return { seats: [], areas: [{ areaNo, ticketType, quantity }] };
  }
  return null;
}

/** Whole prices, each computed once. */
function makePriceOf({ plan, priceList }: FreePlaces["sale"]): Left["priceOf"] {
  const known = new Map<string, number | null>();
  return (seatNo, ticketType) => {
    const key = `${seatNo} ${ticketType}`;
    let price = known.get(key);
    if (price === undefined) {
      price = seatPriceMinor(plan, priceList, { seatNo, ticketType });
      known.set(key, price);
    }
    return price;
  };
}

function seatsIn(seats: Uint8Array, state: number): number[] {
  const found: number[] = [];
  for (let seatNo = 0; seatNo < seats.length; seatNo += 1) if (seats[seatNo] === state) found.push(seatNo);
  return found;
}

export function hasFreePlace({ seats, areas }: Pick<FreePlaces, "seats" | "areas">): boolean {
  return (
    seats.some((state) => state === SEAT_STATE.free) ||
    areas.some((area) => area.capacity > area.held + area.claimed + area.sold)
  );
}
