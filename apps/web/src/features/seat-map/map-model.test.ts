import { compileLayout } from "@onsale/core/layout/seat-plan";
import { expect, test } from "vitest";
import { makeMapModel } from "./map-model.ts";
import { insidePolygon } from "./section-outline.ts";
import { smallPlan } from "./testing/small-plan.ts";

const layout = smallPlan();
const plan = compileLayout(layout);
const model = makeMapModel(plan, layout);

test("a seat is painted small enough to touch no neighbour", () => {
  expect(model.pitch).toBeCloseTo(10);
  expect(model.radius * 2).toBeLessThan(10);
});

test("every section has a shape around its seats and a category", () => {
  expect(model.sections.map((section) => section.seatCount)).toEqual([50, 50, 0]);
  expect(model.sections.map((section) => section.category)).toEqual([1, 0, 0]);
  expect(insidePolygon(model.sections[0]?.polygon ?? [], { x: -120, y: 84 })).toBe(true);
  expect(model.sections[2]?.areaNo).toBe(0);
});

test("the world holds seats, standing areas and the stage", () => {
  expect(model.world.minY).toBeLessThanOrEqual(-10);
  expect(model.world.minX).toBeLessThanOrEqual(-160);
  expect(model.world.maxX).toBeGreaterThanOrEqual(125);
});

test("a layout without one seat still makes a model", () => {
  const bare = { ...layout, sections: [], shapes: [] };
  expect(makeMapModel(compileLayout(bare), bare).sections).toEqual([]);
});
