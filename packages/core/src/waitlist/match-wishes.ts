import type { EventSale } from "../event/sale-catalog.ts";
import { type AreaStock, SEAT_STATE } from "../inventory/inventory.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import { bestAvailable } from "../seat-rules/best-available.ts";
import { seatAt, type Stretch } from "../seat-rules/seat-index.ts";
import { acceptsPlace, areaPriceMinor, type Levels, levelsOf } from "./place-levels.ts";
import type { WaitlistWishes } from "./waitlist.ts";

export type FreePlaces = {
  readonly sale: Pick<EventSale, "plan" | "seatIndex" | "priceList">;
  /** One SEAT_STATE per seat number. */
  readonly seats: Uint8Array;
  readonly areas: readonly AreaStock[];
};

/** Free places as they become fewer. */
type Left = FreePlaces["sale"] & {
  /** By seat number: 1 while it is free. */
  readonly free: Uint8Array;
  readonly areas: Map<number, number>;
  /** By ticket type: free seats of each level. */
  readonly counts: Map<string, Levels & { readonly count: Int32Array }>;
  /** Rows and tables where two free seats or more lie together. */
  readonly stretches: () => readonly Stretch[];
};

/**
 * Answers wishes from free places, which only become fewer: a wish that found nothing once finds nothing later, so
 * thousands of equal ones are asked once. Whether there are seats at all is a look at how many of each level are free;
 * only wishes that can be met are matched. Seats come before standing areas.
 */
export function makeMatcher(places: FreePlaces) {
  const left = leftOf(places);
  const hopeless = new Set<string>();
  const orHopeless = <Answer>(key: string, answer: Answer): Answer => {
    if (answer === null || answer === false) hopeless.add(key);
    return answer;
  };
  return {
    /** Whether there are places for these wishes; `key` is the same for equal wishes. */
    canMeet(wishes: WaitlistWishes, key: string): boolean {
      if (hopeless.has(key)) return false;
      return orHopeless(key, hasSeats(left, wishes) || areaFor(left, wishes) !== null);
    },
    /** Places for these wishes, or null. */
    pick(wishes: WaitlistWishes, key: string): TicketItems | null {
      if (hopeless.has(key)) return null;
      return orHopeless(key, seatsFor(left, wishes) ?? areaFor(left, wishes));
    },
    /** These places are somebody's now. */
    take(items: TicketItems): void {
      for (const { seatNo } of items.seats) takeSeat(left, seatNo);
      for (const { areaNo, quantity } of items.areas)
        left.areas.set(areaNo, (left.areas.get(areaNo) ?? 0) - quantity);
    },
    /** Takes what is not free in this newer picture. What became free in it stays taken here. */
    keepFree({ seats, areas: areasNow }: Pick<FreePlaces, "seats" | "areas">): void {
      for (let seatNo = 0; seatNo < left.free.length; seatNo += 1)
        if (seats[seatNo] !== SEAT_STATE.free) takeSeat(left, seatNo);
      for (const area of areasNow)
        left.areas.set(area.areaNo, Math.min(left.areas.get(area.areaNo) ?? 0, freeIn(area)));
    },
  };
}
export type Matcher = ReturnType<typeof makeMatcher>;

const freeIn = (area: AreaStock) => area.capacity - area.held - area.claimed - area.sold;

function leftOf({ sale, seats, areas }: FreePlaces): Left {
  const { plan, seatIndex, priceList } = sale;
  const free = seats.map((state) => (state === SEAT_STATE.free ? 1 : 0));
  let stretches: readonly Stretch[] | null = null;
  return {
    plan,
    seatIndex,
    priceList,
    free,
    areas: new Map(areas.map((area) => [area.areaNo, freeIn(area)])),
    counts: new Map(),
    stretches: () => (stretches ??= seatIndex.stretches.filter((stretch) => hasNeighbours(stretch, free))),
  };
}

function hasNeighbours({ first, count, circular }: Stretch, free: Uint8Array): boolean {
  for (let seatNo = first; seatNo + 1 < first + count; seatNo += 1)
    if (free[seatNo] === 1 && free[seatNo + 1] === 1) return true;
  return circular && free[first] === 1 && free[first + count - 1] === 1;
}

