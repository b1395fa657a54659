import { expect, test } from "vitest";
import { PriceList } from "../pricing/price-list.ts";
import { samplePlan } from "../layout/testing/sample-plan.ts";
import { cheapestMinor, levelsOf } from "./place-levels.ts";
import { plainWishes, WaitlistWishes } from "./waitlist.ts";

const plan = samplePlan([
  { key: "A", rows: ["ssss"] },
  { key: "B", rows: ["ssss"], category: "silver" },
  { key: "Floor", capacity: 5, category: "silver" },
]);
const prices = {
  currency: "EUR",
  ticketTypes: [
    { key: "adult", label: "Adult" },
    { key: "child", label: "Child" },
  ],
  prices: [
    { category: "gold", ticketType: "adult", amountMinor: 5_000 },
    { category: "silver", ticketType: "adult", amountMinor: 3_000 },
    { category: "gold", ticketType: "child", amountMinor: 1_000 },
  ],
  fees: [{ kind: "fixed", key: "service", label: "Service", per: "ticket", amountMinor: 100 }],
};
const priceList = PriceList.parse(prices);
const cheapest = (over: Partial<WaitlistWishes>, list = priceList) =>
  cheapestMinor(
    { plan, priceList: list },
    plainWishes(WaitlistWishes.parse({ quantity: 1, ticketType: "adult", ...over })),
  );

test("the cheapest place of what is accepted counts with its fees, seated or standing, for that ticket type", () => {
  expect(cheapest({})).toBe(3_100);
  expect(cheapest({ sections: ["A"] })).toBe(5_100);
  expect(cheapest({ sections: ["Floor"] })).toBe(3_100);
  expect(cheapest({ ticketType: "child" })).toBe(1_100);
  expect(cheapest({ ticketType: "child", categories: ["silver"] })).toBeNull();
  expect(cheapest({ ticketType: "nobody" })).toBeNull();
});

test("a seat with a price of its own is a level of its own", () => {
  const seatId = plan.seatIds[1] ?? "";
  const own = PriceList.parse({ ...prices, seatPrices: [{ seatId, amountMinor: 2_000 }] });
  expect(cheapest({ sections: ["A"] }, own)).toBe(2_100);
  const { levels, levelOf } = levelsOf({ plan, priceList: own }, "adult");
  expect([...levelOf].map((level) => levels[level]?.priceMinor)).toEqual([
    5_100, 2_100, 5_100, 5_100, 3_100, 3_100, 3_100, 3_100,
  ]);
});
