import { includedTaxOf, portionOf } from "../shared/money.ts";
import type { Fee, PriceList, Tax } from "./price-list.ts";
import { shareOut } from "./share-out.ts";

/**
 * Fees and taxes are worked out per unit: each ticket with its own fees is one unit, the fees of the whole order are one
 * more. Every unit is rounded for itself, so n equal tickets cost exactly n times the price shown for one.
 */
export type ChargeUnit = { readonly ticketsMinor: number; readonly feesMinor: number };

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

/** What each fee of the list takes from one ticket; 0 for fees of the order. */
export function ticketFees(fees: readonly Fee[], faceMinor: number): number[] {
  return fees.map((fee) => (fee.per === "ticket" ? feeOn(fee, faceMinor) : 0));
}

/** What each fee of the list takes from the order as a whole, rounded once; 0 for fees per ticket. */
export function orderFees(fees: readonly Fee[], faceMinor: number): number[] {
  return fees.map((fee) => (fee.per === "order" ? feeOn(fee, faceMinor) : 0));
}

function feeOn(fee: Fee, baseMinor: number): number {
  return fee.kind === "fixed" ? fee.amountMinor : portionOf(baseMinor, fee.bps);
}

/**
 * What each tax of the list takes from one unit, in list order. Added taxes are a portion of the amount shown and do not
 * compound. Included taxes on the same amount are taken out together (gross = net x (1 + sum of rates)) and then shared
 * by rate, so two of them never claim the same cent.
 */
export function unitTaxes(taxes: readonly Tax[], unit: ChargeUnit): number[] {
  const amounts = taxes.map((tax) => (tax.mode === "added" ? portionOf(baseOf(tax, unit), tax.bps) : 0));
  for (const part of includedParts(taxes, unit)) {
    const rates = part.taxes.map((index) => taxes[index]?.bps ?? 0);
    const shares = shareOut(includedTaxOf(part.grossMinor, sum(rates)), rates);
    part.taxes.forEach((index, n) => {
      amounts[index] = (amounts[index] ?? 0) + (shares[n] ?? 0);
    });
  }
  return amounts;
}

function baseOf(tax: Tax, unit: ChargeUnit): number {
  switch (tax.on) {
    case "tickets":
      return unit.ticketsMinor;
    case "fees":
      return unit.feesMinor;
    case "all":
      return unit.ticketsMinor + unit.feesMinor;
  }
}

/** The unit cut where different included taxes apply, so that each part has one combined rate. */
function includedParts(taxes: readonly Tax[], unit: ChargeUnit): { grossMinor: number; taxes: number[] }[] {
  const included = taxes.flatMap((tax, index) => (tax.mode === "included" && tax.bps > 0 ? [index] : []));
  const on = (place: "tickets" | "fees"): number[] =>
    included.filter((index) => taxes[index]?.on === place || taxes[index]?.on === "all");
  const parts = included.every((index) => taxes[index]?.on === "all")
    ? [{ grossMinor: unit.ticketsMinor + unit.feesMinor, taxes: included }]
    : [
        { grossMinor: unit.ticketsMinor, taxes: on("tickets") },
        { grossMinor: unit.feesMinor, taxes: on("fees") },
      ];
  return parts.filter((part) => part.taxes.length > 0);
}

/** What a fan pays for one ticket, whole: its price, its fees, and the taxes that come on top of both. */
export function allInMinor(priceList: PriceList, faceMinor: number): number {
  const feesMinor = sum(ticketFees(priceList.fees, faceMinor));
  return faceMinor + feesMinor + addedTaxMinor(priceList, { ticketsMinor: faceMinor, feesMinor });
}

/** Taxes that come on top of a unit. */
export function addedTaxMinor(priceList: PriceList, unit: ChargeUnit): number {
  return sum(unitTaxes(priceList.taxes, unit).filter((_, index) => priceList.taxes[index]?.mode === "added"));
}
