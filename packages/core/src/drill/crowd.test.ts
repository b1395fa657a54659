import { expect, test } from "vitest";
import { type CrowdShape, type FanPlan, planCrowd } from "./crowd.ts";
import { makeRandom } from "./random.ts";

const shape: CrowdShape = {
  seed: 7,
  fans: 4_000,
  rampMs: 10_000,
  abandonPct: 10,
  contestedPct: 30,
  patienceMs: { least: 2_000, most: 9_000 },
  maxPerFan: 6,
};
const share = (fans: readonly FanPlan[], is: (fan: FanPlan) => boolean) =>
  (fans.filter(is).length / fans.length) * 100;

test("the same seed brings the same crowd, another seed another one", () => {
  expect(planCrowd(shape)).toEqual(planCrowd(shape));
  expect(planCrowd({ ...shape, seed: 8 })).not.toEqual(planCrowd(shape));
});

test("a larger crowd is the same one with more people in it", () => {
  const more = planCrowd({ ...shape, fans: 5_000 }).filter((fan) => fan.no < shape.fans);
  expect(more).toEqual(planCrowd(shape));
});

test("changing how many abandon changes nothing else about a fan", () => {
  const byNo = (fans: FanPlan[]) => fans.toSorted((a, b) => a.no - b.no);
  const more = byNo(planCrowd({ ...shape, abandonPct: 60 }));
  byNo(planCrowd(shape)).forEach((fan, no) => {
    const { ending: _ending, ...rest } = more[no] ?? fan;
    const { ending: _before, ...before } = fan;
    expect(rest).toEqual(before);
  });
});

test("the crowd comes in order, within the ramp, and more than half of it in the first third", () => {
  const at = planCrowd(shape).map((fan) => fan.arrivesAtMs);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(at.at(-1)).toBeLessThanOrEqual(shape.rampMs);
  expect(at.filter((ms) => ms <= shape.rampMs / 3).length).toBeGreaterThan(shape.fans / 2);
});

test("the shares asked for are the shares that come", () => {
  const fans = planCrowd(shape);
  expect(share(fans, (fan) => fan.ending === "abandon")).toBeCloseTo(shape.abandonPct, -1);
  // A few of the contested need a wheelchair place instead.
  expect(share(fans, (fan) => fan.wish === "contested")).toBeGreaterThan(26);
  expect(share(fans, (fan) => fan.wish === "contested")).toBeLessThan(32);
  expect(share(fans, (fan) => fan.wish === "accessible")).toBeGreaterThan(2.5);
  for (const ending of ["decline", "release"] as const)
    expect(share(fans, (fan) => fan.ending === ending)).toBeGreaterThan(2);
});

test("nobody abandons or fights when nobody shall", () => {
  const fans = planCrowd({ ...shape, abandonPct: 0, contestedPct: 0 });
  expect(fans.some((fan) => fan.ending === "abandon" || fan.wish === "contested")).toBe(false);
});

test("nobody wants more tickets than a fan may have, and patience stays in its bounds", () => {
  for (const fan of planCrowd({ ...shape, maxPerFan: 1 })) expect(fan.quantity).toBe(1);
  for (const fan of planCrowd(shape)) {
    expect(fan.quantity).toBeGreaterThanOrEqual(1);
    expect(fan.quantity).toBeLessThanOrEqual(6);
    expect(fan.patienceMs).toBeGreaterThanOrEqual(2_000);
    expect(fan.patienceMs).toBeLessThanOrEqual(9_000);
  }
});

test("streams of one seed do not follow each other", () => {
  const firsts = Array.from({ length: 1_000 }, (_, stream) => makeRandom(1, stream).next());
  expect(new Set(firsts).size).toBe(1_000);
  const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
  expect(mean).toBeGreaterThan(0.45);
  expect(mean).toBeLessThan(0.55);
  const rising = firsts.filter((value, i) => i > 0 && value > (firsts[i - 1] ?? 0)).length;
  expect(rising).toBeGreaterThan(400);
  expect(rising).toBeLessThan(600);
});
