import { compileLayout } from "@onsale/core/layout/seat-plan";
import { expect, test } from "vitest";
import { smallHouse } from "../seat-map/testing/small-house.ts";
import { cellKey, priceFormOf, readPrices } from "./price-form.ts";

const plan = compileLayout(smallHouse());
const facts = { plan, currency: "EUR", before: null };
const filled = {
  types: [
    { key: "adult", label: "Adult" },
    { key: "child", label: "Child" },
  ],
  cells: {
    [cellKey("dear", "adult")]: "58.00",
    [cellKey("dear", "child")]: "29",
    [cellKey("cheap", "adult")]: "30.50",
  },
  feePerTicket: "2.50",
  taxPercent: "8.1",
};

test("a table becomes a price list in minor units, empty cells are not sold", () => {
  const read = readPrices(filled, facts);
  expect(read).toMatchObject({
    list: {
      prices: [
        { category: "cheap", ticketType: "adult", amountMinor: 3_050 },
        { category: "dear", ticketType: "adult", amountMinor: 5_800 },
        { category: "dear", ticketType: "child", amountMinor: 2_900 },
      ],
      fees: [{ amountMinor: 250 }],
      taxes: [{ bps: 810 }],
    },
  });
});

test("a list shown and read again is the same list", () => {
  const first = readPrices(filled, facts);
  if (!("list" in first)) throw new Error("it reads");
  expect(readPrices(priceFormOf(first.list, "EUR"), { ...facts, before: first.list })).toEqual(first);
});

test("what the table does not show survives a new version", () => {
  const first = readPrices(filled, facts);
  if (!("list" in first)) throw new Error("it reads");
  const before = { ...first.list, seatPrices: [{ seatId: "A/1/1", amountMinor: 1 }] };
  expect(readPrices(filled, { ...facts, before })).toMatchObject({ list: { seatPrices: before.seatPrices } });
});

test("a cell that is no amount is marked and nothing is published", () => {
  const read = readPrices(
    { ...filled, cells: { ...filled.cells, [cellKey("dear", "adult")]: "58,0x" } },
    facts,
  );
  expect(read).toHaveProperty("faults");
  expect("cells" in read && read.cells.has(cellKey("dear", "adult"))).toBe(true);
});
