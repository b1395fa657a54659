import { generateArena } from "@onsale/core/layout/generate/arena";
import { generateTheatre } from "@onsale/core/layout/generate/theatre";
import { wallClockAt } from "@onsale/core/event/import-wall-clock";
import { compileLayout } from "@onsale/core/layout/seat-plan";
import { validatePriceList } from "@onsale/core/pricing/validate-price-list";
import { expect, test } from "vitest";
import { DEMO_EVENTS, DEMO_VENUES } from "./demo-events.ts";
import { priceListOf } from "./demo-prices.ts";
import { draftOf } from "./seed-demo.ts";
import { nightOf } from "./seed-lobby.ts";

const plans = { arena: compileLayout(generateArena()), theatre: compileLayout(generateTheatre()) };
const place = {
  venueId: "11111111-1111-4111-8111-111111111111",
  layoutId: "22222222-2222-4222-8222-222222222222",
};
const NOW = Date.UTC(2026, 10, 21, 15);

test.each(DEMO_EVENTS.map((event) => [event.slug, event] as const))(
  "%s can be published: every category has its price",
  (_slug, event) => {
    expect(validatePriceList(plans[event.venue], priceListOf(event.tariff))).toEqual([]);
  },
);

test.each(DEMO_EVENTS.map((event) => [event.slug, event] as const))(
  "%s starts on its weekday and hour on the venue's clock, in the future",
  (_slug, event) => {
    const draft = draftOf(event, place, NOW);
    const clock = wallClockAt(draft.startsAtMs, DEMO_VENUES[event.venue].timeZone);
    expect(`${clock.hour}:${String(clock.minute).padStart(2, "0")}`).toBe(event.starts);
    expect(new Date(Date.UTC(clock.year, clock.month - 1, clock.day)).getUTCDay()).toBe(event.weekday);
    expect(draft.startsAtMs).toBeGreaterThan(NOW);
  },
);

test("every slug is its own, and one sale has still to open", () => {
  expect(new Set(DEMO_EVENTS.map(({ slug }) => slug)).size).toBe(DEMO_EVENTS.length);
  expect(DEMO_EVENTS.filter(({ saleInDays }) => saleInDays > 0)).toHaveLength(1);
});

test("each night of the draw is an event of its own, a week after the one before", () => {
  const [first, second] = [1, 2].map((night) => draftOf(nightOf(night), place, NOW));
  expect(second?.slug).not.toBe(first?.slug);
  expect(wallClockAt(second?.startsAtMs ?? 0, "Europe/Amsterdam")).toMatchObject({ hour: 19, minute: 30 });
  expect(second?.startsAtMs ?? 0).toBeGreaterThan(first?.startsAtMs ?? Infinity);
});
