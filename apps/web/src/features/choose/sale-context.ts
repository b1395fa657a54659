import type { EventPage, SaleMap } from "@onsale/contract/event";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import type { Locale } from "@onsale/core/shared/locale";
import { seatPriceMinor } from "@onsale/core/pricing/display-price";
import { priceLookup } from "@onsale/core/pricing/price-lookup";
import type { PriceList } from "@onsale/core/pricing/price-list";
import { levelByCategory, type PriceLevel, priceLevels } from "../seat-map/price-levels.ts";

/** What the map, the list and the selection of one event all need; made once when the layout is here. */
export type Sale = {
  readonly event: EventPage;
  readonly map: SaleMap;
  readonly plan: SeatPlan;
  readonly priceList: PriceList;
  readonly currency: string;
  /** How amounts are written for this reader. */
  readonly locale: Locale;
  readonly levels: readonly PriceLevel[];
  readonly levelOf: Uint8Array;
};

export function makeSale(
  event: EventPage,
  map: SaleMap,
  { plan, locale }: { plan: SeatPlan; locale: Locale },
): Sale {
  const levels = priceLevels(plan.categories, map.prices);
  return {
    event,
    map,
    plan,
    priceList: map.priceList,
    currency: event.currency,
    locale,
    levels,
    levelOf: levelByCategory(levels),
  };
}

export type PricedType = { readonly key: string; readonly label: string; readonly amountMinor: number };

/** The ticket types a seat is sold as, with its whole price. */
export function seatTypes({ plan, priceList }: Sale, seatNo: number): PricedType[] {
  return priceList.ticketTypes.flatMap(({ key, label }) => {
    const amountMinor = seatPriceMinor(plan, priceList, { seatNo, ticketType: key });
    return amountMinor === null ? [] : [{ key, label, amountMinor }];
  });
}

/** The same for a standing area. */
export function areaTypes({ plan, priceList, map }: Sale, areaNo: number): PricedType[] {
  const category = plan.categories[plan.areas[areaNo]?.category ?? -1]?.key ?? "";
  return priceList.ticketTypes.flatMap(({ key, label }) => {
    if (priceLookup(priceList).cell(category, key) === null) return [];
    const price = map.prices.find((one) => one.category === category && one.ticketType === key);
    return price ? [{ key, label, amountMinor: price.allInMinor }] : [];
  });
}