function takeSeat(left: Left, seatNo: number): void {
  if (left.free[seatNo] !== 1) return;
  left.free[seatNo] = 0;
  for (const { levelOf, count } of left.counts.values()) {
    const level = levelOf[seatNo] ?? -1;
    if (level >= 0) count[level] = (count[level] ?? 0) - 1;
  }
}

/** Counted at the first question for a ticket type, then kept up to date by `takeSeat`. */
function countsOf(left: Left, ticketType: string) {
  const known = left.counts.get(ticketType);
  if (known) return known;
  const { levels, levelOf } = levelsOf(left, ticketType);
  const count = new Int32Array(levels.length);
  for (let seatNo = 0; seatNo < left.free.length; seatNo += 1) {
    const level = levelOf[seatNo] ?? -1;
    if (level >= 0 && left.free[seatNo] === 1) count[level] = (count[level] ?? 0) + 1;
  }
  const made = { levels, levelOf, count };
  left.counts.set(ticketType, made);
  return made;
}

function seatsFor(left: Left, wishes: WaitlistWishes): TicketItems | null {
  if (!hasSeats(left, wishes)) return null;
  const { quantity, ticketType, sections, categories, maxPriceMinor } = wishes;
  const { levels, levelOf } = countsOf(left, ticketType);
  const pick = bestAvailable({
    index: left.seatIndex,
    isFree: (seatNo) => left.free[seatNo] === 1,
    quantity,
    ...(sections.length > 0 && { sections }),
    ...(categories.length > 0 && { categories }),
    priceOf: (seatNo) => levels[levelOf[seatNo] ?? -1]?.priceMinor ?? null,
    ...(maxPriceMinor !== null && { priceRange: { maxMinor: maxPriceMinor } }),
  });
  if (!pick || (wishes.together && !pick.together)) return null;
  return { seats: pick.seatNos.map((seatNo) => ({ seatNo, ticketType })), areas: [] };
}

/** As many seats as are wished for, and where they must be together, so many side by side. */
function hasSeats(left: Left, wishes: WaitlistWishes): boolean {
  const { quantity, maxPriceMinor } = wishes;
  const { levels, levelOf, count } = countsOf(left, wishes.ticketType);
  const accepts = acceptsPlace(left.plan, wishes);
  const fits = levels.map((level) => accepts(level) && level.priceMinor <= (maxPriceMinor ?? Infinity));
  let seats = 0;
  for (const [level, isFit] of fits.entries()) if (isFit) seats += count[level] ?? 0;
  if (seats < quantity) return false;
  if (quantity === 1 || !wishes.together) return true;
  const isOpen = (seatNo: number) => left.free[seatNo] === 1 && fits[levelOf[seatNo] ?? -1] === true;
  return left.stretches().some((stretch) => hasBlock(stretch, quantity, isOpen));
}

function hasBlock(stretch: Stretch, size: number, isOpen: (seatNo: number) => boolean): boolean {
  const { count, circular } = stretch;
  if (size > count) return false;
  // Round a table every seat can be the first of a block.
  const end = circular ? count + size - 1 : count;
  let length = 0;
  for (let offset = 0; offset < end; offset += 1) {
    length = isOpen(seatAt(stretch, offset)) ? length + 1 : 0;
    if (length === size) return true;
  }
  return false;
}

function areaFor(left: Left, wishes: WaitlistWishes): TicketItems | null {
  const { quantity, ticketType, maxPriceMinor } = wishes;
  const accepts = acceptsPlace(left.plan, wishes);
  for (const [areaNo, area] of left.plan.areas.entries()) {
    if ((left.areas.get(areaNo) ?? 0) < quantity || !accepts(area)) continue;
    const priceMinor = areaPriceMinor(left, { areaNo, ticketType });
    if (priceMinor === null || priceMinor > (maxPriceMinor ?? Infinity)) continue;
    return { seats: [], areas: [{ areaNo, ticketType, quantity }] };
  }
  return null;
}

export function hasFreePlace({ seats, areas }: Pick<FreePlaces, "seats" | "areas">): boolean {
  return (
    seats.some((state) => state === SEAT_STATE.free) ||
    areas.some((area) => area.capacity > area.held + area.claimed + area.sold)
  );
}
