import { DEFAULT_LOCALE, formatNumber, type Locale } from "./locale.ts";
import type { Currency } from "./money-schema.ts";
import { MINOR_UNITS_MAX } from "./minor-units.ts";

/**
 * amount x bps / 10,000, rounded half away from zero. The one rounding rule of the house;
 * exact in integers while |amount| <= MINOR_UNITS_MAX, because 10^12 x 10^4 would pass 2^53 it goes through BigInt.
 */
export function portionOf(amountMinor: number, bps: number): number {
  const product = BigInt(amountMinor) * BigInt(bps);
  const half = product < 0n ? -5_000n : 5_000n;
  return Number((product + half) / 10_000n);
}

/** Tax contained in a gross amount: gross - gross / (1 + rate), rounded half away from zero. */
export function includedTaxOf(grossMinor: number, bps: number): number {
  const numerator = BigInt(grossMinor) * BigInt(bps) * 2n;
  const denominator = (10_000n + BigInt(bps)) * 2n;
  const half = numerator < 0n ? -denominator / 2n : denominator / 2n;
  return Number((numerator + half) / denominator);
}

/** Decimal places of a currency as Intl knows them (EUR 2, JPY 0, KWD 3). */
export function fractionDigits(currency: Currency): number {
  return (
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** "148.00 EUR", or "148,00 EUR" for who writes so; the code stands after the amount. */
export function formatMoney(
  amountMinor: number,
  currency: Currency,
  locale: Locale = DEFAULT_LOCALE,
): string {
  const digits = fractionDigits(currency);
  return `${formatNumber(amountMinor / 10 ** digits, locale, digits)} ${currency}`;
}

/** "12.50" or "12" to minor units without a float in between; null when it is not an amount of that currency. */
export function parseMoney(text: string, currency: Currency): number | null {
  const match = /^(-?)(\d{1,13})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = "", fraction = ""] = match;
  const digits = fractionDigits(currency);
  if (fraction.length > digits) return null;
  const value = Number(whole + fraction.padEnd(digits, "0"));
  return value <= MINOR_UNITS_MAX ? (sign ? -value : value) : null;
}
