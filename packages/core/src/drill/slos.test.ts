import { expect, test } from "vitest";
import { SLO_TARGETS, slosOf, soldOutTargetS } from "./slos.ts";
import { cleanSale } from "./testing/clean-sale.ts";

const failing = (changes: Partial<typeof cleanSale>) =>
  slosOf({ ...cleanSale, ...changes })
    .filter(({ ok }) => !ok)
    .map(({ name }) => name);

test("a clean sale meets every target, and the promises stand first", () => {
  expect(failing({})).toEqual([]);
  const kinds = slosOf(cleanSale).map(({ kind }) => kind);
  expect(kinds).toEqual(kinds.toSorted());
  expect(kinds.filter((kind) => kind === "promise").length).toBe(9);
});

test("the value on the target is still good, the next one is not", () => {
  const hold = { count: 1, p50Ms: 1, p95Ms: SLO_TARGETS.holdP95Ms, p99Ms: 1, maxMs: 1, perSecond: 1 };
  expect(failing({ steps: { hold } })).toEqual([]);
  expect(failing({ steps: { hold: { ...hold, p95Ms: SLO_TARGETS.holdP95Ms + 0.1 } } })).toEqual([
    "hold, p95",
  ]);
});

test("after a fault the targets are judged beside it, and their names say so", () => {
  const slow = { hold: { count: 1, p50Ms: 9_000, p95Ms: 9_000, p99Ms: 9_000, maxMs: 9_000, perSecond: 1 } };
  expect(failing({ steps: slow })).toEqual(["hold, p95", "hold, p99"]);
  expect(failing({ steps: slow, stepsBesideFaults: cleanSale.steps })).toEqual([]);
  expect(failing({ stepsBesideFaults: slow })).toEqual([
    "hold, p95, beside faults",
    "hold, p99, beside faults",
  ]);
});

test("one wrong answer in a hundred thousand is seen, and more than one in a thousand is too many", () => {
  const [share] = slosOf({ ...cleanSale, unexpected: 1, requests: 100_000 }).filter(
    ({ unit }) => unit === "%",
  );
  expect(share).toMatchObject({ value: 0.001, ok: true });
  expect(failing({ unexpected: 11, requests: 10_000 })).toEqual(["answers that no fan should get"]);
});

test("seats left over fail the share that must be sold", () => {
  expect(failing({ sold: 199, seats: 200 })).toEqual([]);
  expect(failing({ sold: 198, seats: 200 })).toEqual(["places sold"]);
});

test("a crowd that is smaller than its plan is not asked to buy it all, and a large plan takes longer", () => {
  expect(failing({ sold: 90, seats: 200, wanted: 239 })).toEqual([]);
  expect(failing({ sold: 90, seats: 200, wanted: 240 })).toEqual(["places sold"]);
  expect([200, 2_000, 20_000].map(soldOutTargetS)).toEqual([240, 240, 2_400]);
});

test("a sale without a line is asked for nothing of a line, and what was not measured fails no service target", () => {
  const names = slosOf({ ...cleanSale, line: null }).map(({ name }) => name);
  expect(names.some((name) => name.startsWith("release"))).toBe(false);
  expect(
    failing({ steps: {}, requests: 0, line: { firstAdmissionSecond: null, soldOutSecond: null } }),
  ).toEqual([]);
});
