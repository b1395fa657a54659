import { expect, test } from "vitest";
import { samplePlan } from "../layout/testing/sample-plan.ts";
import { displayPrices, fromPrice, perOrderCharges, seatPriceMinor } from "./display-price.ts";
import { PriceList } from "./price-list.ts";

const plan = samplePlan([{ key: "A", rows: ["ss"] }]);
const list = (extra: Partial<PriceList> = {}): PriceList =>
  PriceList.parse({
    currency: "EUR",
    ticketTypes: [{ key: "adult", label: "Adult" }],
    prices: [
      { category: "gold", ticketType: "adult", amountMinor: 10_000 },
      { category: "silver", ticketType: "adult", amountMinor: 10 },
    ],
    fees: [
      { kind: "fixed", key: "booking", label: "Booking", per: "ticket", amountMinor: 100 },
      { kind: "percent", key: "service", label: "Service", per: "ticket", bps: 1_000 },
    ],
    taxes: [
      { key: "vat", label: "VAT", bps: 2_000, mode: "added", on: "all" },
      { key: "city", label: "City", bps: 900, mode: "included", on: "all" },
    ],
    ...extra,
  });

test("a price shown holds the fees of the ticket and the taxes on top", () => {
  // (100.00 + 1.00 + 10.00) x 1.2
  expect(displayPrices(plan, list())).toEqual([
    {
      category: "gold",
      ticketType: "adult",
      ticketTypeLabel: "Adult",
      faceMinor: 10_000,
      allInMinor: 13_320,
    },
  ]);
});

test("a category without places is not shown and never makes the price to start from", () => {
  expect(fromPrice(plan, list())).toBe(13_320);
  expect(displayPrices(plan, list()).map((price) => price.category)).toEqual(["gold"]);
});

test("a seat's own price counts as the price to start from, and a cell that no seat sells at does not", () => {
  const cheaper = list({ seatPrices: [{ seatId: "A/1/1", amountMinor: 1_000 }] });
  expect(fromPrice(plan, cheaper)).toBe((1_000 + 100 + 100) * 1.2);
  expect(seatPriceMinor(plan, cheaper, { seatNo: 0, ticketType: "adult" })).toBe(1_440);
  expect(seatPriceMinor(plan, cheaper, { seatNo: 1, ticketType: "adult" })).toBe(13_320);
  const dearer = list({
    seatPrices: ["A/1/1", "A/1/2"].map((seatId) => ({ seatId, amountMinor: 20_000 })),
  });
  expect(fromPrice(plan, dearer)).toBe((20_000 + 100 + 2_000) * 1.2);
});

test("a standing area has a price to start from", () => {
  const standing = samplePlan([{ key: "Floor", capacity: 5, category: "silver" }]);
  expect(fromPrice(standing, list({ fees: [], taxes: [] }))).toBe(10);
  const other = list({ fees: [], taxes: [], seatPrices: [{ seatId: "X", amountMinor: 1 }] });
  expect(fromPrice(standing, other)).toBe(10);
});

test("what is charged once per order is told beside the prices, with its tax", () => {
  const fees: PriceList["fees"] = [
    { kind: "fixed", key: "delivery", label: "Delivery", per: "order", amountMinor: 500 },
    { kind: "percent", key: "card", label: "Card", per: "order", bps: 150 },
  ];
  expect(perOrderCharges(list({ fees }))).toEqual({ fixedMinor: 600, bps: 150 });
  expect(perOrderCharges(list())).toEqual({ fixedMinor: 0, bps: 0 });
});

test("a seat that is not sold as a ticket type has no price", () => {
  expect(seatPriceMinor(plan, list(), { seatNo: 0, ticketType: "child" })).toBeNull();
  expect(
    fromPrice(plan, list({ prices: [{ category: "silver", ticketType: "adult", amountMinor: 1 }] })),
  ).toBeNull();
});

test("one price list asked for two plans answers for each", () => {
  const priceList = list({ fees: [], taxes: [] });
  const cheap = samplePlan([{ key: "Floor", capacity: 5, category: "silver" }]);
  expect([plan, cheap, plan].map((asked) => fromPrice(asked, priceList))).toEqual([10_000, 10, 10_000]);
});
