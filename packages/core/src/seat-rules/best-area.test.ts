import { expect, test } from "vitest";
import { bestArea } from "./best-area.ts";
import { makeSeatIndex } from "./best-available.ts";
import { samplePlan } from "../layout/testing/sample-plan.ts";

const square = (x: number, y: number) => [
  { x: x - 5, y: y - 5 },
  { x: x + 5, y: y - 5 },
  { x, y: y + 10 },
];
const given = samplePlan([
  { key: "Seats", rows: ["sssss"] },
  { key: "Back", capacity: 100 },
  { key: "Front", capacity: 100 },
  { key: "Terrace", capacity: 100, category: "silver" },
]);
const outlines = [null, square(20, 90), square(20, 30), square(20, 60)];
const plan = {
  ...given,
  sections: given.sections.map((section, n) => ({ ...section, outline: outlines[n] ?? null })),
};
const pick = (over: Partial<Parameters<typeof bestArea>[0]> = {}) => {
  const areaNo = bestArea({ index: makeSeatIndex(plan), quantity: 2, freeIn: () => 100, ...over });
  return areaNo === null ? null : plan.areas[areaNo]?.key;
};

test("the standing area with the best view that has room for all is offered, of the level that was asked for", () => {
  expect(pick()).toBe("Front");
  expect(pick({ freeIn: (areaNo) => (areaNo === 1 ? 1 : 2) })).toBe("Terrace");
  expect(pick({ categories: ["silver"] })).toBe("Terrace");
  expect(pick({ sections: ["Back"] })).toBe("Back");
  expect(pick({ freeIn: () => 1 })).toBeNull();
  expect(pick({ priceOf: () => null })).toBeNull();
});

test("the organizer's own order of areas comes before distances", () => {
  const ranked = {
    ...plan,
    sections: plan.sections.map((one, n) => ({ ...one, viewRank: n === 1 ? 1 : null })),
  };
  expect(pick({ index: makeSeatIndex(ranked) })).toBe("Back");
});
