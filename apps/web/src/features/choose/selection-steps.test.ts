import { EventId } from "@onsale/core/shared/ids";
import type { EventPage } from "@onsale/contract/event";
import { compileLayout } from "@onsale/core/layout/seat-plan";
import { displayPrices } from "@onsale/core/pricing/display-price";
import { PriceList } from "@onsale/core/pricing/price-list";
import { expect, test } from "vitest";
import { NOTHING } from "../selection/selection.ts";
import { emptyStock, loadSnapshot, markSeats } from "../seat-map/seat-stock.ts";
import { smallPlan } from "../seat-map/testing/small-plan.ts";
import { addPlace, restoreSelection, swapSeats, toggleSeat } from "./selection-steps.ts";
import { brokenRules } from "./broken-rules.ts";
import { makeSale } from "./sale-context.ts";
import { leftWords } from "./seat-facts.ts";

const plan = compileLayout(smallPlan());
const priceList = PriceList.parse({
  currency: "EUR",
  ticketTypes: [
    { key: "adult", label: "Adult" },
    { key: "child", label: "Child" },
  ],
  prices: [
    { category: "dear", ticketType: "adult", amountMinor: 5_000 },
    { category: "dear", ticketType: "child", amountMinor: 2_500 },
    { category: "cheap", ticketType: "adult", amountMinor: 3_000 },
  ],
  fees: [{ kind: "fixed", key: "service", label: "Service", per: "ticket", amountMinor: 250 }],
});
const map = {
  layoutHash: "",
  seatCount: plan.seatCount,
  gaCapacity: 100,
  categories: [],
  ticketTypes: [],
  priceVersion: 1,
  prices: displayPrices(plan, priceList),
  perOrder: { fixedMinor: 0, bps: 0 },
  priceList,
};
const event: EventPage = {
  id: EventId.parse("00000000-0000-4000-8000-000000000000"),
  slug: "small",
  title: "Small",
  subtitle: "",
  genre: "",
  organizer: { slug: "org", name: "Organizer" },
  venue: { name: "Hall", city: "", country: "", address: "" },
  timeZone: "UTC",
  currency: "EUR",
  doorsAtMs: null,
  startsAtMs: 0,
  endsAtMs: null,
  state: "on_sale",
  sale: { kind: "open", closesAtMs: null },
  from: null,
  cancelledBecause: null,
  description: "",
  holdTtlMs: 300_000,
  maxPerFan: 3,
  saleWindows: [],
  lines: [],
  lineAhead: null,
  map,
};
const sale = makeSale(event, map, { plan, locale: "en-GB" });

function app() {
  const stock = emptyStock(plan);
  loadSnapshot(plan, stock, {
    id: "1-0",
    seats: new Uint8Array(plan.seatCount),
    areas: [{ areaNo: 0, capacity: 100, free: 1 }],
  });
  return stock;
}

test("a seat is taken at its whole price, said in words, and let go by the same touch", () => {
  const stock = app();
  const taken = toggleSeat({ sale, stock, items: NOTHING }, 12);
  expect(taken.spoken).toBe("Section A, row 2, seat 3 chosen, 52.50 EUR.");
  expect(toggleSeat({ sale, stock, items: taken.items }, 12).items).toEqual(NOTHING);
});

test("a seat that somebody has, and one beyond the fan's number, are refused with the reason", () => {
  const stock = app();
  markSeats(plan, stock, { seatNos: [12], state: 1 });
  expect(toggleSeat({ sale, stock, items: NOTHING }, 12)).toMatchObject({ refused: true, items: NOTHING });
  const three = [20, 21, 22].reduce(
    (items, seatNo) => toggleSeat({ sale, stock, items }, seatNo).items,
    NOTHING,
  );
  expect(toggleSeat({ sale, stock, items: three }, 23)).toMatchObject({
    refused: true,
    spoken: "You can have 3 tickets for this event.",
  });
});

test("no more standing places are taken than are free", () => {
  const stock = app();
  const one = addPlace({ sale, stock, items: NOTHING }, 0);
  expect(one.items.areas).toEqual([{ areaNo: 0, ticketType: "adult", quantity: 1 }]);
  expect(addPlace({ sale, stock, items: one.items }, 0)).toMatchObject({ refused: true });
});

test("proposed seats keep the ticket type of the selection where it is sold", () => {
  const stock = app();
  const items = { seats: [{ seatNo: 12, ticketType: "child" }], areas: [] };
  expect(swapSeats({ sale, stock, items }, { take: [13], leave: [12] }).items.seats).toEqual([
    { seatNo: 13, ticketType: "child" },
  ]);
  expect(swapSeats({ sale, stock, items }, { take: [60], leave: [12] }).items.seats).toEqual([
    { seatNo: 60, ticketType: "adult" },
  ]);
});

test("leaving one seat alone breaks a rule before the server is asked", () => {
  const stock = app();
  const items = { seats: [{ seatNo: 21, ticketType: "adult" }], areas: [] };
  expect(brokenRules({ sale, stock, items }).map((rule) => rule.code)).toEqual(["seat.single_left"]);
});

test("before the stock is known a seat is neither sold nor free, and the refusal says that it is looked up", () => {
  const unknown = { sale, stock: emptyStock(plan), items: NOTHING };
  expect(toggleSeat(unknown, 20).spoken).toMatch(/Looking whether it is free/);
  expect(addPlace(unknown, 0).spoken).toMatch(/Looking which places are free/);
  expect(leftWords(null)).toBe("looking it up");
  expect(leftWords(0)).toBe("sold out");
});

test("a kept selection comes back as far as it can still be had, and what is gone is named", () => {
  const stock = emptyStock(plan);
  loadSnapshot(plan, stock, {
    id: "1-0",
    seats: new Uint8Array(plan.seatCount),
    areas: [{ areaNo: 0, capacity: 100, free: 1 }],
  });
  markSeats(plan, stock, { seatNos: [21], state: 2 });
  const kept = {
    seats: [
      { seatNo: 20, ticketType: "adult" },
      { seatNo: 21, ticketType: "adult" },
      { seatNo: 22, ticketType: "gone" },
      { seatNo: 9_999, ticketType: "adult" },
    ],
    areas: [{ areaNo: 0, ticketType: "adult", quantity: 2 }],
  };
  const back = restoreSelection({ sale, stock, items: kept });
  expect(back.items).toEqual({
    seats: [{ seatNo: 20, ticketType: "adult" }],
    areas: [{ areaNo: 0, ticketType: "adult", quantity: 1 }],
  });
  expect(back.lost).toEqual([21]);
});
