import { generateStadium } from "../layout/generate/stadium.ts";
import { LayoutDocument, type Row, type Section } from "../layout/layout.ts";
import type { PriceList } from "../pricing/price-list.ts";
import { DRILL_LAYOUT_PREFIX } from "./drill-names.ts";

/** What the bowl needs at least. */
export const DRILL_PLACES_MIN = 12;
/** A layout of this many places or more has a standing floor for a tenth of them. */
const STANDING_FROM = 1_000;
/** Sections of this many seats or more begin with a wheelchair place and its companion seat: fewer than the crowd asks for. */
const ACCESSIBLE_FROM = 100;
const FLOOR = { key: "Floor", label: "Floor, standing", color: "#8a6d1f" };
const TIER_PRICES_MINOR = [9_800, 6_400, 4_900];

/** A bowl with exactly `places` to sell: seats, wheelchair places, and standing ones when it is large. */
export function drillLayout(places: number): LayoutDocument {
  const standing = places >= STANDING_FROM ? Math.floor(places / 10) : 0;
  const bowl = generateStadium(places - standing, { name: `${DRILL_LAYOUT_PREFIX}${places}` });
  const sections = bowl.sections.map(withAccessiblePair);
  if (standing === 0) return LayoutDocument.parse({ ...bowl, sections });
  const floor = { kind: "ga", key: FLOOR.key, label: FLOOR.label, category: FLOOR.key, capacity: standing };
  return LayoutDocument.parse({
    ...bowl,
    categories: [...bowl.categories, FLOOR],
    sections: [...sections, floor],
  });
}

/** Prices for a layout of `drillLayout`: two ticket types, a fee per ticket and a tax inside. */
export function drillPrices({ categories }: Pick<LayoutDocument, "categories">): PriceList {
  return {
    currency: "EUR",
    ticketTypes: [
      { key: "adult", label: "Adult" },
      { key: "reduced", label: "Reduced" },
    ],
    prices: categories.flatMap(({ key }, tier) => {
      const amountMinor = TIER_PRICES_MINOR[tier] ?? 4_900;
      return [
        { category: key, ticketType: "adult", amountMinor },
        { category: key, ticketType: "reduced", amountMinor: Math.round(amountMinor * 0.7) },
      ];
    }),
    seatPrices: [],
    fees: [{ kind: "fixed", key: "service", label: "Service", per: "ticket", amountMinor: 150 }],
    taxes: [{ key: "vat", label: "VAT", bps: 700, mode: "included", on: "all" }],
  };
}

function withAccessiblePair(section: Section): Section {
  if (section.kind === "ga") return section;
  const count = section.rows.reduce((sum, row) => sum + row.seats.length, 0);
  if (count < ACCESSIBLE_FROM) return section;
  return { ...section, rows: section.rows.map((row, index) => (index === 0 ? pairFirstSeats(row) : row)) };
}

function pairFirstSeats(row: Row): Row {
  const [wheelchair, companion, ...others] = row.seats;
  if (!wheelchair || !companion) return row;
  const pair = [
    { ...wheelchair, accessible: true },
    { ...companion, companionOf: wheelchair.id },
  ];
  return { ...row, seats: [...pair, ...others] };
}
