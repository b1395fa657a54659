import { expect, test } from "vitest";
import { SEAT_STATE } from "../inventory/inventory.ts";
import { PriceList } from "../pricing/price-list.ts";
import { bestAvailable, makeSeatIndex } from "../seat-rules/best-available.ts";
import { samplePlan } from "../layout/testing/sample-plan.ts";
import { makeMatcher } from "./match-wishes.ts";
import { plainWishes, WaitlistWishes, wishesKeyOf } from "./waitlist.ts";
import { isWanted } from "./waitlist-sale.ts";

const plan = samplePlan([
  { key: "A", rows: ["ssss"] },
  { key: "B", rows: ["ssss"], category: "silver" },
  { key: "Floor", capacity: 5, category: "silver" },
]);
const priceList = PriceList.parse({
  currency: "EUR",
  ticketTypes: [{ key: "adult", label: "Adult" }],
  prices: [
    { category: "gold", ticketType: "adult", amountMinor: 5_000 },
    { category: "silver", ticketType: "adult", amountMinor: 3_000 },
  ],
  fees: [{ kind: "fixed", key: "service", label: "Service", per: "ticket", amountMinor: 100 }],
});
const sale = { plan, priceList, seatIndex: makeSeatIndex(plan) };
const stock = (free: readonly number[], floor = 0) => ({
  seats: Uint8Array.from({ length: plan.seatCount }, (_, seatNo) =>
    free.includes(seatNo) ? SEAT_STATE.free : SEAT_STATE.sold,
  ),
  areas: [{ areaNo: 0, capacity: 5, held: 1, claimed: 1, sold: 3 - floor }],
});
const wishes = (over: Partial<WaitlistWishes> = {}) =>
  plainWishes(WaitlistWishes.parse({ quantity: 1, ticketType: "adult", ...over }));
function pick(over: Partial<WaitlistWishes>, free: readonly number[], floor = 0) {
  const wish = wishes(over);
  return makeMatcher({ sale, ...stock(free, floor) }).pick(wish, wishesKeyOf(wish));
}
const seatsOf = (items: ReturnType<typeof pick>) => items?.seats.map(({ seatNo }) => seatNo);

test("sections and price levels are kept to; none named means any", () => {
  expect(seatsOf(pick({ sections: ["B"] }, [0, 5]))).toEqual([5]);
  expect(seatsOf(pick({ categories: ["silver"] }, [0, 5]))).toEqual([5]);
  expect(pick({ sections: ["B"], categories: ["gold"] }, [0, 5])).toBeNull();
  expect(seatsOf(pick({}, [5]))).toEqual([5]);
});

test("the highest price counts with fees", () => {
  expect(pick({ maxPriceMinor: 3_099 }, [0, 5])).toBeNull();
  expect(seatsOf(pick({ maxPriceMinor: 3_100 }, [0, 5]))).toEqual([5]);
});

test("together is one block; apart is whatever there is", () => {
  expect(pick({ quantity: 2 }, [0, 2, 5])).toBeNull();
  expect(seatsOf(pick({ quantity: 2 }, [0, 5, 6]))).toEqual([5, 6]);
  expect(pick({ quantity: 2, together: false }, [0, 2])?.seats).toHaveLength(2);
});

test("a standing area is offered where no seats fit, if it has room for all", () => {
  expect(pick({ quantity: 2 }, [0], 2)?.areas).toEqual([{ areaNo: 0, ticketType: "adult", quantity: 2 }]);
  expect(pick({ quantity: 3 }, [0], 2)).toBeNull();
  expect(pick({ quantity: 2, sections: ["A"] }, [0], 2)).toBeNull();
  expect(pick({ quantity: 2, maxPriceMinor: 3_099 }, [0], 2)).toBeNull();
});

