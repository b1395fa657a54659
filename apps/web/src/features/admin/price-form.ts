import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import { PriceList } from "@onsale/core/pricing/price-list";
import { fractionDigits, parseMoney } from "@onsale/core/shared/money";

/** The price table as typed: rows are categories, columns ticket types, cells amounts in words ("58.00"). */
export type PriceForm = {
  readonly types: readonly { readonly key: string; readonly label: string }[];
  /** `${category}\n${ticketType}` to text; an empty cell is not sold. */
  readonly cells: Readonly<Record<string, string>>;
  readonly feePerTicket: string;
  readonly taxPercent: string;
};

export const cellKey = (category: string, ticketType: string) => `${category}\n${ticketType}`;

const SERVICE_FEE = "service";
const VAT = "vat";

export function priceFormOf(list: PriceList | null, currency: string): PriceForm {
  if (!list)
    return { types: [{ key: "adult", label: "Adult" }], cells: {}, feePerTicket: "", taxPercent: "" };
  const fee = list.fees.find((one) => one.key === SERVICE_FEE && one.kind === "fixed");
  const tax = list.taxes.find((one) => one.key === VAT);
  return {
    types: list.ticketTypes.map(({ key, label }) => ({ key, label })),
    cells: Object.fromEntries(
      list.prices.map((price) => [
        cellKey(price.category, price.ticketType),
        amountText(price.amountMinor, currency),
      ]),
    ),
    feePerTicket: fee?.kind === "fixed" ? amountText(fee.amountMinor, currency) : "",
    taxPercent: tax ? String(tax.bps / 100) : "",
  };
}

function amountText(amountMinor: number, currency: string): string {
  const digits = fractionDigits(currency);
  return (amountMinor / 10 ** digits).toFixed(digits);
}

export type PriceRead =
  | { readonly list: PriceList }
  | { readonly faults: readonly string[]; readonly cells: ReadonlySet<string> };

/**
 * Reads the table against the layout. What the form does not show (own seat prices, other fees and taxes) is taken over
 * from `before`, so that publishing a new version never drops it.
 */
export function readPrices(
  form: PriceForm,
  facts: { plan: SeatPlan; currency: string; before: PriceList | null },
): PriceRead {
  const { plan, currency, before } = facts;
  const faults: string[] = [];
  const bad = new Set<string>();
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
  if (bad.size > 0) faults.push(`Some prices are not amounts of ${currency}; write them like 58.00.`);
  const fee = form.feePerTicket.trim() === "" ? 0 : parseMoney(form.feePerTicket, currency);
  if (fee === null || fee < 0) faults.push("The fee is not an amount; write it like 2.50.");
  const bps = readPercent(form.taxPercent);
  if (bps === null) faults.push("The tax is not a percentage; write it like 8.1.");
  if (prices.length === 0) faults.push("Set at least one price.");
  if (faults.length > 0) return { faults, cells: bad };
  const read = PriceList.safeParse({
    currency,
    ticketTypes: form.types.map((type) => ({
      ...before?.ticketTypes.find((one) => one.key === type.key),
      ...type,
    })),
    prices,
    seatPrices: before?.seatPrices ?? [],
    fees: [
      ...(fee
        ? [{ kind: "fixed", key: SERVICE_FEE, label: "Service fee", per: "ticket", amountMinor: fee }]
        : []),
      ...(before?.fees ?? []).filter((one) => one.key !== SERVICE_FEE),
    ],
    taxes: [
      ...(bps ? [{ key: VAT, label: `VAT ${bps / 100} %`, bps, mode: "included", on: "all" }] : []),
      ...(before?.taxes ?? []).filter((one) => one.key !== VAT),
    ],
  });
  return read.success
    ? { list: read.data }
    : { faults: read.error.issues.map((issue) => `${issue.path.join(" ")}: ${issue.message}`), cells: bad };
}

/** Basis points; null when it is not a percentage with at most two decimals. */
function readPercent(text: string): number | null {
  if (text.trim() === "") return 0;
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  const bps = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return bps <= 10_000 ? bps : null;
}
