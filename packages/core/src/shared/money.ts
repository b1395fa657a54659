import { formatNumber } from "./format.ts";
import { DEFAULT_LOCALE, type Locale } from "./locale.ts";
import type { Currency } from "./money-schema.ts";
import { MINOR_UNITS_MAX } from "./minor-units.ts";

/**
 * amount x bps / 10,000, rounded half away from zero. The one rounding rule of Onsale;
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

/**
 * "12.50", "12,50" or "12" to minor units without a float in between; "1.250,00", "1,250.00", "1'250.00" and "1 250,00"
 * too. null when it is not an amount of that currency, or one that two readers would read differently: "1,250" is 1250
 * to one and 1.25 to the other.
 */
export function parseMoney(text: string, currency: Currency): number | null {
  const digits = fractionDigits(currency);
  const read = readAmount(text.trim(), digits);
  if (read === null || read.fraction.length > digits || read.whole.length > 13) return null;
  const value = Number(read.whole + read.fraction.padEnd(digits, "0"));
  return value <= MINOR_UNITS_MAX ? (read.isNegative ? -value : value) : null;
}

type Amount = { readonly isNegative: boolean; readonly whole: string; readonly fraction: string };

const PLAIN = /^(-?)(\d+)(?:[.,](\d+))?$/;
/** Digits in threes with one sign between them, which is not the one before the fraction. */
const GROUPED = /^(-?)(\d{1,3}(?:([.,'’ \u00A0\u202F])\d{3})(?:\3\d{3})*)(?:(?!\3)[.,](\d+))?$/u;
/** "1,250" and "1.250": three digits behind one sign. */
const ONE_GROUP = /^-?\d{1,3}([.,])\d{3}$/;

function readAmount(text: string, digits: number): Amount | null {
  const sign = ONE_GROUP.exec(text)?.[1];
  // A point before three decimals is how Onsale has always written dinars; yen have no decimals to mistake.
  const isRead = sign === undefined || (sign === "." ? digits === 3 : digits === 0);
  if (!isRead) return null;
  const grouped = sign === "." ? null : GROUPED.exec(text);
  if (grouped)
    return {
      isNegative: grouped[1] !== "",
      whole: (grouped[2] ?? "").replaceAll(/\D/g, ""),
      fraction: grouped[4] ?? "",
    };
  const plain = PLAIN.exec(text);
  if (!plain) return null;
  return { isNegative: plain[1] !== "", whole: plain[2] ?? "", fraction: plain[3] ?? "" };
}

/** How an amount is written in this currency, for advice: "58.00" in EUR, "58" in JPY, "58.000" in KWD. */
export function amountExample(currency: Currency, whole = 58): string {
  return whole.toFixed(fractionDigits(currency));
}
