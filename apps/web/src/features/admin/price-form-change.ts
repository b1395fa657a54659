import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import { allInMinor } from "@onsale/core/pricing/charges";
import { perOrderCharges } from "@onsale/core/pricing/display-price";
import { PriceList } from "@onsale/core/pricing/price-list";
import { priceLookup } from "@onsale/core/pricing/price-lookup";
import { formatMoney } from "@onsale/core/shared/money";

/** Whether both cost the same and read the same; the schema's own order of fields makes the texts comparable. */
export function isSameList(a: PriceList, b: PriceList): boolean {
  return JSON.stringify(PriceList.parse(a)) === JSON.stringify(PriceList.parse(b));
}

export type PriceRange = { readonly cheapestMinor: number; readonly dearestMinor: number };

/** The least and the most that one place costs, whole: with the fees of a ticket and the taxes on top. */
export function wholePriceRange(plan: SeatPlan, list: PriceList): PriceRange | null {
  const lookup = priceLookup(list);
  const faces = new Set<number>();
  const keyOf = (index: number | undefined) => plan.categories[index ?? -1]?.key ?? "";
  const offer = (faceMinor: number | null) => {
    if (faceMinor !== null) faces.add(faceMinor);
  };
  const seatIds = list.seatPrices.length > 0 ? plan.seatIds : [];
  const categories = new Set(plan.areas.map((area) => area.category));
  if (list.seatPrices.length === 0) for (const index of plan.category) categories.add(index);
  for (const { key: ticketType } of list.ticketTypes) {
    for (const index of categories) offer(lookup.cell(keyOf(index), ticketType));
    seatIds.forEach((seatId, seatNo) => offer(lookup.seat(seatId, keyOf(plan.category[seatNo]), ticketType)));
  }
  if (faces.size === 0) return null;
  const sorted = [...faces].sort((a, b) => a - b);
  // The face price decides: fees and taxes never shrink as it grows.
  return {
    cheapestMinor: allInMinor(list, sorted[0] ?? 0),
    dearestMinor: allInMinor(list, sorted.at(-1) ?? 0),
  };
}

/** What publishing `after` in place of `before` does to what fans pay, a sentence each. */
export function changeWords(plan: SeatPlan, before: PriceList, after: PriceList): string[] {
  const was = wholePriceRange(plan, before);
  const will = wholePriceRange(plan, after);
  if (!was || !will) return [];
  const money = (minor: number) => formatMoney(minor, after.currency);
  const goes = (name: string, from: number, to: number) =>
    from === to
      ? `The ${name} whole price stays ${money(to)}.`
      : `The ${name} whole price goes from ${money(from)} to ${money(to)}, ${money(Math.abs(to - from))} ${to > from ? "more" : "less"}.`;
  const perOrder = (list: PriceList) => {
    const { fixedMinor, bps } = perOrderCharges(list);
    return [...(fixedMinor > 0 ? [money(fixedMinor)] : []), ...(bps > 0 ? [`${bps / 100} %`] : [])].join(
      " and ",
    );
  };
  const [orderWas, orderWill] = [perOrder(before), perOrder(after)];
  return [
    goes("cheapest", was.cheapestMinor, will.cheapestMinor),
    goes("dearest", was.dearestMinor, will.dearestMinor),
    ...(orderWas === orderWill
      ? []
      : [`On top, once per order: ${orderWill || "nothing"}; it was ${orderWas || "nothing"}.`]),
  ];
}
