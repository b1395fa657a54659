import fc from "fast-check";
import { expect, test } from "vitest";
import { samplePlan } from "../layout/testing/sample-plan.ts";
import { displayPrices } from "./display-price.ts";
import { PriceList } from "./price-list.ts";
import { makeQuote } from "./quote.ts";
import { Quote, QuoteItem } from "./quote-schema.ts";
import type { TicketItems } from "./ticket-items.ts";

const plan = samplePlan([
  { key: "A", rows: ["ssss", { seats: "ssss", category: "silver" }] },
  { key: "Balcony left", tables: [4] },
  { key: "Floor", capacity: 100, category: "silver" },
]);
const list = (extra: Partial<PriceList> = {}): PriceList =>
  PriceList.parse({
    currency: "EUR",
    ticketTypes: [
      { key: "adult", label: "Adult" },
      { key: "child", label: "Child" },
    ],
    prices: [
      { category: "gold", ticketType: "adult", amountMinor: 10_000 },
      { category: "gold", ticketType: "child", amountMinor: 5_000 },
      { category: "silver", ticketType: "adult", amountMinor: 6_999 },
    ],
    ...extra,
  });
const seats = (...seatNos: number[]): TicketItems => ({
  seats: seatNos.map((seatNo) => ({ seatNo, ticketType: "adult" })),
  areas: [],
});
const floor = (quantity: number, ticketType = "adult"): TicketItems["areas"][number] => ({
  areaNo: 0,
  ticketType,
  quantity,
});
function quoteOf(items: TicketItems, priceList = list(), priceVersion = 1): Quote {
  const quote = makeQuote({ plan, priceList, priceVersion, items });
  if ("problems" in quote) throw new Error(JSON.stringify(quote.problems));
  return Quote.parse(quote);
}
function codesOf(items: TicketItems, priceList = list()): string[] {
  const quote = makeQuote({ plan, priceList, priceVersion: 1, items });
  return "problems" in quote ? quote.problems.map((p) => `${p.code} ${p.path}`) : [];
}
const sumOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

test("tickets are priced by category and type, each with a line a fan can read", () => {
  const quote = quoteOf({
    seats: [
      { seatNo: 4, ticketType: "adult" },
      { seatNo: 0, ticketType: "child" },
      { seatNo: 8, ticketType: "adult" },
    ],
    areas: [floor(3)],
  });
  expect(quote.lines.map((l) => [l.label, l.place, l.quantity, l.unitMinor, l.amountMinor])).toEqual([
    ["Child", "Section A, row 1, seat 1", 1, 5_000, 5_000],
    ["Adult", "Section A, row 2, seat 1", 1, 6_999, 6_999],
    ["Adult", "Balcony left, table T1, seat 1", 1, 10_000, 10_000],
    ["Adult", "Floor", 3, 6_999, 20_997],
  ]);
  expect(quote.totalMinor).toBe(42_996);
  expect(quote.ticketCount).toBe(6);
});

test("there is one item per ticket, numbered, in the shape of an order's items", () => {
  const quote = quoteOf({ seats: seats(1).seats, areas: [floor(2)] });
  expect(quote.items.map((item) => QuoteItem.parse(item))).toEqual([
    {
      index: 0,
      seatNo: 1,
      areaNo: null,
      place: { section: "A", row: "1", seat: "2" },
      ticketType: "adult",
      category: "gold",
      faceMinor: 10_000,
    },
    ...[1, 2].map((index) => ({
      index,
      seatNo: null,
      areaNo: 0,
      place: { section: "Floor", row: null, seat: null },
      ticketType: "adult",
      category: "silver",
      faceMinor: 6_999,
    })),
  ]);
});

test("a seat's own price beats its category, and its price for one type beats its price for all", () => {
  const priceList = list({
    seatPrices: [
      { seatId: "A/1/1", amountMinor: 20_000 },
      { seatId: "A/1/1", ticketType: "child", amountMinor: 100 },
    ],
  });
  const items = (ticketType: string): TicketItems => ({ seats: [{ seatNo: 0, ticketType }], areas: [] });
  expect(quoteOf(items("adult"), priceList).faceMinor).toBe(20_000);
  expect(quoteOf(items("child"), priceList).faceMinor).toBe(100);
  expect(quoteOf(seats(1), priceList).faceMinor).toBe(10_000);
});

