import type { SeatPlan } from "../layout/seat-plan.ts";
import { allInMinor } from "../pricing/charges.ts";
import type { PriceList } from "../pricing/price-list.ts";
import { priceLookup } from "../pricing/price-lookup.ts";
import { isReserved } from "../seat-rules/seat-index.ts";
import type { WaitlistWishes } from "./waitlist.ts";

/** Seats of one section and price level that cost the same, whole. */
type Level = { readonly section: number; readonly category: number; readonly priceMinor: number };
/** What is sold as one ticket type: as many levels as a plan has kinds of seats, not as many as it has seats. */
export type Levels = {
  readonly levels: readonly Level[];
  /** By seat number: index into `levels`; -1 for a seat that is not sold so, or that is kept for somebody. */
  readonly levelOf: Int32Array;
};
type SeatsForSale = { readonly plan: SeatPlan; readonly priceList: PriceList };

// Neither a plan nor a published list ever changes.
const known = new WeakMap<PriceList, { plan: SeatPlan; byType: Map<string, Levels> }>();

/** Scans every seat once per price list and ticket type. */
export function levelsOf({ plan, priceList }: SeatsForSale, ticketType: string): Levels {
  let kept = known.get(priceList);
  if (kept?.plan !== plan) {
    kept = { plan, byType: new Map() };
    known.set(priceList, kept);
  }
  // Only types of the list are kept, whatever was asked for.
  const isSold = priceList.ticketTypes.some(({ key }) => key === ticketType);
  const made = kept.byType.get(ticketType) ?? computeLevels({ plan, priceList }, ticketType);
  if (isSold) kept.byType.set(ticketType, made);
  return made;
}

function computeLevels({ plan, priceList }: SeatsForSale, ticketType: string): Levels {
  const faceOf = makeFaceOf({ plan, priceList }, ticketType);
  const levels: Level[] = [];
  const levelOf = new Int32Array(plan.seatCount).fill(-1);
  const numbers = new Map<string, number>();
  for (let seatNo = 0; seatNo < plan.seatCount; seatNo += 1) {
    const faceMinor = isReserved(plan, seatNo) ? null : faceOf(seatNo);
    if (faceMinor === null) continue;
    const section = plan.runs[plan.run[seatNo] ?? -1]?.section ?? -1;
    const category = plan.category[seatNo] ?? -1;
    const key = `${section} ${category} ${faceMinor}`;
    let level = numbers.get(key);
    if (level === undefined) {
      level = levels.push({ section, category, priceMinor: allInMinor(priceList, faceMinor) }) - 1;
      numbers.set(key, level);
    }
    levelOf[seatNo] = level;
  }
  return { levels, levelOf };
}

function makeFaceOf(
  { plan, priceList }: SeatsForSale,
  ticketType: string,
): (seatNo: number) => number | null {
  const lookup = priceLookup(priceList);
  const cells = plan.categories.map(({ key }) => lookup.cell(key, ticketType));
  if (priceList.seatPrices.length === 0) return (seatNo) => cells[plan.category[seatNo] ?? -1] ?? null;
  return (seatNo) => {
    const category = plan.categories[plan.category[seatNo] ?? -1]?.key ?? "";
    return lookup.seat(plan.seatIds[seatNo] ?? "", category, ticketType);
  };
}

/** Whether these wishes accept seats or places of such a level, at any price. */
export function acceptsPlace(
  plan: SeatPlan,
  { sections, categories }: Pick<WaitlistWishes, "sections" | "categories">,
): (place: { readonly section: number; readonly category: number }) => boolean {
  const [inSection, inCategory] = [new Set(sections), new Set(categories)];
  const sectionFits = plan.sections.map(({ key }) => inSection.size === 0 || inSection.has(key));
  const categoryFits = plan.categories.map(({ key }) => inCategory.size === 0 || inCategory.has(key));
  return ({ section, category }) =>
    (inSection.size === 0 || sectionFits[section] === true) &&
    (inCategory.size === 0 || categoryFits[category] === true);
}

/** One standing place, whole; null when this ticket type is not sold there. Minor units. */
export function areaPriceMinor(
  { plan, priceList }: SeatsForSale,
  { areaNo, ticketType }: { areaNo: number; ticketType: string },
): number | null {
  const category = plan.categories[plan.areas[areaNo]?.category ?? -1]?.key ?? "";
  const faceMinor = priceLookup(priceList).cell(category, ticketType);
  return faceMinor === null ? null : allInMinor(priceList, faceMinor);
}

/** The least that one ticket of what is accepted costs, whole, free or not; null when nothing of it is sold. */
export function cheapestMinor(sale: SeatsForSale, wishes: WaitlistWishes): number | null {
  const { ticketType } = wishes;
  const accepts = acceptsPlace(sale.plan, wishes);
  const seats = levelsOf(sale, ticketType).levels.filter(accepts);
  const areas = sale.plan.areas.flatMap((area, areaNo) =>
    accepts(area) ? [areaPriceMinor(sale, { areaNo, ticketType })] : [],
  );
  let least: number | null = null;
  for (const price of [...seats.map(({ priceMinor }) => priceMinor), ...areas])
    if (price !== null && (least === null || price < least)) least = price;
  return least;
}
