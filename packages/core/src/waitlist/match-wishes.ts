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

/**
 * Answers wishes from free places, which only become fewer: a wish that found nothing once finds nothing later, so
 * thousands of equal ones are asked once. Seats come before standing areas.
 */
export function makeMatcher({ sale, seats, areas }: FreePlaces) {
  const { plan, priceList, seatIndex } = sale;
  const gone = new Set<number>();
  const areasLeft = new Map(
    areas.map((area) => [area.areaNo, area.capacity - area.held - area.claimed - area.sold]),
  );
  const hopeless = new Set<string>();
  const prices = new Map<string, PriceOf>();

  function priceOf(ticketType: string): PriceOf {
    const known = prices.get(ticketType);
    if (known) return known;
    const made = new Map<number, number | null>();
    const ask: PriceOf = (seatNo) => {
      let price = made.get(seatNo);
      if (price === undefined)
        made.set(seatNo, (price = seatPriceMinor(plan, priceList, { seatNo, ticketType })));
      return price;
    };
    prices.set(ticketType, ask);
    return ask;
  }

  const freeSeats = () => (free ??= seatsIn(seats, SEAT_STATE.free));
  let free: number[] | null = null;

  /** Few seats are free when people wait, so most wishes are settled by counting. */
  function enoughFor(wishes: WaitlistWishes): boolean {
    const { quantity, ticketType, sections, categories, maxPriceMinor } = wishes;
    let count = 0;
    for (const seatNo of freeSeats()) {
      const section = plan.runs[plan.run[seatNo] ?? -1]?.section ?? -1;
      if (gone.has(seatNo)) continue;
      if (sections.length > 0 && !sections.includes(plan.sections[section]?.key ?? "")) continue;
      if (
        categories.length > 0 &&
        !categories.includes(plan.categories[plan.category[seatNo] ?? -1]?.key ?? "")
      )
        continue;
      const price = priceOf(ticketType)(seatNo);
      if (price === null || (maxPriceMinor !== null && price > maxPriceMinor)) continue;
      count += 1;
      if (count >= quantity) return true;
    }
    return false;
  }

  function seatsFor(wishes: WaitlistWishes): CartItems | null {
    if (!enoughFor(wishes)) return null;
    const { quantity, ticketType, sections, categories, maxPriceMinor } = wishes;
    const pick = bestAvailable({
      index: seatIndex,
      isFree: (seatNo) => seats[seatNo] === SEAT_STATE.free && !gone.has(seatNo),
      quantity,
      ...(sections.length > 0 && { sections }),
      ...(categories.length > 0 && { categories }),
      priceOf: priceOf(ticketType),
      ...(maxPriceMinor !== null && { priceRange: { maxMinor: maxPriceMinor } }),
    });
    if (!pick || (wishes.together && !pick.together)) return null;
    return { seats: pick.seatNos.map((seatNo) => ({ seatNo, ticketType })), areas: [] };
  }

  function areaFor(wishes: WaitlistWishes): CartItems | null {
    const { quantity, ticketType, sections, categories, maxPriceMinor } = wishes;
    for (const [areaNo, area] of plan.areas.entries()) {
      const category = plan.categories[area.category]?.key ?? "";
      if ((areasLeft.get(areaNo) ?? 0) < quantity) continue;
      if (sections.length > 0 && !sections.includes(plan.sections[area.section]?.key ?? "")) continue;
      if (categories.length > 0 && !categories.includes(category)) continue;
      const faceMinor = priceLookup(priceList).cell(category, ticketType);
      if (faceMinor === null) continue;
      if (maxPriceMinor !== null && allInMinor(priceList, faceMinor) > maxPriceMinor) continue;
      return { seats: [], areas: [{ areaNo, ticketType, quantity }] };
    }
    return null;
  }

  return {
    /** Places for these wishes, or null; `key` is the same for equal wishes. */
    pick(wishes: WaitlistWishes, key: string): CartItems | null {
      if (hopeless.has(key)) return null;
      const items = seatsFor(wishes) ?? areaFor(wishes);
      if (!items) hopeless.add(key);
      return items;
    },
    /** These places are somebody's now. */
    take(items: CartItems): void {
      for (const { seatNo } of items.seats) gone.add(seatNo);
      for (const { areaNo, quantity } of items.areas)
        areasLeft.set(areaNo, (areasLeft.get(areaNo) ?? 0) - quantity);
    },
  };
}
export type Matcher = ReturnType<typeof makeMatcher>;
type PriceOf = (seatNo: number) => number | null;

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
