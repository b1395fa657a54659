import { expect, test } from "vitest";
import { compileLayout } from "../layout/seat-plan.ts";
import { validateLayout } from "../layout/validate-layout.ts";
import { validatePriceList } from "../pricing/validate-price-list.ts";
import { seatIndexOf } from "../seat-rules/seat-index.ts";
import { DRILL_PLACES_MIN, drillLayout, drillPrices } from "./drill-layout.ts";

test.each([DRILL_PLACES_MIN, 200, 999, 1_000, 2_000, 20_000])(
  "a layout of %i places has exactly as many, all priced",
  (places) => {
    const layout = drillLayout(places);
    expect(validateLayout(layout)).toEqual([]);
    const plan = compileLayout(layout);
    const standing = plan.areas.reduce((sum, area) => sum + area.capacity, 0);
    expect(plan.seatCount + standing).toBe(places);
    expect(standing > 0).toBe(places >= 1_000);
    expect(validatePriceList(plan, drillPrices(layout))).toEqual([]);
  },
);

test("every wheelchair place of the layout has one companion seat beside it", () => {
  const { accessible } = seatIndexOf(compileLayout(drillLayout(2_000)));
  expect(accessible.size).toBeGreaterThan(5);
  for (const [seatNo, companions] of accessible) expect(companions).toEqual([seatNo + 1]);
});
