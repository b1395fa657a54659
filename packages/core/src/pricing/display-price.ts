import type { SeatPlan } from "../layout/seat-plan.ts";
import { addedTaxMinor, allInMinor, orderFees } from "./charges.ts";
import type { DisplayPrice } from "./display-price-schema.ts";
import type { PriceList } from "./price-list.ts";
import { priceLookup } from "./price-lookup.ts";

/** Categories that have places, in plan order; within each, ticket types in list order. */
export function displayPrices(plan: SeatPlan, priceList: PriceList): DisplayPrice[] {
  const lookup = priceLookup(priceList);
  return usedCategories(plan).flatMap((category) =>
    priceList.ticketTypes.flatMap((type): DisplayPrice[] => {
      const faceMinor = lookup.cell(category, type.key);
      if (faceMinor === null) return [];
      const named = { category, ticketType: type.key, ticketTypeLabel: type.label };
      return [{ ...named, faceMinor, allInMinor: allInMinor(priceList, faceMinor) }];
    }),
  );
}

/**
 * What is charged once per order whatever is bought, so that no ticket's price can hold it: must be said beside prices
 * when not 0. `fixedMinor` includes the taxes on it; `bps` are percent fees on the sum of the face prices, before tax.
 */
export function perOrderCharges(priceList: PriceList): { fixedMinor: number; bps: number } {
  const fixedFees = priceList.fees.filter((fee) => fee.kind === "fixed");
  const feesMinor = orderFees(fixedFees, 0).reduce((a, b) => a + b, 0);
  return {
    fixedMinor: feesMinor + addedTaxMinor(priceList, { ticketsMinor: 0, feesMinor }),
    bps: priceList.fees.reduce(
      (sum, fee) => sum + (fee.kind === "percent" && fee.per === "order" ? fee.bps : 0),
      0,
    ),
  };
}

// Event lists ask this for every event on every request; neither a plan nor a published list ever changes.
const fromPrices = new WeakMap<PriceList, { plan: SeatPlan; fromMinor: number | null }>();

/** "from 38.50": the least any one place of the plan costs, whole; null when nothing is sold. */
export function fromPrice(plan: SeatPlan, priceList: PriceList): number | null {
  const known = fromPrices.get(priceList);
  if (known?.plan === plan) return known.fromMinor;
  const faceMinor = leastFaceMinor(plan, priceList);
  // The face price decides: fees and taxes never shrink as it grows.
  const fromMinor = faceMinor === null ? null : allInMinor(priceList, faceMinor);
  fromPrices.set(priceList, { plan, fromMinor });
  return fromMinor;
}

/** Scans every seat when some have their own price. */
function leastFaceMinor(plan: SeatPlan, priceList: PriceList): number | null {
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
  return leastMinor;
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
