import { threadCpuUsage } from "node:process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { generateArena } from "../layout/generate/arena.ts";
import { generateStadium } from "../layout/generate/stadium.ts";
import { compileLayout, SEAT_FLAG, type SeatPlan } from "../layout/seat-plan.ts";
import { makeSeatIndex } from "./best-available.ts";
import { checkSelection } from "./seat-rules.ts";
import { arbSeating } from "./testing/arbitrary-seating.ts";
import { allBlocks, ask, ids, seatsOf } from "./testing/brute-force.ts";
import { samplePlan } from "../layout/testing/sample-plan.ts";

const arbQuantity = fc.integer({ min: 1, max: 9 });
const RUNS = { numRuns: 300 };

/** Distance, and the cosine of the angle off the line from the stage to the middle of the seating; from coordinates alone. */
function viewOf(plan: SeatPlan, block: readonly number[]): { distance: number; straight: number } {
  const middles = [block[(block.length - 1) >> 1] ?? 0, block[block.length >> 1] ?? 0];
  const mean = (axis: Float32Array, of: readonly number[]) =>
    of.reduce((sum, seatNo) => sum + (axis[seatNo] ?? 0), 0) / of.length;
  const to = (of: readonly number[]) => [
    mean(plan.x, of) - plan.focalPoint.x,
    mean(plan.y, of) - plan.focalPoint.y,
  ];
  const [dx = 0, dy = 0] = to(middles);
  const [ax = 0, ay = 0] = to(seatsOf(plan));
  const distance = Math.hypot(dx, dy);
  return { distance, straight: (dx * ax + dy * ay) / (distance * Math.hypot(ax, ay)) };
}

test("neighbours whenever there is a block, and no allowed free block of that level is nearer and more central", () => {
  fc.assert(
    fc.property(arbSeating(), arbQuantity, (seating, quantity) => {
      const { plan, taken } = seating;
      const pick = ask(plan, { quantity }, taken);
      const blocks = allBlocks(seating, quantity);
      expect(pick?.together ?? false).toBe(blocks.length > 0);
      if (!pick?.together) return;
      const isAllowed = (seatNos: readonly number[]) =>
        checkSelection({
          plan,
          stateOf: (seatNo) => (taken.has(seatNo) ? "taken" : "free"),
          items: { seats: seatNos.map((seatNo) => ({ seatNo, ticketType: "adult" })), areas: [] },
          limits: { ticketsMax: 50 },
        }).length === 0;
      // A whole table is one set of seats with many middles.
      const own = blocks.filter((block) => block.toSorted((a, b) => a - b).join() === pick.seatNos.join());
      const better = blocks.filter(
        (block) =>
          isAllowed(block) &&
          own.every((mine) => {
            const [theirs, ours] = [viewOf(plan, block), viewOf(plan, mine)];
            return theirs.distance < ours.distance - 1e-3 && theirs.straight > ours.straight + 1e-6;
          }),
      );
      expect(better).toEqual([]);
    }),
    RUNS,
  );
});

test("in the arena the best pair of every price level is before the stage, not beside it", () => {
  const plan = compileLayout(generateArena());
  const { x, y } = plan.focalPoint;
  for (const { key } of plan.categories) {
    const pick = ask(plan, { quantity: 2, categories: [key] });
    if (!pick) continue;
    const [seatNo = 0] = pick.seatNos;
    const [dx, dy] = [(plan.x[seatNo] ?? 0) - x, (plan.y[seatNo] ?? 0) - y];
    // Within 60 degrees of the line from the stage through the middle of the seating, which runs straight down.
    expect([key, dy > 0.5 * Math.hypot(dx, dy)]).toEqual([key, true]);
    expect((plan.flags[seatNo] ?? 0) & SEAT_FLAG.restrictedView).toBe(0);
  }
});

test("the organizer's own order of sections, then of rows, comes before what distances say", () => {
  const plan = samplePlan([
    { key: "A", rows: ["ssss", "ssss"] },
    { key: "B", rows: ["ssss", "ssss"] },
  ]);
  const ordered = (sections: (number | null)[], rows: (number | null)[]): SeatPlan => ({
    ...plan,
    sections: plan.sections.map((section, n) => ({ ...section, viewRank: sections[n] ?? null })),
    runs: plan.runs.map((run, n) => ({ ...run, viewRank: rows[n] ?? null })),
  });
  expect(ids(ordered([null, 1], []), { quantity: 2 })).toEqual(["B/1/1", "B/1/2", "together"]);
  expect(ids(ordered([2, 1], [null, null, 2, 1]), { quantity: 2 })).toEqual(["B/2/1", "B/2/2", "together"]);
  expect(ids(ordered([], [null, 1]), { quantity: 2 })).toEqual(["A/2/1", "A/2/2", "together"]);
});

test("around a stage in the middle every side is the front: the nearest block comes first", () => {
  const plan = samplePlan([{ key: "A", rows: ["sssss", "sssss", "     ", "sssss", "sssss"] }]);
  const round = { ...plan, focalPoint: { x: 20, y: 32 } };
  const sections = round.sections.map((section) => ({ ...section, focalPoint: round.focalPoint }));
  expect(ids({ ...round, sections }, { quantity: 1 })).toEqual(["A/4/3", "together"]);
});

test("a block of one price level comes before a nearer one of two", () => {
  const plan = samplePlan([{ key: "A", rows: ["ss", "ssss"] }]);
  const mixed = { ...plan, category: plan.category.map((category, seatNo) => (seatNo === 1 ? 1 : category)) };
  expect(ids(mixed, { quantity: 2 }).slice(0, 2).join()).toBe("A/2/1,A/2/2");
});

test("the best of 20,000 seats is found in a few milliseconds, in an empty seating and in one that is nearly full", () => {
  const plan = compileLayout(generateStadium(20_000));
  makeSeatIndex(plan);
  for (const taken of [new Set<number>(), new Set(seatsOf(plan).filter((seatNo) => seatNo % 97 !== 0))]) {
    ask(plan, { quantity: 1 }, taken);
    const from = threadCpuUsage();
    for (let n = 0; n < 5; n += 1) ask(plan, { quantity: 1 }, taken);
    const { user } = threadCpuUsage(from);
    expect(user / 1_000 / 5).toBeLessThan(100);
  }
});
