import { expect, test } from "vitest";
import { PriceList } from "../pricing/price-list.ts";
import { samplePlan } from "../layout/testing/sample-plan.ts";
import { EventDraft, SALE_START_MIN_MS, type SaleWindow } from "./event.ts";
import { readyToPublish, type PublishRequest } from "./ready-to-publish.ts";

const HOUR_MS = 3_600_000;
const nowMs = Date.UTC(2026, 10, 21, 12);
const startsAtMs = nowMs + 48 * HOUR_MS;
const draft = (extra: Partial<EventDraft> = {}): EventDraft => ({
  ...EventDraft.parse({
    slug: "a-night",
    title: "A night",
    venueId: "018f4e4e-7a3b-7c2d-9e1f-0a1b2c3d4e5f",
    layoutId: null,
    timeZone: "Europe/Zurich",
    currency: "CHF",
    doorsAtMs: null,
    startsAtMs,
    endsAtMs: null,
  }),
  ...extra,
});
const priceList = PriceList.parse({
  currency: "CHF",
  ticketTypes: [{ key: "adult", label: "Adult" }],
  prices: [{ category: "gold", ticketType: "adult", amountMinor: 4_000 }],
});
const ready: PublishRequest = {
  event: draft(),
  plan: samplePlan([{ key: "A", rows: ["ss"] }]),
  priceList,
  nowMs,
};
const faults = (change: Partial<PublishRequest>) =>
  readyToPublish({ ...ready, ...change }).map((p) => `${p.code} ${p.path}`);
const sale = (fromHour: number, toHour: number, kind: SaleWindow["kind"] = "public"): SaleWindow => ({
  kind,
  label: kind,
  opensAtMs: nowMs + fromHour * HOUR_MS,
  closesAtMs: nowMs + toHour * HOUR_MS,
});

test("an event with seats, prices and a start to come can be published, with or without sale windows", () => {
  expect(faults({})).toEqual([]);
  const saleWindows = [sale(-2, 1, "presale"), sale(0, 47)];
  expect(
    faults({
      event: draft({ saleWindows, doorsAtMs: startsAtMs - HOUR_MS, endsAtMs: startsAtMs + HOUR_MS }),
    }),
  ).toEqual([]);
});

test("everything that is missing is told at once", () => {
  expect(faults({ plan: null, priceList: null, event: draft({ startsAtMs: nowMs }) })).toEqual([
    "event.no_layout layoutId",
    "event.no_price_list priceList",
    "event.past startsAtMs",
  ]);
});

test("a layout without a place cannot be published, one with only standing places can", () => {
  expect(faults({ plan: samplePlan([{ key: "A", rows: [] }]) })).toEqual(["event.no_places layoutId"]);
  expect(faults({ plan: samplePlan([{ key: "Floor", capacity: 9 }]) })).toEqual([]);
});

test("prices in another currency, or faulty ones, are told with their place in the list", () => {
  expect(faults({ priceList: { ...priceList, currency: "EUR" } })).toEqual([
    "event.other_currency priceList.currency",
  ]);
  expect(faults({ priceList: { ...priceList, prices: [] } })).toEqual(["price.missing priceList.prices"]);
});

test("doors after the start and an end before it are told", () => {
  expect(faults({ event: draft({ doorsAtMs: startsAtMs + 1, endsAtMs: startsAtMs }) })).toEqual([
    "event.doors_late doorsAtMs",
    "event.ends_early endsAtMs",
  ]);
});

test("a sale that starts in 1900 is a gap in the data, not a date", () => {
  const placeholder = { ...sale(0, 40), opensAtMs: Date.UTC(1900, 0, 1) };
  expect(faults({ event: draft({ saleWindows: [placeholder] }) })).toEqual([
    "sale.no_date saleWindows[0].opensAtMs",
  ]);
  const first = { ...sale(0, 40), opensAtMs: SALE_START_MIN_MS };
  expect(faults({ event: draft({ saleWindows: [first] }) })).toEqual([]);
});

test("a sale that opens when the online sale has ended, or is over already, is told", () => {
  expect(faults({ event: draft({ saleWindows: [sale(48, 50)] }) })).toEqual([
    "sale.opens_late saleWindows[0].opensAtMs",
  ]);
  expect(
    faults({ event: draft({ saleWindows: [sale(48, 50)], salesEndAtMs: startsAtMs + HOUR_MS }) }),
  ).toEqual([]);
  expect(faults({ event: draft({ saleWindows: [sale(-5, 0)] }) })).toEqual(["sale.over saleWindows"]);
  expect(faults({ event: draft({ saleWindows: [sale(-5, 0), sale(0, 5)] }) })).toEqual([]);
});

test("two windows of one kind must not be open at the same time, a presale beside a public sale may", () => {
  expect(faults({ event: draft({ saleWindows: [sale(0, 5), sale(4, 9)] }) })).toEqual([
    "sale.overlap saleWindows[1]",
  ]);
  expect(faults({ event: draft({ saleWindows: [sale(0, 5), sale(5, 9)] }) })).toEqual([]);
  expect(faults({ event: draft({ saleWindows: [sale(0, 5, "presale"), sale(4, 9)] }) })).toEqual([]);
});