test("what was taken is not offered again, seats and standing places alike", () => {
  const matcher = makeMatcher({ sale, ...stock([0, 1], 2) });
  const [two, one] = [wishes({ quantity: 2 }), wishes()];
  const found = [two, two, one].map((wish) => {
    const items = matcher.pick(wish, wishesKeyOf(wish));
    if (items) matcher.take(items);
    return items;
  });
  expect(seatsOf(found[0] ?? null)).toEqual([0, 1]);
  expect(found[1]?.areas).toHaveLength(1);
  expect(found[2]).toBeNull();
});

test("equal wishes have one key, whatever the order of their lists", () => {
  const a = wishes({ sections: ["B", "A", "B"] });
  expect(wishesKeyOf(a)).toBe(wishesKeyOf(wishes({ sections: ["A", "B"] })));
  expect(wishesKeyOf(a)).not.toBe(wishesKeyOf(wishes({ sections: ["A"] })));
});

test("places on offer count as free for whether somebody else wants what is left", async () => {
  const wish = wishes({ quantity: 2 });
  const groups = [{ key: wishesKeyOf(wish), wishes: wish, waiting: 1 }];
  const offer = { items: { seats: [{ seatNo: 1, ticketType: "adult" }], areas: [] } };
  const work = { goesOn: () => Promise.resolve(true) };
  expect(await isWanted(sale, stock([0]), { groups, offers: [], work })).toBe(false);
  expect(await isWanted(sale, stock([0]), { groups, offers: [offer], work })).toBe(true);
});

test("wishes can be met exactly where places are picked for them: round tables, aisles, seats kept for somebody", () => {
  const small = samplePlan([
    { key: "Row", rows: ["ss ssahs"] },
    { key: "Table", tables: [5], category: "silver" },
  ]);
  const place = { plan: small, priceList, seatIndex: makeSeatIndex(small) };
  const asks = [1, 2, 3, 4, 5].flatMap((quantity) =>
    [true, false].flatMap((together) =>
      [[], ["Row"], ["Table"]].flatMap((sections) =>
        [null, 3_100].map((maxPriceMinor) => wishes({ quantity, together, sections, maxPriceMinor })),
      ),
    ),
  );
  const answers = new Set<boolean>();
  for (let free = 0; free < 2 ** small.seatCount; free += 7) {
    const seats = Uint8Array.from({ length: small.seatCount }, (_, seatNo) =>
      free & (1 << seatNo) ? SEAT_STATE.free : SEAT_STATE.sold,
    );
    for (const ask of asks) {
      const picked = makeMatcher({ sale: place, seats, areas: [] }).pick(ask, "") !== null;
      expect(makeMatcher({ sale: place, seats, areas: [] }).canMeet(ask, "")).toBe(picked);
      expect(picked).toBe(isThere(place, seats, ask));
      answers.add(picked);
    }
  }
  expect(answers).toEqual(new Set([true, false]));
});

/** What the engine of the seat map says by itself. */
function isThere(
  { plan: small, seatIndex: index }: typeof sale,
  seats: Uint8Array,
  { quantity, together, sections, maxPriceMinor }: WaitlistWishes,
): boolean {
  const found = bestAvailable({
    index,
    quantity,
    isFree: (seatNo) => seats[seatNo] === SEAT_STATE.free,
    ...(sections.length > 0 && { sections }),
    priceOf: (seatNo) => (small.category[seatNo] === 0 ? 5_100 : 3_100),
    priceRange: { maxMinor: maxPriceMinor ?? Infinity },
  });
  return found !== null && (found.together || !together);
}

test("what a newer picture shows as gone is gone; what only it shows as free is for the next look", () => {
  const matcher = makeMatcher({ sale, ...stock([0, 1], 2) });
  matcher.keepFree(stock([1, 2], 1));
  const [one, two] = [wishes({ sections: ["A"] }), wishes({ quantity: 2 })];
  expect(seatsOf(matcher.pick(one, "one"))).toEqual([1]);
  expect(matcher.canMeet(two, "two")).toBe(false);
  expect(matcher.canMeet(wishes({ sections: ["Floor"] }), "floor")).toBe(true);
});
