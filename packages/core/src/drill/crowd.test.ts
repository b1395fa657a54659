import { expect, test } from "vitest";
import { type CrowdShape, type FanPlan, planCrowd } from "./crowd.ts";
import { makeRandom } from "./random.ts";

const shape: CrowdShape = {
  seed: 7,
  fans: 4_000,
  arrivals: { kind: "flash", lobbyMs: 10_000, latePct: 20, lateMs: 5_000 },
  abandonPct: 10,
  contestedPct: 30,
  patienceMs: { least: 2_000, most: 9_000 },
  maxPerFan: 6,
  line: {
    leavePct: 5,
    leaveAfterMs: { least: 1_000, most: 20_000 },
    napPct: 10,
    napFromMs: { least: -2_000, most: 9_000 },
    napMs: { least: 3_000, most: 8_000 },
    tabsPct: 6,
  },
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
    const { ending: _ending, method: _method, ...rest } = more[no] ?? fan;
    const { ending: _before, method: _with, ...before } = fan;
    expect(rest).toEqual(before);
  });
});

test("the crowd comes in order, within the times of its shape", () => {
  const at = planCrowd(shape).map((fan) => fan.arrivesAtMs);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(at[0]).toBeGreaterThanOrEqual(-10_000);
  expect(at.at(-1)).toBeLessThanOrEqual(5_000);
});

test("another shape of arrival, or no line, changes nothing about how a fan shops", () => {
  const shops = (fans: FanPlan[]) =>
    fans
      .toSorted((a, b) => a.no - b.no)
      .map(({ no, wish, quantity, ending, method, payMs, place }) => ({
        no,
        wish,
        quantity,
        ending,
        method,
        payMs,
        place,
      }));
  const other = { kind: "poisson", lobbyMs: 10_000, perSecond: 300 } as const;
  expect(shops(planCrowd({ ...shape, arrivals: other, line: null }))).toEqual(shops(planCrowd(shape)));
});

test("some go home, close the laptop or open two tabs, and nobody does where there is no line", () => {
  const fans = planCrowd(shape);
  expect(share(fans, (fan) => fan.leavesAfterMs !== null)).toBeCloseTo(5, -1);
  expect(share(fans, (fan) => fan.nap !== null)).toBeCloseTo(10, -1);
  expect(share(fans, (fan) => fan.tabs === 2)).toBeCloseTo(6, -1);
  for (const { nap } of fans) {
    if (!nap) continue;
    expect(nap.atMs).toBeGreaterThanOrEqual(-2_000);
    expect(nap.forMs).toBeLessThanOrEqual(8_000);
  }
  const alone = planCrowd({ ...shape, line: null });
  expect(alone.some((fan) => fan.leavesAfterMs !== null || fan.nap || fan.tabs === 2)).toBe(false);
});

test("every fan has an address of their own, and every way to pay comes", () => {
  const fans = planCrowd(shape);
  expect(new Set(fans.map((fan) => fan.address)).size).toBe(fans.length);
  expect(new Set(fans.map((fan) => fan.method)).size).toBe(6);
  expect(fans.every((fan) => (fan.method === "card_declined") === (fan.ending === "decline"))).toBe(true);
});

test("a recorded sale brings its own parties, within the limit", () => {
  const orders = [9, 1, 2].map((quantity, n) => ({ atMs: n * 1_000, quantity }));
  const crowd = planCrowd({ ...shape, arrivals: { kind: "replay", orders, compress: 1 } });
  expect(crowd.map((fan) => [fan.arrivesAtMs, fan.quantity])).toEqual([
    [0, 6],
    [1_000, 1],
    [2_000, 2],
  ]);
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
