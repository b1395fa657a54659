import { problem, type Problem } from "../shared/problem.ts";
import type { SeatName } from "../shared/sale-problems.ts";
import type { SeatPlan } from "../layout/seat-plan.ts";
import { MINOR_UNITS_MAX } from "../shared/minor-units.ts";
import { orderFees, ticketFees, unitTaxes } from "./charges.ts";
import { areaPlace, seatName, seatPlace, seatWords } from "../layout/place-name.ts";
import type { PriceList } from "./price-list.ts";
import { priceLookup } from "./price-lookup.ts";
import type { TicketItems } from "./ticket-items.ts";
import type { Quote, QuoteItem, QuoteLine } from "./quote-schema.ts";
import { ticketCount } from "./ticket-count.ts";
import { ITEMS_PER_HOLD_MAX } from "./items-max.ts";

export type QuoteRequest = {
  readonly plan: SeatPlan;
  readonly priceList: PriceList;
  readonly priceVersion: number;
  readonly items: TicketItems;
};
export type QuoteRefusal = { readonly problems: readonly Problem[] };

/** A quote before it is sealed: what a selection shows. Its hash is what a hold locks, and takes a library that no selection needs. */
export type Bill = Omit<Quote, "hash">;

/** Pure and the same in browser, API and CLI. A selection that cannot be sold is an answer with every problem, not a throw. */
export function makeBill(
  request: QuoteRequest,
): { readonly bill: Bill; readonly charges: Charges } | QuoteRefusal {
  const { priceList, priceVersion } = request;
  const problems: Problem[] = [...itemProblems(request.items)];
  const groups = [...seatGroups(request, problems), ...areaGroups(request, problems)];
  if (problems.length > 0) return { problems };

  const items = groups
    .flatMap((group) => Array.from({ length: group.quantity }, () => group.item))
    .map((item, index) => ({ ...item, index }));
  const charges = sumCharges(priceList, items);
  const faceMinor = sum(items.map((item) => item.faceMinor));
  const feeMinor = sum(charges.fees);
  const taxMinor = (mode: "included" | "added"): number =>
    sum(charges.taxes.filter((_, index) => priceList.taxes[index]?.mode === mode));
  const taxAddedMinor = taxMinor("added");
  const totalMinor = faceMinor + feeMinor + taxAddedMinor;
  if (totalMinor > MINOR_UNITS_MAX) return { problems: [problem("items.too_expensive", "items")] };

  const bill = {
    currency: priceList.currency,
    priceVersion,
    items,
    totalMinor,
    lines: [...groups.map(ticketLine), ...chargeLines(priceList, charges, items.length)],
    faceMinor,
    feeMinor,
    taxIncludedMinor: taxMinor("included"),
    taxAddedMinor,
    ticketCount: items.length,
  };
  return { bill, charges };
}

/** Tickets of one place and type at one price: a seat alone, or several places in a standing area. */
type Group = {
  readonly item: Omit<QuoteItem, "index">;
  readonly typeLabel: string;
  readonly words: string;
  readonly quantity: number;
};
/** Sums in the order of the price list's fees and taxes. */
export type Charges = { readonly fees: readonly number[]; readonly taxes: readonly number[] };

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

function itemProblems(items: TicketItems): Problem[] {
  const count = ticketCount(items);
  if (count === 0) return [problem("items.empty", "items")];
  return count > ITEMS_PER_HOLD_MAX ? [problem("items.too_many", "items", { max: ITEMS_PER_HOLD_MAX })] : [];
}

function seatGroups({ plan, priceList, items }: QuoteRequest, problems: Problem[]): Group[] {
  const seen = new Set<number>();
  const groups: Group[] = [];
  items.seats.forEach(({ seatNo, ticketType }, n) => {
    const path = `items.seats[${n}]`;
    const seatId = plan.seatIds[seatNo];
    if (seatId === undefined) {
      problems.push(problem("seat.unknown", path, { seatNo }));
      return;
    }
    if (seen.has(seatNo)) {
      problems.push(problem("seat.duplicate", path, { seat: seatName(plan, seatNo) }));
      return;
    }
    seen.add(seatNo);
    const category = categoryKey(plan, plan.category[seatNo]);
    const faceMinor = priceLookup(priceList).seat(seatId, category, ticketType);
    const typeLabel = soldAs(
      priceList,
      { ticketType, faceMinor, path, place: () => seatName(plan, seatNo) },
      problems,
    );
    if (typeLabel === null || faceMinor === null) return;
    const place = seatPlace(plan, seatNo);
    const item = { seatNo, areaNo: null, place, ticketType, category, faceMinor };
    groups.push({ item, typeLabel, words: seatWords(plan, seatNo), quantity: 1 });
  });
  return groups.sort((a, b) => (a.item.seatNo ?? 0) - (b.item.seatNo ?? 0));
}