test("a percent fee per ticket is rounded on each ticket, per order once on the sum", () => {
  const fee = (per: "ticket" | "order") =>
    list({ fees: [{ kind: "percent", key: "service", label: "Service", per, bps: 1_050 }] });
  // 10.5 % of 69.99 is 7.34895: 7.35 three times, or 22.04685 once.
  expect(quoteOf({ seats: [], areas: [floor(3)] }, fee("ticket")).feeMinor).toBe(2_205);
  expect(quoteOf({ seats: [], areas: [floor(3)] }, fee("order")).feeMinor).toBe(2_205);
  expect(quoteOf({ seats: [], areas: [floor(9)] }, fee("ticket")).feeMinor).toBe(6_615);
  expect(quoteOf({ seats: [], areas: [floor(9)] }, fee("order")).feeMinor).toBe(6_614);
});

test("a fixed fee is charged for every ticket or once for the order", () => {
  const priceList = list({
    fees: [
      { kind: "fixed", key: "booking", label: "Booking", per: "ticket", amountMinor: 250 },
      { kind: "fixed", key: "delivery", label: "Delivery", per: "order", amountMinor: 400 },
    ],
  });
  const quote = quoteOf(seats(0, 1), priceList);
  expect(quote.feeMinor).toBe(900);
  expect(
    quote.lines.filter((l) => l.kind === "fee").map((l) => [l.label, l.quantity, l.unitMinor, l.amountMinor]),
  ).toEqual([
    ["Booking", 2, 250, 500],
    ["Delivery", 1, 400, 400],
  ]);
});

test("a tax is taken on tickets, on fees or on both", () => {
  const taxed = (on: "tickets" | "fees" | "all", mode: "added" | "included") =>
    quoteOf(
      seats(0),
      list({
        fees: [
          { kind: "fixed", key: "booking", label: "Booking", per: "ticket", amountMinor: 1_000 },
          { kind: "fixed", key: "delivery", label: "Delivery", per: "order", amountMinor: 500 },
        ],
        taxes: [{ key: "vat", label: "VAT", bps: 1_000, mode, on }],
      }),
    );
  expect(taxed("tickets", "added").taxAddedMinor).toBe(1_000);
  expect(taxed("fees", "added").taxAddedMinor).toBe(150);
  expect(taxed("all", "added").taxAddedMinor).toBe(1_150);
  expect(taxed("all", "added").totalMinor).toBe(12_650);
  // 10 % contained in 100.00; in 10.00 and in 5.00; in 110.00 and in 5.00.
  expect(taxed("tickets", "included").taxIncludedMinor).toBe(909);
  expect(taxed("fees", "included").taxIncludedMinor).toBe(91 + 45);
  expect(taxed("all", "included").taxIncludedMinor).toBe(1_000 + 45);
  expect(taxed("all", "included").totalMinor).toBe(11_500);
});

test("two included taxes on one amount are taken out of it together", () => {
  const taxes: PriceList["taxes"] = [
    { key: "state", label: "State", bps: 1_000, mode: "included", on: "tickets" },
    { key: "city", label: "City", bps: 1_500, mode: "included", on: "tickets" },
  ];
  const quote = quoteOf(seats(0), list({ taxes }));
  // 100.00 = 80.00 net + 8.00 + 12.00; one by one it would read 9.09 and 13.04.
  expect(quote.lines.filter((l) => l.kind === "tax").map((l) => l.amountMinor)).toEqual([800, 1_200]);
});

test("an included tax on all is taken out of ticket and fee together, so a small fee costs no extra rounding", () => {
  const quote = quoteOf(
    seats(0),
    list({
      prices: [{ category: "gold", ticketType: "adult", amountMinor: 6 }],
      fees: [{ kind: "fixed", key: "f", label: "F", per: "ticket", amountMinor: 6 }],
      taxes: [{ key: "vat", label: "VAT", bps: 1_000, mode: "included", on: "all" }],
    }),
  );
  // 10 % in 0.12 is 0.0109; twice 10 % in 0.06 would round up twice.
  expect(quote.taxIncludedMinor).toBe(1);
});

