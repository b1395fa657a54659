import { type InventoryDelta, SEAT_STATE, type SeatState } from "@onsale/core/inventory/inventory";
import {
  decodeSnapshot,
  encodeSnapshot,
  PUBLIC_STATE,
  publicDelta,
} from "@onsale/core/inventory/snapshot-wire";
import { compileLayout } from "@onsale/core/layout/seat-plan";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyChange, emptyStock, isLater, loadSnapshot } from "./seat-stock.ts";
import { smallPlan } from "./testing/small-plan.ts";

const plan = compileLayout(smallPlan());
const load = () => {
  const stock = emptyStock(plan);
  loadSnapshot(plan, stock, {
    id: "5-0",
    seats: new Uint8Array(plan.seatCount),
    areas: [{ areaNo: 0, capacity: 100, free: 75 }],
  });
  return stock;
};
const open = (states: Uint8Array) => states.filter((state) => state === PUBLIC_STATE.free).length;
const sum = (counts: Int32Array) => counts.reduce((a, b) => a + b);

test("before the first snapshot nothing looks free", () => {
  expect(open(emptyStock(plan).states)).toBe(0);
});

test("a snapshot opens the stock and counts it by section and price level", () => {
  const stock = load();
  expect(open(stock.states)).toBe(plan.seatCount);
  expect(sum(stock.openBySection)).toBe(plan.seatCount);
  expect(sum(stock.openByCategory)).toBe(plan.seatCount + 75);
});

test("a change names what looks different, and only that", () => {
  const stock = load();
  const changed = applyChange(plan, stock, {
    id: "6-0",
    seats: [0, PUBLIC_STATE.held, 1, PUBLIC_STATE.sold, 2, PUBLIC_STATE.free],
    areas: [{ areaNo: 0, capacity: 100, free: 70 }],
  });
  expect(changed).toEqual([0, 1]);
  expect(Array.from(stock.states.subarray(0, 3))).toEqual([
    PUBLIC_STATE.held,
    PUBLIC_STATE.sold,
    PUBLIC_STATE.free,
  ]);
  expect(sum(stock.openByCategory)).toBe(plan.seatCount - 2 + 70);
});

test("a change that is older than the stock, or heard twice, alters nothing", () => {
  const stock = load();
  expect(applyChange(plan, stock, { id: "6-1", seats: [3, 2], areas: [] })).toEqual([3]);
  expect(applyChange(plan, stock, { id: "6-1", seats: [3, 0], areas: [] })).toEqual([]);
  expect(applyChange(plan, stock, { id: "4-9", seats: [3, 0], areas: [] })).toEqual([]);
  expect(stock.states[3]).toBe(PUBLIC_STATE.sold);
});

test("counts stay right whatever happens to the seats", () => {
  const stock = load();
  for (let step = 0; step < 400; step++) {
    applyChange(plan, stock, {
      id: `7-${step}`,
      seats: [(step * 7) % plan.seatCount, (step * 5) % 3],
      areas: [],
    });
  }
  expect(sum(stock.openBySection)).toBe(open(stock.states));
  expect(sum(stock.openByCategory)).toBe(open(stock.states) + 75);
});

test("a seat number that this plan does not have is ignored", () => {
  expect(applyChange(plan, load(), { id: "9-0", seats: [99_999, 2], areas: [] })).toEqual([]);
});

test("stream ids are ordered as numbers", () => {
  expect(isLater("10-0", "9-5")).toBe(true);
  expect(isLater("9-10", "9-9")).toBe(true);
  expect(isLater("9-9", "9-9")).toBe(false);
});

const seatState = fc.constantFrom<SeatState[]>(...Object.values(SEAT_STATE));
const count = fc.nat({ max: 50_000 });
const area = fc.record({
  areaNo: fc.nat({ max: 3 }),
  capacity: count,
  held: count,
  claimed: count,
  sold: count,
});
const areas = fc.uniqueArray(area, { selector: ({ areaNo }) => areaNo, maxLength: 4 });
const seat = fc.record({ seatNo: fc.nat({ max: plan.seatCount + 5 }), state: seatState });
const delta: fc.Arbitrary<InventoryDelta> = fc.record({
  id: fc.constant("1-0"),
  seats: fc.array(seat, { maxLength: 20 }),
  areas,
});

test("deltas that were merged on the way leave what they leave one by one, and twice the same", () => {
  const states = fc.array(seatState, { minLength: plan.seatCount, maxLength: plan.seatCount });
  fc.assert(
    fc.property(states, areas, fc.array(delta, { maxLength: 8 }), (seats, standing, deltas) => {
      const whole = { id: "5-0", epoch: "e", seats: Uint8Array.from(seats), areas: standing };
      const fresh = () => {
        const stock = emptyStock(plan);
        loadSnapshot(plan, stock, decodeSnapshot(encodeSnapshot(whole)));
        return stock;
      };
      const [stepwise, merged] = [fresh(), fresh()];
      for (const one of deltas)
        applyChange(plan, stepwise, { ...publicDelta([one]), id: `6-${deltas.indexOf(one)}` });
      const kept = ({ lastId: _lastId, ...stock }: typeof merged) => stock;
      for (const id of ["7-0", "8-0"]) {
        applyChange(plan, merged, { ...publicDelta(deltas), id });
        expect(kept(merged)).toEqual(kept(stepwise));
      }
    }),
    { numRuns: 200 },
  );
});