function areaGroups({ plan, priceList, items }: QuoteRequest, problems: Problem[]): Group[] {
  const groups = new Map<string, Group>();
  items.areas.forEach(({ areaNo, ticketType, quantity }, n) => {
    const path = `items.areas[${n}]`;
    const area = plan.areas[areaNo];
    if (area === undefined) {
      problems.push(problem("area.unknown", path, { areaNo }));
      return;
    }
    const category = categoryKey(plan, area.category);
    const faceMinor = priceLookup(priceList).cell(category, ticketType);
    const typeLabel = soldAs(priceList, { ticketType, faceMinor, path, place: () => area.label }, problems);
    if (typeLabel === null || faceMinor === null) return;
    const item = {
      seatNo: null,
      areaNo,
      place: areaPlace(plan, areaNo),
      ticketType,
      category,
      faceMinor,
    };
    const key = `${areaNo} ${ticketType}`;
    const before = groups.get(key)?.quantity ?? 0;
    groups.set(key, { item, typeLabel, words: area.label, quantity: before + quantity });
  });
  // Compared by code unit: a locale's order would give browser and server different hashes.
  return [...groups.values()].sort(
    (a, b) => (a.item.areaNo ?? 0) - (b.item.areaNo ?? 0) || (a.item.ticketType < b.item.ticketType ? -1 : 1),
  );
}

/** The ticket type's label, or null with a problem when it does not exist or is not sold there. */
function soldAs(
  priceList: PriceList,
  ask: { ticketType: string; faceMinor: number | null; path: string; place: () => SeatName | string },
  problems: Problem[],
): string | null {
  const label = priceLookup(priceList).ticketTypeLabel(ask.ticketType);
  if (label === null) {
    const { ticketType } = ask;
    problems.push(problem("ticket_type.unknown", `${ask.path}.ticketType`, { ticketType }));
  } else if (ask.faceMinor === null) {
    problems.push(problem("price.missing", ask.path, { place: ask.place(), ticketType: label }));
  }
  return label;
}

function categoryKey(plan: SeatPlan, index: number | undefined): string {
  return plan.categories[index ?? -1]?.key ?? "";
}

function sumCharges({ fees, taxes }: PriceList, items: readonly QuoteItem[]): Charges {
  const feeSums = fees.map(() => 0);
  const taxSums = taxes.map(() => 0);
  const charge = (ticketsMinor: number, feeAmounts: readonly number[]): void => {
    feeAmounts.forEach((amount, index) => (feeSums[index] = (feeSums[index] ?? 0) + amount));
    unitTaxes(taxes, { ticketsMinor, feesMinor: sum(feeAmounts) }).forEach(
      (amount, index) => (taxSums[index] = (taxSums[index] ?? 0) + amount),
    );
  };
  for (const { faceMinor } of items) charge(faceMinor, ticketFees(fees, faceMinor));
  charge(0, orderFees(fees, sum(items.map((item) => item.faceMinor))));
  return { fees: feeSums, taxes: taxSums };
}

function ticketLine({ item, typeLabel, words, quantity }: Group): QuoteLine {
  return {
    kind: "tickets",
    key: item.ticketType,
    label: typeLabel,
    place: words,
    ticketType: item.ticketType,
    quantity,
    unitMinor: item.faceMinor,
    amountMinor: item.faceMinor * quantity,
    included: false,
  };
}

function chargeLines(priceList: PriceList, charges: Charges, tickets: number): QuoteLine[] {
  const rest = { place: null, ticketType: null };
  const feeLines = priceList.fees.map((fee, index): QuoteLine => {
    const quantity = fee.per === "ticket" ? tickets : 1;
    const amountMinor = charges.fees[index] ?? 0;
    const unitMinor = fee.kind === "fixed" ? fee.amountMinor : null;
    const { key, label } = fee;
    return { kind: "fee", key, label, ...rest, quantity, unitMinor, amountMinor, included: false };
  });
  const taxLines = priceList.taxes.map((tax, index): QuoteLine => {
    const amountMinor = charges.taxes[index] ?? 0;
    const { key, label } = tax;
    const included = tax.mode === "included";
    return { kind: "tax", key, label, ...rest, quantity: 1, unitMinor: null, amountMinor, included };
  });
  return [...feeLines, ...taxLines].filter((line) => line.amountMinor > 0);
}
