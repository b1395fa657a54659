import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { compileLayout } from "@onsale/core/layout/seat-plan";
import { PriceList } from "@onsale/core/pricing/price-list";
import { MINOR_UNITS_MAX } from "@onsale/core/shared/minor-units";
import { expect, test } from "vitest";
import { smallPlan } from "../seat-map/testing/small-plan.ts";
import { changeWords, isSameList, wholePriceRange } from "./price-form-change.ts";
import { mergePrices, priceClashes } from "./price-form-merge.ts";
import {
  cellKey,
  type FeeForm,
  priceFormOf,
  readPrices,
  withFee,
  withoutType,
  withTax,
  withTypeAgain,
} from "./price-form.ts";

const plan = compileLayout(smallPlan());
const facts = { plan, currency: "EUR", before: null, locale: DEFAULT_LOCALE };
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
  fees: [{ key: "service", label: "Service fee", charge: "fixed ticket" as const, amount: "2.50" }],
  taxes: [{ key: "vat", label: "VAT", percent: "8.1", mode: "included" as const, on: "all" as const }],
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
      taxes: [{ bps: 810, label: "VAT 8.1 %" }],
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

const faultsOf = (form: Parameters<typeof readPrices>[0]) => {
  const read = readPrices(form, facts);
  return "faults" in read ? read.faults : {};
};

test("a cell that is no amount says so at itself and nothing is published", () => {
  const dear = cellKey("dear", "adult");
  expect(faultsOf({ ...filled, cells: { ...filled.cells, [dear]: "58,0x" } })).toEqual({
    [dear]: "Write it like 58.00.",
  });
});

test("a table without any price says so at its first cell", () => {
  expect(faultsOf({ ...filled, cells: {} })).toEqual({
    [cellKey(plan.categories[0]?.key ?? "", "adult")]: "Set at least one price.",
  });
});

function listOf(form: Parameters<typeof readPrices>[0], before: Parameters<typeof readPrices>[1]["before"]) {
  const read = readPrices(form, { ...facts, before });
  if ("faults" in read) throw new Error(Object.values(read.faults).join(" "));
  return read.list;
}

test("fees are read by what they are counted by, an emptied one is no longer charged", () => {
  const fees: FeeForm[] = [
    { key: "service", label: "Service fee", charge: "percent ticket", amount: "8.75" },
    { key: "order", label: "Per order", charge: "fixed order", amount: "4" },
    { key: "gone", label: "Gone", charge: "fixed ticket", amount: " " },
  ];
  expect(listOf({ ...filled, fees }, null).fees).toEqual([
    { kind: "percent", key: "service", label: "Service fee", per: "ticket", bps: 875 },
    { kind: "fixed", key: "order", label: "Per order", per: "order", amountMinor: 400 },
  ]);
});

test("a fee and a tax say what is wrong at the field where it is, and nothing is published", () => {
  const ofFee = (fee: Partial<FeeForm>) =>
    faultsOf({ ...filled, fees: [{ ...filled.fees[0], ...fee } as FeeForm] });
  expect(ofFee({ label: " " })).toEqual({ "fees.service.label": "Give the fee a name." });
  expect(ofFee({ amount: "much" })).toEqual({
    "fees.service.amount": "No amount of EUR. Write it like 2.50.",
  });
  expect(ofFee({ charge: "percent order", amount: "101" })).toEqual({
    "fees.service.amount": "No percentage. Write it like 8.75.",
  });
  const taxes = filled.taxes.map((tax) => ({ ...tax, label: "", percent: "a lot" }));
  expect(faultsOf({ ...filled, taxes })).toEqual({
    "taxes.vat.label": "Give the tax a name.",
    "taxes.vat.percent": "No percentage. Write it like 8.1.",
  });
});

test("a tax whose name ends with its rate is named by the new rate", () => {
  const before = listOf(filled, null);
  const form = priceFormOf(before, "EUR");
  const raised = listOf({ ...form, taxes: form.taxes.map((tax) => ({ ...tax, percent: "8.5" })) }, before);
  expect(raised.taxes).toEqual([{ key: "vat", label: "VAT 8.5 %", bps: 850, mode: "included", on: "all" }]);
});

test("a new line for a fee or a tax never takes the key of another", () => {
  const fees = withFee(withFee(withFee(filled.fees).filter((_, at) => at !== 0)));
  expect(new Set(fees.map(({ key }) => key)).size).toBe(fees.length);
  expect(withTax(filled.taxes).map(({ key }) => key)).toEqual(["vat", "tax-2"]);
});

