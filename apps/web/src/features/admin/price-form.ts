import type { Locale } from "@onsale/core/shared/locale";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import { type Fee, type Price, PriceList, type Tax } from "@onsale/core/pricing/price-list";
import type { z } from "zod";
import { amountExample, fractionDigits, parseMoney } from "@onsale/core/shared/money";
import { faultWords, typedAt } from "./fault-words.ts";

/** What a fee is counted by; an amount of money, or a share in percent. */
export type Charge = `${Fee["kind"]} ${Fee["per"]}`;

/** A fee as typed; one without an amount is not charged. */
export type FeeForm = {
  readonly key: string;
  readonly label: string;
  readonly charge: Charge;
  readonly amount: string;
};

/** A tax as typed; one without a percentage is not charged. */
export type TaxForm = {
  readonly key: string;
  readonly label: string;
  readonly percent: string;
  readonly mode: Tax["mode"];
  readonly on: Tax["on"];
};

/** The price table as typed: rows are categories, columns ticket types, cells amounts in words ("58.00"). */
export type PriceForm = {
  readonly types: readonly { readonly key: string; readonly label: string }[];
  /** `${category}\n${ticketType}` to text; an empty cell is not sold. */
  readonly cells: Readonly<Record<string, string>>;
  readonly fees: readonly FeeForm[];
  readonly taxes: readonly TaxForm[];
};

export const cellKey = (category: string, ticketType: string) => `${category}\n${ticketType}`;

const NO_FEE: FeeForm = { key: "service", label: "Service fee", charge: "fixed ticket", amount: "" };
const NO_TAX: TaxForm = { key: "vat", label: "VAT", percent: "", mode: "included", on: "all" };

/** A list without fees or taxes shows an empty line for one of each. */
export function priceFormOf(list: PriceList | null, currency: string): PriceForm {
  const fees = (list?.fees ?? []).map((fee): FeeForm => ({
    key: fee.key,
    label: fee.label,
    charge: `${fee.kind} ${fee.per}`,
    amount: fee.kind === "fixed" ? amountText(fee.amountMinor, currency) : percentText(fee.bps),
  }));
  const taxes = (list?.taxes ?? []).map(({ bps, ...tax }): TaxForm => ({
    ...tax,
    percent: percentText(bps),
  }));
  return {
    types: list?.ticketTypes.map(({ key, label }) => ({ key, label })) ?? [{ key: "adult", label: "Adult" }],
    cells: Object.fromEntries(
      (list?.prices ?? []).map((price) => [
        cellKey(price.category, price.ticketType),
        amountText(price.amountMinor, currency),
      ]),
    ),
    fees: fees.length > 0 ? fees : [NO_FEE],
    taxes: taxes.length > 0 ? taxes : [NO_TAX],
  };
}

/** One more line, under a key that no other has. */
export const withFee = (fees: readonly FeeForm[]): FeeForm[] => [
  ...fees,
  { ...NO_FEE, label: "", key: freeKey("fee", fees) },
];
export const withTax = (taxes: readonly TaxForm[]): TaxForm[] => [
  ...taxes,
  { ...NO_TAX, label: "", key: freeKey("tax", taxes) },
];

/** Without a ticket type and all that it cost; seats that had a price of their own for it lose that too. */
export function withoutType(form: PriceForm, key: string): Pick<PriceForm, "types" | "cells"> {
  return {
    types: form.types.filter((type) => type.key !== key),
    cells: Object.fromEntries(Object.entries(form.cells).filter(([cell]) => !cell.endsWith(`\n${key}`))),
  };
}

/** A ticket type that was in `before`, back where it was and with its prices; what else changed since stays. */
export function withTypeAgain(
  now: PriceForm,
  before: PriceForm,
  key: string,
): Pick<PriceForm, "types" | "cells"> {
  const at = before.types.findIndex((type) => type.key === key);
  const prices = Object.entries(before.cells).filter(([cell]) => cell.endsWith(`\n${key}`));
  return {
    types: now.types.toSpliced(at, 0, ...before.types.slice(at, at + 1)),
    cells: { ...now.cells, ...Object.fromEntries(prices) },
  };
}

