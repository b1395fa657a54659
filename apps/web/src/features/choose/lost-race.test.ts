import { compileLayout } from "@onsale/core/layout/seat-plan";
import { expect, test } from "vitest";
import { smallPlan } from "../seat-map/testing/small-plan.ts";
import { explainLostRace } from "./lost-race.ts";

const plan = compileLayout(smallPlan());
const priceOf = () => 5_000;

test("a lost seat is named, with the free ones beside it at the same price", () => {
  const { words, offered } = explainLostRace(plan, [14], { isFree: (seatNo) => seatNo !== 15, priceOf });
  expect(words).toBe("Someone else just took Section A, row 2, seat 5. Seat 4 is free, same price.");
  expect(offered).toEqual([13]);
});

test("as many are offered as were lost, none of them twice", () => {
  const { words, offered } = explainLostRace(plan, [14, 15], { isFree: () => true, priceOf });
  expect(offered).toHaveLength(2);
  expect(new Set([...offered, 14, 15]).size).toBe(4);
  expect(words).toContain("are free, same price.");
});

test("a lost pair is offered as a pair, never two seats apart", () => {
  // Of row 2 (seats 10 to 19) the pair 13, 14 is lost; 12 and 15 are free beside it, and two side by side further on.
  const free = new Set([12, 15, 17, 18]);
  const isFree = (seatNo: number) => free.has(seatNo);
  expect(explainLostRace(plan, [13, 14], { isFree, priceOf }).offered).toEqual([17, 18]);
  free.delete(18);
  expect(explainLostRace(plan, [13, 14], { isFree, priceOf }).offered).toEqual([]);
});

test("who lost one seat of a pair is offered the one on the friend's other side, and none apart from them", () => {
  const isKept = (seatNo: number) => seatNo === 13;
  expect(explainLostRace(plan, [14], { isFree: () => true, priceOf, isKept }).offered).toEqual([12]);
  const isFree = (seatNo: number) => seatNo > 14;
  expect(explainLostRace(plan, [14], { isFree, priceOf, isKept }).offered).toEqual([]);
});

test("another price, another row and wheelchair places are never offered as the same", () => {
  const dearer = explainLostRace(plan, [14], {
    isFree: () => true,
    priceOf: (seatNo) => (seatNo === 14 ? 1 : 2),
  });
  expect(dearer.offered).toEqual([]);
  const endOfRow = explainLostRace(plan, [19], { isFree: (seatNo) => seatNo > 19, priceOf });
  expect(endOfRow.offered).toEqual([]);
  const besideWheelchair = explainLostRace(plan, [2], { isFree: (seatNo) => seatNo < 2, priceOf });
  expect(besideWheelchair.offered).toEqual([]);
});
