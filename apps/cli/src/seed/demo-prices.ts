import { formatFigure } from "@onsale/core/shared/format";
import { PriceList } from "@onsale/core/pricing/price-list";

export type Tariff = {
  readonly currency: string;
  /** Category of the layout -> what an adult pays, in minor units. */
  readonly adult: Readonly<Record<string, number>>;
  /** Categories that a VIP package exists for, and what it costs. */
  readonly vip: Readonly<Record<string, number>>;
  /** Categories without a reduced ticket, such as standing ones. */
  readonly noChild: readonly string[];
  /** Basis points of VAT. */
  readonly vatBps: number;
  readonly vatMode: "included" | "added";
};

export function priceListOf(tariff: Tariff): PriceList {
  const { currency, adult, vip, noChild, vatBps, vatMode } = tariff;
  const prices = Object.entries(adult).flatMap(([category, amountMinor]) => [
    { category, ticketType: "adult", amountMinor },
    // Half, in whole units of ten minor ones, as a poster would print it.
    ...(noChild.includes(category)
      ? []
      : [{ category, ticketType: "child", amountMinor: Math.round(amountMinor / 20) * 10 }]),
    ...(vip[category] === undefined ? [] : [{ category, ticketType: "vip", amountMinor: vip[category] }]),
  ]);
  return PriceList.parse({
    currency,
    ticketTypes: [
      { key: "adult", label: "Adult" },
      ...(Object.keys(adult).every((category) => noChild.includes(category))
        ? []
        : [{ key: "child", label: "Child", description: "Under 16" }]),
      ...(Object.keys(vip).length === 0
        ? []
        : [{ key: "vip", label: "VIP", description: "Early entry, a drink and a signed programme" }]),
    ],
    prices,
    fees: [
      { kind: "percent", key: "service", label: "Service fee", per: "ticket", bps: 600 },
      { kind: "fixed", key: "order", label: "Order fee", per: "order", amountMinor: 195 },
    ],
    taxes: [
      {
        key: "vat",
        label: `VAT ${formatFigure(vatBps / 100)} %`,
        bps: vatBps,
        mode: vatMode,
        on: "all",
      },
    ],
  });
}

export const ARENA_TARIFF: Tariff = {
  currency: "EUR",
  adult: { Floor: 7_900, Premium: 12_900, Lower: 8_900, Upper: 5_900, Back: 3_900 },
  vip: { Floor: 18_900, Premium: 24_900 },
  noChild: ["Floor"],
  vatBps: 900,
  vatMode: "included",
};

export const THEATRE_TARIFF: Tariff = {
  currency: "CHF",
  adult: { Premium: 9_800, Stalls: 7_600, Rear: 5_400, Balcony: 4_200 },
  vip: { Premium: 16_500 },
  noChild: [],
  vatBps: 260,
  vatMode: "added",
};

/** The same places at another level of prices, to the nearest whole unit. */
export function scaled(tariff: Tariff, percent: number): Tariff {
  const scale = (amounts: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(amounts).map(([key, minor]) => [key, Math.round((minor * percent) / 10_000) * 100]),
    );
  return { ...tariff, adult: scale(tariff.adult), vip: scale(tariff.vip) };
}
