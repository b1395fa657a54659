import { compileLayout } from "@onsale/core/layout/seat-plan";
import { expect, test } from "vitest";
import { fitRect } from "./camera.ts";
import { makeMapModel } from "./map-model.ts";
import { isPickable, sectionCamera } from "./section-camera.ts";
import { smallPlan } from "./testing/small-plan.ts";

const layout = smallPlan();
// One section with seats half as far apart as elsewhere: the usual distance is not enough for it.
const tight = structuredClone(layout);
const narrow = tight.sections[1];
if (narrow?.kind === "seated")
  for (const row of narrow.rows) for (const [at, seat] of row.seats.entries()) seat.x = 40 + at * 6;
const model = makeMapModel(compileLayout(tight), tight);
const PHONES = [
  { width: 390, height: 540 },
  { width: 375, height: 256 },
];

test("a tap on a section brings its seats at least 24 pixels apart, also where they are closer than elsewhere", () => {
  for (const viewport of PHONES)
    for (const section of model.sections.filter((one) => one.areaNo === null)) {
      const camera = fitRect(model.world, viewport, 10);
      const next = sectionCamera(model, { section, at: section.middle }, { camera, viewport });
      expect(section.pitch * next.scale).toBeGreaterThanOrEqual(24);
      expect(isPickable(section, next.scale)).toBe(true);
    }
});

test("a tap never takes one further away", () => {
  for (const section of model.sections) {
    const camera = { x: 0, y: 0, scale: 40 };
    const next = sectionCamera(
      model,
      { section, at: section.middle },
      { camera, viewport: { width: 390, height: 540 } },
    );
    expect(next.scale).toBeGreaterThanOrEqual(40);
  }
});

test("what was tapped is in view afterwards", () => {
  for (const viewport of PHONES)
    for (const section of model.sections) {
      const { minX, minY } = section.bounds;
      const camera = fitRect(model.world, viewport, 10);
      const next = sectionCamera(model, { section, at: { x: minX, y: minY } }, { camera, viewport });
      expect(Math.abs(minX - next.x) * next.scale).toBeLessThanOrEqual(viewport.width / 2);
      expect(Math.abs(minY - next.y) * next.scale).toBeLessThanOrEqual(viewport.height / 2);
    }
});
