import { compileLayout } from "@onsale/core/layout/seat-plan";
import { expect, test } from "vitest";
import { applyChange, emptyStock, isLater, loadSnapshot, LOOK } from "./seat-stock.ts";
import { smallHouse } from "./testing/small-house.ts";

const plan = compileLayout(smallHouse());
const free = () => new Uint8Array(plan.seatCount);
const load = () => {
  const stock = emptyStock(plan);
  loadSnapshot(plan, stock, {
    id: "5-0",
    seats: free(),
    areas: [{ areaNo: 0, capacity: 100, held: 4, claimed: 1, sold: 20 }],
  });
  return stock;
};
const recount = (look: Uint8Array) => look.filter((value) => value === LOOK.open).length;

test("a snapshot opens the house and counts it by section and category", () => {
  const stock = load();
  expect(recount(stock.look)).toBe(plan.seatCount);
  expect(stock.openBySection.reduce((a, b) => a + b)).toBe(plan.seatCount);
  expect(stock.openByCategory.reduce((a, b) => a + b)).toBe(plan.seatCount);
  expect(stock.areas[0]).toEqual({ capacity: 100, left: 75 });
});

test("claimed seats look held and blocked ones look sold", () => {
  const stock = load();
  const changed = applyChange(plan, stock, {
    id: "6-0",
    seats: [
      { seatNo: 0, state: 2 },
      { seatNo: 1, state: 4 },
      { seatNo: 2, state: 0 },
    ],
    areas: [],
  });
  expect(changed).toEqual([0, 1]);
  expect([...stock.look.slice(0, 3)]).toEqual([LOOK.held, LOOK.sold, LOOK.open]);
  expect(stock.openBySection.reduce((a, b) => a + b)).toBe(plan.seatCount - 2);
});

test("a change that is older than the stock, or heard twice, alters nothing", () => {
  const stock = load();
  const change = { id: "6-1", seats: [{ seatNo: 3, state: 3 }], areas: [] };
  expect(applyChange(plan, stock, change)).toEqual([3]);
  expect(applyChange(plan, stock, { ...change, seats: [{ seatNo: 3, state: 0 }] })).toEqual([]);
  expect(applyChange(plan, stock, { ...change, id: "4-9", seats: [{ seatNo: 3, state: 0 }] })).toEqual([]);
  expect(stock.look[3]).toBe(LOOK.sold);
});

test("counts stay right whatever happens to the seats", () => {
  const stock = load();
  for (let step = 0; step < 400; step++) {
    applyChange(plan, stock, {
      id: `7-${step}`,
      seats: [{ seatNo: (step * 7) % plan.seatCount, state: (step * 3) % 5 }],
      areas: [],
    });
  }
  expect(stock.openBySection.reduce((a, b) => a + b)).toBe(recount(stock.look));
  expect(stock.openByCategory.reduce((a, b) => a + b)).toBe(recount(stock.look));
});

test("a seat number that this plan does not have is ignored", () => {
  expect(applyChange(plan, load(), { id: "9-0", seats: [{ seatNo: 99_999, state: 3 }], areas: [] })).toEqual([]);
});

test("stream ids are ordered as numbers", () => {
  expect(isLater("10-0", "9-5")).toBe(true);
  expect(isLater("9-10", "9-9")).toBe(true);
  expect(isLater("9-9", "9-9")).toBe(false);
});
