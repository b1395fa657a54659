import type { SeatPlan } from "../layout/seat-plan.ts";
import { addedTaxMinor, allInMinor, orderFees } from "./charges.ts";
import type { PriceList } from "./price-list.ts";
import { priceLookup } from "./price-lookup.ts";

/** What a ticket costs before anything is chosen, whole: with the fees of a ticket and the taxes on top. */
export type DisplayPrice = {
  readonly category: string;
  readonly ticketType: string;
  readonly ticketTypeLabel: string;
  /** What the organizer set. */
  readonly faceMinor: number;
  /** What the fan pays for one. */
  readonly allInMinor: number;
};
export type DisplayPrices = {
  readonly currency: string;
  /** Categories that have places, in plan order; ticket types in list order. */
  readonly prices: readonly DisplayPrice[];
  /** The least that any one place costs, its own price included; null when nothing is sold. */
  readonly fromMinor: number | null;
  /** Charged once per order whatever is bought, with tax; must be said beside the prices when not 0. */
  readonly perOrderMinor: number;
  /** The same for percent fees per order, in basis points of the face prices, before tax. */
  readonly perOrderBps: number;
};

export function displayPrices(plan: SeatPlan, priceList: PriceList): DisplayPrices {
  const lookup = priceLookup(priceList);
  const prices = usedCategories(plan).flatMap((category) =>
    priceList.ticketTypes.flatMap((type): DisplayPrice[] => {
      const faceMinor = lookup.cell(category, type.key);
      if (faceMinor === null) return [];
      const named = { category, ticketType: type.key, ticketTypeLabel: type.label };
      return [{ ...named, faceMinor, allInMinor: allInMinor(priceList, faceMinor) }];
    }),
  );
  const fixedFees = priceList.fees.filter((fee) => fee.kind === "fixed");
  const fixedMinor = orderFees(fixedFees, 0).reduce((a, b) => a + b, 0);
  return {
    currency: priceList.currency,
    prices,
    fromMinor: fromPrice(plan, priceList),
    perOrderMinor: fixedMinor + addedTaxMinor(priceList, { ticketsMinor: 0, feesMinor: fixedMinor }),
    perOrderBps: priceList.fees.reduce(
      (bps, fee) => bps + (fee.kind === "percent" && fee.per === "order" ? fee.bps : 0),
      0,
    ),
  };
}

/** "from 38.50": the least any one place of the plan costs, whole. Scans every seat when some have their own price. */
export function fromPrice(plan: SeatPlan, priceList: PriceList): number | null {
  let leastMinor: number | null = null;
  const offer = (faceMinor: number | null): void => {
    if (faceMinor !== null && (leastMinor === null || faceMinor < leastMinor)) leastMinor = faceMinor;
  };
  const lookup = priceLookup(priceList);
  const ownPrices = priceList.seatPrices.length > 0;
  for (const { key: ticketType } of priceList.ticketTypes) {
    // A category whose seats all have their own price does not sell at its cell, so then each seat is asked.
    const cells = ownPrices
      ? plan.areas.map((area) => categoryKey(plan, area.category))
      : usedCategories(plan);
    for (const category of cells) offer(lookup.cell(category, ticketType));
    if (!ownPrices) continue;
    for (let seatNo = 0; seatNo < plan.seatCount; seatNo += 1)
      offer(seatFaceMinor(plan, priceList, { seatNo, ticketType }));
  }
  // The face price decides: fees and taxes never shrink as it grows.
  return leastMinor === null ? null : allInMinor(priceList, leastMinor);
}

/** What one seat costs as one ticket type, whole; null when it is not sold so. For the seat map's tooltip. */
export function seatPriceMinor(
  plan: SeatPlan,
  priceList: PriceList,
  ask: { seatNo: number; ticketType: string },
): number | null {
  const faceMinor = seatFaceMinor(plan, priceList, ask);
  return faceMinor === null ? null : allInMinor(priceList, faceMinor);
}

function seatFaceMinor(
  plan: SeatPlan,
  priceList: PriceList,
  { seatNo, ticketType }: { seatNo: number; ticketType: string },
): number | null {
  const category = categoryKey(plan, plan.category[seatNo]);
  return priceLookup(priceList).seat(plan.seatIds[seatNo] ?? "", category, ticketType);
}

function categoryKey(plan: SeatPlan, index: number | undefined): string {
  return plan.categories[index ?? -1]?.key ?? "";
}

function usedCategories(plan: SeatPlan): string[] {
  const used = new Set<number>(plan.category);
  for (const area of plan.areas) used.add(area.category);
  return plan.categories.flatMap((category, index) => (used.has(index) ? [category.key] : []));
}