test("a fee or tax of nothing makes no line", () => {
  const quote = quoteOf(
    seats(0),
    list({
      prices: [{ category: "gold", ticketType: "adult", amountMinor: 0 }],
      fees: [{ kind: "percent", key: "f", label: "F", per: "ticket", bps: 1_000 }],
      taxes: [{ key: "vat", label: "VAT", bps: 1_000, mode: "added", on: "all" }],
    }),
  );
  expect(quote.lines.map((line) => line.kind)).toEqual(["tickets"]);
  expect(quote.totalMinor).toBe(0);
});

test("every mistake in a selection is named with its place, and none throws", () => {
  expect(codesOf({ seats: [], areas: [] })).toEqual(["items.empty items"]);
  expect(codesOf(seats(0, 999, 0))).toEqual(["seat.unknown items.seats[1]", "seat.duplicate items.seats[2]"]);
  expect(
    codesOf({
      seats: [{ seatNo: 0, ticketType: "vip" }],
      areas: [floor(1, "child"), { areaNo: 7, ticketType: "adult", quantity: 1 }],
    }),
  ).toEqual([
    "ticket_type.unknown items.seats[0].ticketType",
    "price.missing items.areas[0]",
    "area.unknown items.areas[1]",
  ]);
  expect(codesOf({ seats: [], areas: [floor(50), floor(1)] })).toEqual(["items.too_many items"]);
  const dear = list({ prices: [{ category: "gold", ticketType: "adult", amountMinor: 900_000_000_000 }] });
  expect(codesOf(seats(0, 1), dear)).toEqual(["items.too_expensive items"]);
});

test("a ticket type that the list names but that no cell sells in this category is refused", () => {
  expect(codesOf({ seats: [{ seatNo: 4, ticketType: "child" }], areas: [] })).toEqual([
    "price.missing items.seats[0]",
  ]);
});

const arbPriceList = fc
  .record({
    currency: fc.constantFrom("EUR", "JPY", "KWD"),
    cells: fc.tuple(fc.nat(50_000), fc.nat(50_000), fc.nat(50_000), fc.nat(50_000)),
    fees: fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant("fixed" as const),
          per: fc.constantFrom("ticket" as const, "order" as const),
          amountMinor: fc.nat(2_000),
        }),
        fc.record({
          kind: fc.constant("percent" as const),
          per: fc.constantFrom("ticket" as const, "order" as const),
          bps: fc.nat(10_000),
        }),
      ),
      { maxLength: 4 },
    ),
    taxes: fc.array(
      fc.record({
        bps: fc.nat(10_000),
        mode: fc.constantFrom("included" as const, "added" as const),
        on: fc.constantFrom("tickets" as const, "fees" as const, "all" as const),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ currency, cells, fees, taxes }) =>
    list({
      currency,
      prices: ["gold", "silver"].flatMap((category, c) =>
        ["adult", "child"].map((ticketType, t) => ({
          category,
          ticketType,
          amountMinor: cells[c * 2 + t] ?? 0,
        })),
      ),
      fees: fees.map((fee, n) => ({ ...fee, key: `fee${n}`, label: `Fee ${n}` })),
      taxes: taxes.map((tax, n) => ({ ...tax, key: `tax${n}`, label: `Tax ${n}` })),
    }),
  );
const arbType = fc.constantFrom("adult", "child");
const arbItems = fc
  .record({
    seats: fc.uniqueArray(fc.record({ seatNo: fc.nat(plan.seatCount - 1), ticketType: arbType }), {
      maxLength: 8,
      selector: (seat) => seat.seatNo,
    }),
    areas: fc.array(
      fc.record({ areaNo: fc.constant(0), ticketType: arbType, quantity: fc.integer({ min: 1, max: 9 }) }),
      { maxLength: 3 },
    ),
  })
  .filter((items) => items.seats.length + items.areas.length > 0);

