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

export type PriceFaults = { readonly faults: readonly string[]; readonly cells: ReadonlySet<string> };
export type PriceRead = { readonly list: PriceList } | PriceFaults;

/** What was found when it was to be published and is still there. */
export function stillFaultyPrices(found: PriceFaults, now: PriceRead): PriceFaults {
  if ("list" in now) return { faults: [], cells: new Set() };
  return {
    faults: now.faults.filter((fault) => found.faults.includes(fault)),
    cells: new Set([...now.cells].filter((cell) => found.cells.has(cell))),
  };
}

/**
 * Reads the table against the layout. What the form does not show (own seat prices, words to ticket types) is taken over
 * from `before`: the form of a list that nobody touched reads as that list. Prices of categories that the layout has no
 * more are left out, because they cannot be published.
 */
export function readPrices(
  form: PriceForm,
  facts: { plan: SeatPlan; currency: string; before: PriceList | null },
): PriceRead {
  const { currency, before } = facts;
  const { prices, bad } = readCells(form, facts);
  const fees = form.fees.map((fee) => readFee(fee, currency));
  const taxes = form.taxes.map((tax) => readTax(tax, before));
  const faults = [
    ...(bad.size > 0
      ? [`Some prices are not amounts of ${currency}; write them like ${amountExample(currency)}.`]
      : []),
    ...[...fees, ...taxes].filter((one) => typeof one === "string"),
    ...(prices.length === 0 ? ["Set at least one price."] : []),
  ];
  if (faults.length > 0) return { faults, cells: bad };
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
  return { faults: read.error.issues.map((issue) => listFault(issue, typed)), cells: bad };
}

const PARTS: Readonly<Record<string, string>> = {
  ticketTypes: "Ticket types",
  prices: "Prices",
  seatPrices: "Prices of single seats",
  fees: "Fees",
  taxes: "Taxes",
};

/** "Fees, Service: at most 80 characters; this has 95." */
function listFault(issue: z.core.$ZodIssue, typed: unknown): string {
  const [part = "", index] = issue.path;
  const label = index === undefined ? undefined : typedAt(typed, [part, index, "label"]);
  const name = [
    PARTS[String(part)] ?? String(part),
    ...(typeof label === "string" ? [label.slice(0, 40)] : []),
  ];
  return `${name.join(", ")}: ${faultWords(issue, {}, typedAt(typed, issue.path))}`;
}

/** The cells in the order that the list has them, new ones after those. */
function readCells(
  form: PriceForm,
  { plan, currency, before }: { plan: SeatPlan; currency: string; before: PriceList | null },
): { prices: Price[]; bad: ReadonlySet<string> } {
  const bad = new Set<string>();
  const rank = new Map(
    before?.prices.map((price, index) => [cellKey(price.category, price.ticketType), index]),
  );
  const rankOf = ({ category, ticketType }: Price) => rank.get(cellKey(category, ticketType)) ?? rank.size;
  const prices = plan.categories.flatMap(({ key: category }) =>
    form.types.flatMap(({ key: ticketType }) => {
      const text = (form.cells[cellKey(category, ticketType)] ?? "").trim();
      if (text === "") return [];
      const amountMinor = parseMoney(text, currency);
      if (amountMinor === null || amountMinor < 0) {
        bad.add(cellKey(category, ticketType));
        return [];
      }
      return [{ category, ticketType, amountMinor }];
    }),
  );
  return { prices: prices.sort((a, b) => rankOf(a) - rankOf(b)), bad };
}

/** null: not charged. A text: what is wrong. */
function readFee({ key, label, charge, amount }: FeeForm, currency: string): Fee | string | null {
  if (amount.trim() === "") return null;
  const name = label.trim();
  if (name === "") return "Every fee needs a name.";
  const per = charge === "fixed order" || charge === "percent order" ? "order" : "ticket";
  if (charge === "percent ticket" || charge === "percent order") {
    const bps = readPercent(amount);
    return bps === null
      ? `${name} is not a percentage; write it like 8.75.`
      : { kind: "percent", key, label: name, per, bps };
  }
  const amountMinor = parseMoney(amount, currency);
  return amountMinor === null || amountMinor < 0
    ? `${name} is not an amount of ${currency}; write it like ${amountExample(currency, 2.5)}.`
    : { kind: "fixed", key, label: name, per, amountMinor };
}

/** A label that ends with the rate follows it: "VAT 7.7 %" at 8.1 becomes "VAT 8.1 %", and a new "VAT" too. */
function readTax({ percent, ...tax }: TaxForm, before: PriceList | null): Tax | string | null {
  if (percent.trim() === "") return null;
  const label = tax.label.trim();
  if (label === "") return "Every tax needs a name.";
  const bps = readPercent(percent);
  if (bps === null) return `${label} is not a percentage; write it like 8.1.`;
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
