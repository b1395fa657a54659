import { problem, type Problem } from "../shared/problem.ts";
import type { SeatPlan } from "../layout/seat-plan.ts";
import type { PriceList } from "./price-list.ts";

/** Every fault of a price list against the layout it is for; paths point into the list. Empty: it can be published. */
export function validatePriceList(plan: SeatPlan, priceList: PriceList): Problem[] {
  return [
    ...keyProblems(priceList),
    ...cellProblems(plan, priceList),
    ...seatPriceProblems(plan, priceList),
    ...unpricedCategories(plan, priceList),
  ];
}

function keyProblems({ ticketTypes, fees, taxes }: PriceList): Problem[] {
  return [
    ...repeats("ticketTypes", ticketTypes, "ticket_type.duplicate"),
    ...repeats("fees", fees, "fee.duplicate"),
    ...repeats("taxes", taxes, "tax.duplicate"),
  ];
}

function cellProblems(plan: SeatPlan, { ticketTypes, prices }: PriceList): Problem[] {
  const categories = new Set(plan.categories.map((category) => category.key));
  const types = new Set(ticketTypes.map((type) => type.key));
  const seen = new Set<string>();
  const problems: Problem[] = [];
  prices.forEach(({ category, ticketType }, n) => {
    const path = `prices[${n}]`;
    if (!categories.has(category)) {
      problems.push(problem("price.unknown_category", `${path}.category`, { category }));
    }
    if (!types.has(ticketType)) problems.push(unknownType(path, ticketType));
    const cell = JSON.stringify([category, ticketType]);
    if (seen.has(cell)) {
      problems.push(problem("price.duplicate", path, { category, ticketType }));
    }
    seen.add(cell);
  });
  return problems;
}

function seatPriceProblems(plan: SeatPlan, { ticketTypes, seatPrices }: PriceList): Problem[] {
  if (seatPrices.length === 0) return [];
  const seatIds = new Set(plan.seatIds);
  const types = new Set(ticketTypes.map((type) => type.key));
  const seen = new Set<string>();
  const problems: Problem[] = [];
  seatPrices.forEach(({ seatId, ticketType }, n) => {
    const path = `seatPrices[${n}]`;
    if (!seatIds.has(seatId)) {
      problems.push(problem("price.unknown_seat", `${path}.seatId`, { seatId }));
    }
    if (ticketType !== undefined && !types.has(ticketType)) problems.push(unknownType(path, ticketType));
    const cell = JSON.stringify([seatId, ticketType ?? null]);
    if (seen.has(cell)) {
      problems.push(problem("price.duplicate", path, { seatId, ticketType: ticketType ?? null }));
    }
    seen.add(cell);
  });
  return problems;
}

/** A category with places needs a price, or each of its seats one of its own: else nobody could buy them. */
function unpricedCategories(plan: SeatPlan, { prices, seatPrices }: PriceList): Problem[] {
  const priced = new Set(prices.map((price) => price.category));
  const ownPrice = new Set(seatPrices.map((price) => price.seatId));
  const unsold = plan.categories.map(() => 0);
  const count = (category: number | undefined, places: number): void => {
    if (category !== undefined) unsold[category] = (unsold[category] ?? 0) + places;
  };
  for (const area of plan.areas) count(area.category, area.capacity);
  plan.seatIds.forEach((seatId, seatNo) => {
    if (!ownPrice.has(seatId)) count(plan.category[seatNo], 1);
  });
  return plan.categories.flatMap(({ key, label, notForSale }, index) => {
    const places = unsold[index] ?? 0;
    if (places === 0 || notForSale || priced.has(key)) return [];
    return [problem("price.missing", "prices", { category: label, places })];
  });
}

function repeats(
  list: string,
  entries: readonly { readonly key: string }[],
  code: "ticket_type.duplicate" | "fee.duplicate" | "tax.duplicate",
): Problem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ key }, n) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [problem(code, `${list}[${n}].key`, { key })];
  });
}

function unknownType(path: string, ticketType: string): Problem {
  return problem("price.unknown_ticket_type", `${path}.ticketType`, { ticketType });
}