function freeKey(stem: string, taken: readonly { readonly key: string }[]): string {
  let number = taken.length + 1;
  while (taken.some(({ key }) => key === `${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

function amountText(amountMinor: number, currency: string): string {
  const digits = fractionDigits(currency);
  return (amountMinor / 10 ** digits).toFixed(digits);
}

const percentText = (bps: number) => String(bps / 100);

/** By field: the key of a cell, or fees.KEY.label, fees.KEY.amount, taxes.KEY.label, taxes.KEY.percent, or a part: fees, taxes, types. */
export type PriceFaults = Readonly<Record<string, string>>;
export type PriceRead = { readonly list: PriceList } | { readonly faults: PriceFaults };
type Facts = {
  readonly plan: SeatPlan;
  readonly currency: string;
  readonly before: PriceList | null;
  readonly locale: Locale;
};

/**
 * Reads the table against the layout. What the form does not show (own seat prices, words to ticket types) is taken over
 * from `before`: the form of a list that nobody touched reads as that list. Prices of categories that the layout has no
 * more are left out, because they cannot be published.
 */
export function readPrices(form: PriceForm, facts: Facts): PriceRead {
  const { currency, before } = facts;
  const faults: Record<string, string> = {};
  const tell = (field: string, words: string) => (faults[field] ??= words);
  const prices = readCells(form, facts, tell);
  const fees = form.fees.map((fee) => readFee(fee, currency, tell));
  const taxes = form.taxes.map((tax) => readTax(tax, before, tell));
  if (prices.length === 0 && Object.keys(faults).length === 0)
    tell(firstCell(form, facts.plan), "Set at least one price.");
  if (Object.keys(faults).length > 0) return { faults };
  const typed = {
    currency,
    ticketTypes: form.types.map((type) => ({
      ...before?.ticketTypes.find((one) => one.key === type.key),
      ...type,
    })),
    prices,
    seatPrices: (before?.seatPrices ?? []).filter(
      ({ ticketType }) => ticketType === undefined || form.types.some(({ key }) => key === ticketType),
    ),
    fees: fees.filter((fee) => fee !== null),
    taxes: taxes.filter((tax) => tax !== null),
  };
  const read = PriceList.safeParse(typed);
  if (read.success) return { list: read.data };
  for (const issue of read.error.issues)
    tell(
      fieldOf(issue, typed),
      faultWords(issue, {}, { value: typedAt(typed, issue.path), locale: facts.locale }),
    );
  return { faults };
}

type Tell = (field: string, words: string) => void;

const firstCell = (form: PriceForm, plan: SeatPlan) =>
  cellKey(plan.categories[0]?.key ?? "", form.types[0]?.key ?? "");

/** Where on the page a fault of the list is mended. */
function fieldOf({ path }: z.core.$ZodIssue, typed: Pick<PriceList, "prices">): string {
  const [part, index, field] = path;
  const price = part === "prices" ? typed.prices[Number(index)] : undefined;
  if (price) return cellKey(price.category, price.ticketType);
  if (part !== "fees" && part !== "taxes") return "types";
  const line = typedAt(typed, [part, index ?? "", "key"]);
  if (typeof line !== "string") return part;
  return `${part}.${line}.${field === "label" ? "label" : part === "fees" ? "amount" : "percent"}`;
}

/** The cells in the order that the list has them, new ones after those. */
function readCells(form: PriceForm, { plan, currency, before }: Facts, tell: Tell): Price[] {
  const rank = new Map(
    before?.prices.map((price, index) => [cellKey(price.category, price.ticketType), index]),
  );
  const rankOf = ({ category, ticketType }: Price) => rank.get(cellKey(category, ticketType)) ?? rank.size;
  const prices = plan.categories.flatMap(({ key: category }) =>
    form.types.flatMap(({ key: ticketType }) => {
      const key = cellKey(category, ticketType);
      const text = (form.cells[key] ?? "").trim();
      if (text === "") return [];
      const amountMinor = readAmount(text, currency);
      if (amountMinor === null) tell(key, `Write it like ${amountExample(currency)}.`);
      return amountMinor === null ? [] : [{ category, ticketType, amountMinor }];
    }),
  );
  return prices.sort((a, b) => rankOf(a) - rankOf(b));
}

function readAmount(text: string, currency: string): number | null {
  const amountMinor = parseMoney(text, currency);
  return amountMinor === null || amountMinor < 0 ? null : amountMinor;
}

/** null: not charged, or not as typed. */
function readFee({ key, label, charge, amount }: FeeForm, currency: string, tell: Tell): Fee | null {
  if (amount.trim() === "") return null;
  const line = { key, label: label.trim(), per: charge.endsWith("order") ? "order" : "ticket" } as const;
  if (line.label === "") tell(`fees.${key}.label`, "Give the fee a name.");
  if (charge === "percent ticket" || charge === "percent order") {
    const bps = readPercent(amount);
    if (bps === null) tell(`fees.${key}.amount`, "No percentage. Write it like 8.75.");
    return bps === null ? null : { kind: "percent", ...line, bps };
  }
  const amountMinor = readAmount(amount, currency);
  if (amountMinor === null)
    tell(`fees.${key}.amount`, `No amount of ${currency}. Write it like ${amountExample(currency, 2.5)}.`);
  return amountMinor === null ? null : { kind: "fixed", ...line, amountMinor };
}

/** A label that ends with the rate follows it: "VAT 7.7 %" at 8.1 becomes "VAT 8.1 %", and a new "VAT" too. */
function readTax({ percent, ...tax }: TaxForm, before: PriceList | null, tell: Tell): Tax | null {
  if (percent.trim() === "") return null;
  const label = tax.label.trim();
  if (label === "") tell(`taxes.${tax.key}.label`, "Give the tax a name.");
  const bps = readPercent(percent);
  if (bps === null) tell(`taxes.${tax.key}.percent`, "No percentage. Write it like 8.1.");
  if (bps === null) return null;
  const old = before?.taxes.find(({ key }) => key === tax.key);
  const words = `${percentText(bps)} %`;
  if (!old) return { ...tax, label: label.includes("%") ? label : `${label} ${words}`, bps };
  const oldWords = `${percentText(old.bps)} %`;
  const follows = old.bps !== bps && label === old.label && label.endsWith(` ${oldWords}`);
  return { ...tax, label: follows ? `${label.slice(0, -oldWords.length)}${words}` : label, bps };
}

/** Basis points; null when it is not a percentage with at most two decimals. */
function readPercent(text: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  const bps = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return bps <= 10_000 ? bps : null;
}