test("the lines that are charged sum to the total, in integers, in every currency", () => {
  fc.assert(
    fc.property(arbItems, arbPriceList, (items, priceList) => {
      const quote = quoteOf(items, priceList);
      const charged = quote.lines.filter((line) => !line.included);
      expect(sumOf(charged.map((line) => line.amountMinor))).toBe(quote.totalMinor);
      expect(quote.totalMinor).toBe(quote.faceMinor + quote.feeMinor + quote.taxAddedMinor);
      expect(sumOf(quote.items.map((item) => item.faceMinor))).toBe(quote.faceMinor);
      expect(sumOf(quote.lines.filter((l) => l.included).map((l) => l.amountMinor))).toBe(
        quote.taxIncludedMinor,
      );
      expect(quote.taxIncludedMinor).toBeLessThanOrEqual(quote.faceMinor + quote.feeMinor);
      expect(quote.currency).toBe(priceList.currency);
    }),
  );
});

test("the order in which places were chosen changes neither the quote nor its hash", () => {
  const shuffled = arbItems.chain((items) =>
    fc.record({
      items: fc.constant(items),
      seats: fc.shuffledSubarray(items.seats, { minLength: items.seats.length }),
      areas: fc.shuffledSubarray(items.areas, { minLength: items.areas.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, arbPriceList, ({ items, ...other }, priceList) => {
      expect(quoteOf(other, priceList)).toEqual(quoteOf(items, priceList));
    }),
  );
});

test("an included tax never changes the total", () => {
  fc.assert(
    fc.property(arbItems, arbPriceList, (items, priceList) => {
      const without = { ...priceList, taxes: priceList.taxes.filter((tax) => tax.mode === "added") };
      expect(quoteOf(items, priceList).totalMinor).toBe(quoteOf(items, without).totalMinor);
    }),
  );
});

test("without fees per order, n tickets cost exactly the whole prices that were shown", () => {
  fc.assert(
    fc.property(arbItems, arbPriceList, (items, given) => {
      const priceList = { ...given, fees: given.fees.filter((fee) => fee.per === "ticket") };
      const quote = quoteOf(items, priceList);
      const prices = displayPrices(plan, priceList);
      const shown = quote.items.map(
        (item) =>
          prices.find((p) => p.category === item.category && p.ticketType === item.ticketType)?.allInMinor ??
          Number.NaN,
      );
      expect(quote.totalMinor).toBe(sumOf(shown));
    }),
  );
});

test("whatever is charged is in the hash: version, currency, place, type, amount, fee and tax", () => {
  const fee = { kind: "fixed", key: "f", label: "F", per: "order", amountMinor: 100 } as const;
  const tax = { key: "t", label: "T", bps: 1_000, mode: "added", on: "tickets" } as const;
  const base = list({ fees: [fee], taxes: [tax] });
  const prices = (amountMinor: number) => [
    { category: "gold", ticketType: "adult", amountMinor },
    { category: "gold", ticketType: "child", amountMinor },
  ];
  const child: TicketItems = { seats: [{ seatNo: 0, ticketType: "child" }], areas: [] };
  const same = { ...base, prices: prices(500) };
  const hashes = [
    quoteOf(seats(0), base),
    quoteOf(seats(0), base, 2),
    quoteOf(seats(0), { ...base, currency: "USD" }),
    quoteOf(seats(1), base),
    quoteOf(seats(0, 1), base),
    quoteOf(seats(0), same),
    quoteOf(child, same),
    quoteOf(seats(0), { ...base, fees: [{ ...fee, amountMinor: 101 }] }),
    quoteOf(seats(0), { ...base, fees: [{ ...fee, per: "ticket" }] }),
    quoteOf(seats(0), { ...base, taxes: [{ ...tax, bps: 1_001 }] }),
    quoteOf(seats(0), { ...base, taxes: [{ ...tax, mode: "included" }] }),
  ].map((quote) => quote.hash);
  expect(new Set(hashes).size).toBe(hashes.length);
});

test("the hash of a known quote stays what it is, so that holds outlive a deploy", () => {
  expect(quoteOf({ seats: seats(3, 0).seats, areas: [floor(2)] }).hash).toMatchInlineSnapshot(
    `"4dc916e7f640805add08ff5b500eb2d1b739fd5ebac6e3afd78c670829f20ea8"`,
  );
});
