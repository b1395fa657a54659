import { expect, test } from "vitest";
import { samplePlan } from "../layout/testing/sample-plan.ts";
import { PriceList } from "./price-list.ts";
import { validatePriceList } from "./validate-price-list.ts";

const plan = samplePlan([
  { key: "A", rows: ["ss"] },
  { key: "Floor", capacity: 10, category: "silver" },
]);
const list = (extra: Partial<PriceList> = {}): PriceList =>
  PriceList.parse({
    currency: "EUR",
    ticketTypes: [{ key: "adult", label: "Adult" }],
    prices: [
      { category: "gold", ticketType: "adult", amountMinor: 2_000 },
      { category: "silver", ticketType: "adult", amountMinor: 1_000 },
    ],
    ...extra,
  });
const faults = (extra: Partial<PriceList>) =>
  validatePriceList(plan, list(extra)).map((p) => `${p.code} ${p.path}`);
const gold = { category: "gold", ticketType: "adult", amountMinor: 1 };
const silver = { ...gold, category: "silver" };

test("a list that prices every place has no problem", () => {
  expect(validatePriceList(plan, list())).toEqual([]);
});

test("a category or ticket type that does not exist is named with its cell", () => {
  expect(faults({ prices: [gold, silver, { ...gold, category: "tin" }] })).toEqual([
    "price.unknown_category prices[2].category",
  ]);
  expect(faults({ prices: [gold, silver, { ...gold, ticketType: "vip" }] })).toEqual([
    "price.unknown_ticket_type prices[2].ticketType",
  ]);
});

test("a category with seats or standing places and no price is named with the number of places", () => {
  expect(faults({ prices: [silver] })).toEqual(["price.missing prices"]);
  expect(validatePriceList(plan, list({ prices: [gold] }))[0]?.details).toEqual({
    category: "Silver",
    places: 10,
  });
});

test("seats that all have their own price need none for their category", () => {
  const own = (seatId: string) => ({ seatId, amountMinor: 5 });
  expect(faults({ prices: [silver], seatPrices: [own("A/1/1"), own("A/1/2")] })).toEqual([]);
  expect(faults({ prices: [silver], seatPrices: [own("A/1/1")] })).toEqual(["price.missing prices"]);
});

test("a seat price for an unknown seat or ticket type is named", () => {
  expect(
    faults({
      seatPrices: [
        { seatId: "B/1/1", amountMinor: 1 },
        { seatId: "A/1/1", ticketType: "vip", amountMinor: 1 },
      ],
    }),
  ).toEqual([
    "price.unknown_seat seatPrices[0].seatId",
    "price.unknown_ticket_type seatPrices[1].ticketType",
  ]);
});

test("two prices for one thing are refused, a price for all types beside one for one type is not", () => {
  expect(faults({ prices: [gold, silver, gold] })).toEqual(["price.duplicate prices[2]"]);
  const all = { seatId: "A/1/1", amountMinor: 1 };
  expect(faults({ seatPrices: [all, { ...all, ticketType: "adult" }] })).toEqual([]);
  expect(faults({ seatPrices: [all, all] })).toEqual(["price.duplicate seatPrices[1]"]);
});

test("keys that are there twice are named", () => {
  const type = { key: "adult", label: "Adult" };
  const fee = { kind: "fixed", key: "f", label: "F", per: "order", amountMinor: 1 } as const;
  const tax = { key: "t", label: "T", bps: 1, mode: "added", on: "all" } as const;
  expect(faults({ ticketTypes: [type, type], fees: [fee, fee], taxes: [tax, tax] })).toEqual([
    "ticket_type.duplicate ticketTypes[1].key",
    "fee.duplicate fees[1].key",
    "tax.duplicate taxes[1].key",
  ]);
});

test("three letters that are no currency are refused", () => {
  expect(() => faults({ currency: "XQZ" })).toThrow("rule:currency_unknown");
  for (const currency of ["JPY", "KWD", "CHF"]) expect(faults({ currency })).toEqual([]);
});