test("what a change does to the cheapest and the dearest whole price is told before it is published", () => {
  const before = listOf(filled, null);
  // 29.00 + 2.50 and 58.00 + 2.50.
  expect(wholePriceRange(plan, before)).toEqual({ cheapestMinor: 3_150, dearestMinor: 6_050 });
  const after = listOf({ ...filled, fees: [{ ...filled.fees[0], amount: "5" } as FeeForm] }, before);
  expect(isSameList(before, after)).toBe(false);
  expect(isSameList(before, listOf(priceFormOf(before, "EUR"), before))).toBe(true);
  expect(changeWords(plan, before, after)).toEqual([
    "The cheapest whole price goes from 31.50 EUR to 34.00 EUR, 2.50 EUR more.",
    "The dearest whole price goes from 60.50 EUR to 63.00 EUR, 2.50 EUR more.",
  ]);
  const perOrder = listOf(
    { ...filled, fees: [{ ...filled.fees[0], charge: "fixed order" } as FeeForm] },
    before,
  );
  expect(changeWords(plan, before, perOrder).at(-1)).toBe(
    "On top, once per order: 2.50 EUR; it was nothing.",
  );
});

test("the range of prices counts seats with a price of their own", () => {
  const list = { ...listOf(filled, null), seatPrices: [{ seatId: "A/1/1", amountMinor: 9_000 }] };
  expect(wholePriceRange(plan, list)).toEqual({ cheapestMinor: 3_150, dearestMinor: 9_250 });
});

test("the largest amount there is, in a currency without decimals, is read as it is shown", () => {
  const yen = PriceList.parse({
    currency: "JPY",
    ticketTypes: [{ key: "adult", label: "Adult" }],
    prices: [{ category: "dear", ticketType: "adult", amountMinor: MINOR_UNITS_MAX }],
  });
  const read = readPrices(priceFormOf(yen, "JPY"), {
    plan,
    currency: "JPY",
    before: yen,
    locale: DEFAULT_LOCALE,
  });
  expect(read).toEqual({ list: yen });
});

test("a ticket type that is removed takes its prices along, those of single seats too", () => {
  const first = readPrices(filled, facts);
  if (!("list" in first)) throw new Error("it reads");
  const seatPrices = [
    { seatId: "A/1/1", amountMinor: 1 },
    { seatId: "A/1/2", ticketType: "child", amountMinor: 2 },
  ];
  const without = { ...filled, ...withoutType(filled, "child") };
  const read = readPrices(without, { ...facts, before: { ...first.list, seatPrices } });
  expect(read).toMatchObject({
    list: {
      ticketTypes: [{ key: "adult" }],
      prices: [{ ticketType: "adult" }, { ticketType: "adult" }],
      seatPrices: [seatPrices[0]],
    },
  });
});

test("a limit of the list is told at the field that breaks it", () => {
  const emptied: FeeForm = { key: "gone", label: "Gone", charge: "fixed ticket", amount: "" };
  const long: FeeForm = { key: "service", label: "x".repeat(95), charge: "fixed ticket", amount: "2.50" };
  expect(faultsOf({ ...filled, fees: [emptied, long] })).toEqual({
    "fees.service.label": "At most 80 characters; this has 95.",
  });
});

test("two editors' prices are put together cell by cell, and a cell that both changed is named", () => {
  const cheap = cellKey("cheap", "adult");
  const dear = cellKey("dear", "adult");
  const theirs = { ...filled, cells: { ...filled.cells, [cheap]: "31", [dear]: "60" } };
  const mine = { ...filled, cells: { ...filled.cells, [dear]: "59", [cellKey("cheap", "child")]: "10" } };
  expect(mergePrices({ base: filled, mine, theirs }).cells).toEqual({
    ...theirs.cells,
    [dear]: "59",
    [cellKey("cheap", "child")]: "10",
  });
  const read = readPrices(theirs, facts);
  if (!("list" in read)) throw new Error("it reads");
  const base = priceFormOf(read.list, "EUR");
  const clashing = priceClashes(plan, read.list, {
    base: { ...base, cells: { ...base.cells, [dear]: "58.00" } },
    mine: { ...base, cells: { ...base.cells, [dear]: "59" } },
    currency: "EUR",
  });
  expect(clashing.map(({ mine: typed, theirs: there }) => [typed, there])).toEqual([["59", "60.00"]]);
});

test("a ticket type that was taken out comes back where it was, with its prices, and nothing typed meanwhile is lost", () => {
  const before = { ...priceFormOf(null, "EUR"), ...filled };
  const without = { ...before, ...withoutType(before, "adult") };
  const meanwhile = { ...without, cells: { ...without.cells, [cellKey("dear", "child")]: "31" } };
  const again = withTypeAgain(meanwhile, before, "adult");
  expect(again.types).toEqual(before.types);
  expect(again.cells).toEqual({ ...before.cells, [cellKey("dear", "child")]: "31" });
});
