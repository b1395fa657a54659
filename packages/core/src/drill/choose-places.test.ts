import { expect, test } from "vitest";
import { seatIndexOf } from "../seat-rules/seat-index.ts";
import { checkSelection } from "../seat-rules/seat-rules.ts";
import { samplePlan } from "../layout/testing/sample-plan.ts";
import { choosePlaces, contestedBlocks, type PlanView, seatItems } from "./choose-places.ts";
import { makeRandom } from "./random.ts";

const prices = {
  prices: [
    { category: "gold", ticketType: "adult", amountMinor: 100 },
    { category: "gold", ticketType: "child", amountMinor: 50 },
    { category: "silver", ticketType: "standing", amountMinor: 60 },
  ],
};
const allFree = () => true;

function planView(
  sections: Parameters<typeof samplePlan>[0],
  isFree: PlanView["isFree"] = allFree,
  areas: PlanView["areas"] = [],
): PlanView {
  return { index: seatIndexOf(samplePlan(sections)), prices, isFree, areas };
}
const party = (quantity: number, place = 0) => ({ wish: "map" as const, quantity, place });
const seatNosOf = (items: ReturnType<typeof choosePlaces>) => items?.seats.map((seat) => seat.seatNo) ?? null;

test("a crowd that picks from a true map sells every ordinary seat, and breaks no seat rule on the way", () => {
  const rows = ["sssssssss", "ssssssss ssss", "saccsssss", "sssss"];
  const taken = new Set<number>();
  const view = planView([{ key: "A", rows }], (seatNo) => !taken.has(seatNo));
  const { plan } = view.index;
  const random = makeRandom(3);
  for (let fan = 0; fan < 200; fan += 1) {
    const items = choosePlaces(party(random.between(1, 4), random.next()), view);
    if (!items) break;
    const violations = checkSelection({
      plan,
      items,
      stateOf: (seatNo) => (taken.has(seatNo) ? "taken" : "free"),
      limits: { ticketsMax: 6 },
    });
    expect(violations).toEqual([]);
    for (const { seatNo } of items.seats) taken.add(seatNo);
  }
  const left = plan.seatIds.filter((_, seatNo) => !taken.has(seatNo));
  expect(left).toEqual(["A/3/2", "A/3/3", "A/3/4"]);
});

test("a party takes fewer places when no block of its size is left, and nothing when none is", () => {
  const view = planView([{ key: "A", rows: ["ssss"] }], (seatNo) => seatNo >= 2);
  expect(seatNosOf(choosePlaces(party(4), view))).toEqual([2, 3]);
  expect(choosePlaces(party(4), { ...view, isFree: () => false })).toBeNull();
});

test("who needs a wheelchair place takes it with its companion seats", () => {
  const view = planView([{ key: "A", rows: ["ssacs"] }]);
  expect(seatNosOf(choosePlaces({ ...party(1), wish: "accessible" }, view))).toEqual([2, 3]);
});

test("fans look in different places of one row", () => {
  const view = planView([{ key: "A", rows: ["s".repeat(40)] }]);
  const firsts = [0, 0.25, 0.5, 0.75].map((place) => seatNosOf(choosePlaces(party(2, place), view))?.[0]);
  expect(new Set(firsts).size).toBe(4);
});

test("standing places are asked for by count, never more than are free", () => {
  const sections = [
    { key: "Floor", capacity: 100, category: "silver" },
    { key: "A", rows: ["ss"] },
  ];
  const view = planView(sections, allFree, [{ areaNo: 0, capacity: 100, free: 3 }]);
  expect(choosePlaces(party(4, 0.1), view)).toEqual({
    seats: [],
    areas: [{ areaNo: 0, ticketType: "standing", quantity: 3 }],
  });
  expect(choosePlaces(party(2, 0.99), view)?.areas).toEqual([]);
});

test("contested blocks are pairs that do not overlap, best first", () => {
  const blocks = contestedBlocks(planView([{ key: "A", rows: ["ssssss", "ssssss"] }]), 3);
  expect(blocks).toHaveLength(3);
  expect(new Set(blocks.flat()).size).toBe(6);
  expect(blocks[0]).toEqual([2, 3]);
});

test("a seat without a price is not asked for", () => {
  const view = planView([{ key: "A", rows: ["ss"], category: "silver" }]);
  expect(seatItems({ ...view, prices: { prices: [] } }, [0])).toBeNull();
});
