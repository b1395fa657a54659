import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { compileLayout } from "@onsale/core/layout/seat-plan";
import { PriceList } from "@onsale/core/pricing/price-list";
import { validatePriceList } from "@onsale/core/pricing/validate-price-list";
import { MINOR_UNITS_MAX } from "@onsale/core/shared/minor-units";
import fc from "fast-check";
import { expect, test } from "vitest";
import { smallPlan } from "../seat-map/testing/small-plan.ts";
import { priceFormOf, readPrices } from "./price-form.ts";

const plan = compileLayout(smallPlan());
const key = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,12}$/);
const label = fc
  .string({ minLength: 1, maxLength: 40 })
  .map((text) => text.trim())
  .filter((text) => text.length > 0);
const minor = fc.oneof(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: MINOR_UNITS_MAX }));
const bps = fc.integer({ min: 0, max: 10_000 });
const per = fc.constantFrom("ticket" as const, "order" as const);
const fee = fc.oneof(
  fc.record({ kind: fc.constant("fixed" as const), key, label, per, amountMinor: minor }),
  fc.record({ kind: fc.constant("percent" as const), key: fc.constantFrom("service", "x"), label, per, bps }),
  fc.record({ kind: fc.constant("percent" as const), key, label, per, bps }),
);
const tax = fc.record({
  key: fc.oneof(fc.constant("vat"), key),
  label: fc.oneof(label, fc.constantFrom("VAT 8.1 %", "VAT")),
  bps: fc.oneof(fc.constant(810), bps),
  mode: fc.constantFrom("included" as const, "added" as const),
  on: fc.constantFrom("tickets" as const, "fees" as const, "all" as const),
});
const ticketType = fc.record(
  { key, label, description: fc.string({ maxLength: 40 }) },
  { requiredKeys: ["key", "label"] },
);
const byKey = { selector: (one: { key: string }) => one.key };

/** Lists that may be published for the small hall: every category is priced for one type at least. */
const priceLists = fc
  .record({
    currency: fc.constantFrom("CHF", "EUR", "JPY", "KWD"),
    ticketTypes: fc.uniqueArray(ticketType, { ...byKey, minLength: 1, maxLength: 4 }),
    fees: fc.uniqueArray(fee, { ...byKey, maxLength: 4 }),
    taxes: fc.uniqueArray(tax, { ...byKey, maxLength: 3 }),
    own: fc.uniqueArray(fc.nat(plan.seatCount - 1), { maxLength: 5 }),
    sold: fc.infiniteStream(fc.boolean()),
    minors: fc.infiniteStream(minor),
    order: fc.infiniteStream(fc.nat()),
  })
  .map(({ own, sold, minors, order, ...rest }) => {
    const amount = () => minors.next().value ?? 0;
    const prices = plan.categories
      .flatMap(({ key: category }) =>
        rest.ticketTypes.flatMap((type, index) =>
          index === 0 || sold.next().value ? [{ category, ticketType: type.key, amountMinor: amount() }] : [],
        ),
      )
      .map((price) => ({ price, at: order.next().value ?? 0 }))
      .sort((a, b) => a.at - b.at)
      .map(({ price }) => price);
    const seatPrices = own.map((seatNo) => ({ seatId: plan.seatIds[seatNo], amountMinor: amount() }));
    return PriceList.parse({ ...rest, prices, seatPrices });
  });

test("publishing a list that nobody touched publishes the same list, whatever stands in it", () => {
  fc.assert(
    fc.property(priceLists, (before) => {
      expect(validatePriceList(plan, before)).toEqual([]);
      const form = priceFormOf(before, before.currency);
      expect(readPrices(form, { plan, currency: before.currency, before, locale: DEFAULT_LOCALE })).toEqual({
        list: before,
      });
    }),
  );
});
