import type { PublicArea } from "../inventory/snapshot-wire.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import type { PriceList } from "../pricing/price-list.ts";
import { bestAvailable } from "../seat-rules/best-available.ts";
import { isReserved, seatAt, type SeatIndex, type Stretch } from "../seat-rules/seat-index.ts";
import { singlesBeside } from "../seat-rules/single-left.ts";
import { CONTESTED_QUANTITY, type FanPlan } from "./crowd.ts";

/** What a fan sees of the plan at one moment. */
export type PlanView = {
  readonly index: SeatIndex;
  readonly prices: Pick<PriceList, "prices">;
  readonly isFree: (seatNo: number) => boolean;
  readonly areas: readonly PublicArea[];
};

/**
 * What this fan asks for, or null when nothing fits. A party that finds no block of its size takes fewer places, as the
 * last people in a line do; so a crowd that is larger than the plan can sell it out.
 */
export function choosePlaces(
  fan: Pick<FanPlan, "wish" | "quantity" | "place">,
  view: PlanView,
): TicketItems | null {
  if (fan.wish === "accessible") return seatItems(view, chooseAccessible(fan, view));
  const area = chooseArea(fan, view);
  if (area) return area;
  for (let quantity = fan.quantity; quantity >= 1; quantity -= 1) {
    const seats = chooseBlock({ quantity, place: fan.place }, view);
    if (seats) return seatItems(view, seats);
  }
  return null;
}

/** The few blocks that everybody wants: the best of the empty plan. */
export function contestedBlocks(view: Pick<PlanView, "index" | "isFree">, count: number): number[][] {
  const blocks: number[][] = [];
  const gone = new Set<number>();
  while (blocks.length < count) {
    const isFree = (seatNo: number) => view.isFree(seatNo) && !gone.has(seatNo);
    const best = bestAvailable({ index: view.index, isFree, quantity: CONTESTED_QUANTITY });
    if (!best?.together) break;
    blocks.push([...best.seatNos]);
    for (const seatNo of best.seatNos) gone.add(seatNo);
  }
  return blocks;
}

/** One ticket type that each place's category is sold as; null when a place has no price. */
export function seatItems(
  { index: { plan }, prices }: Pick<PlanView, "index" | "prices">,
  seatNos: readonly number[] | null,
): TicketItems | null {
  if (!seatNos || seatNos.length === 0) return null;
  const seats = seatNos.flatMap((seatNo) => {
    const ticketType = ticketTypeIn(prices, plan.categories[plan.category[seatNo] ?? -1]?.key);
    return ticketType === null ? [] : [{ seatNo, ticketType }];
  });
  return seats.length === seatNos.length ? { seats, areas: [] } : null;
}

export function ticketTypeIn(
  { prices }: Pick<PriceList, "prices">,
  category: string | undefined,
): string | null {
  return prices.find((price) => price.category === category)?.ticketType ?? null;
}

/** Standing places draw as many of the crowd as their share of what is free. */
function chooseArea(
  { quantity, place }: Pick<FanPlan, "quantity" | "place">,
  view: PlanView,
): TicketItems | null {
  const { plan } = view.index;
  const open = view.areas.filter((area) => area.free > 0);
  const standing = open.reduce((sum, area) => sum + area.free, 0);
  if (standing === 0) return null;
  let seated = 0;
  for (let seatNo = 0; seatNo < plan.seatCount; seatNo += 1) if (view.isFree(seatNo)) seated += 1;
  let at = place * (standing + seated);
  for (const { areaNo, free } of open) {
    at -= free;
    if (at >= 0) continue;
    const ticketType = ticketTypeIn(view.prices, plan.categories[plan.areas[areaNo]?.category ?? -1]?.key);
    return ticketType === null
      ? null
      : { seats: [], areas: [{ areaNo, ticketType, quantity: Math.min(quantity, free) }] };
  }
  return null;
}

function chooseAccessible({ place }: Pick<FanPlan, "place">, { index, isFree }: PlanView): number[] | null {
  const free = [...index.accessible].filter(([seatNo]) => isFree(seatNo));
  const chosen = free[Math.floor(place * free.length)];
  if (!chosen) return null;
  const [seatNo, companions] = chosen;
  return [seatNo, ...companions.filter(isFree)].sort((a, b) => a - b);
}

/** From this fan's place in the plan onwards, the first neighbours that leave nobody alone; else those that leave fewest. */
function chooseBlock(
  { quantity, place }: { quantity: number; place: number },
  { index, isFree }: Pick<PlanView, "index" | "isFree">,
): number[] | null {
  const { plan, stretches } = index;
  const isOffered = (seatNo: number) => isFree(seatNo) && !isReserved(plan, seatNo);
  const from = place * stretches.length;
  let best: { seatNos: number[]; singles: number } | null = null;
  for (let n = 0; n < stretches.length; n += 1) {
    const stretch = stretches[(Math.floor(from) + n) % stretches.length];
    if (!stretch) continue;
    for (const offset of rotated(offsetsOf(stretch, quantity, isOffered), from % 1)) {
      const singles = singlesBeside(plan, stretch, { offset, size: quantity, isOpen: isFree });
      if (best && singles >= best.singles) continue;
      best = { seatNos: Array.from({ length: quantity }, (_, i) => seatAt(stretch, offset + i)), singles };
      if (singles === 0) return best.seatNos;
    }
  }
  return best?.seatNos ?? null;
}

/** Where in a row `size` neighbours are on offer. */
function offsetsOf(
  { first, count }: Stretch,
  size: number,
  isOffered: (seatNo: number) => boolean,
): number[] {
  const offsets: number[] = [];
  let length = 0;
  for (let offset = 0; offset < count; offset += 1) {
    length = isOffered(first + offset) ? length + 1 : 0;
    if (length >= size) offsets.push(offset - size + 1);
  }
  return offsets;
}

/** Begins at a share of the list, so that two fans in one row do not both press its first seat. */
function rotated(values: readonly number[], share: number): readonly number[] {
  const at = Math.floor(share * values.length);
  return [...values.slice(at), ...values.slice(0, at)];
}
