import { expect, test } from "vitest";
import { type CallWindows, firstOver, takeCall } from "./limit-count.ts";
import type { Bucket } from "./limits.ts";

const HOLD: Bucket = { points: 2, seconds: 60, burst: { points: 1, seconds: 300 } };

function counting(bucket: Bucket) {
  let windows: CallWindows = [];
  return (nowMs: number) => {
    const taken = takeCall(bucket, windows, nowMs);
    windows = taken.windows;
    return taken.waitMs;
  };
}

test("a burst is touched when the first purse is empty, and each window begins with its first call", () => {
  const take = counting(HOLD);
  expect([take(1_000), take(2_000), take(50_000)]).toEqual([0, 0, 0]);
  // The first purse has room at 61,000, the second not before 350,000.
  expect(take(51_000)).toBe(10_000);
  expect([take(61_000), take(62_000)]).toEqual([0, 0]);
  expect(take(63_000)).toBe(58_000);
  expect([take(350_000), take(350_001), take(350_002), take(350_003)].map((waitMs) => waitMs > 0)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test("what is refused takes nothing: the wait gets shorter, never longer", () => {
  const take = counting({ points: 1, seconds: 60 });
  expect(take(0)).toBe(0);
  expect([take(1_000), take(30_000), take(59_999), take(60_000)]).toEqual([59_000, 30_000, 1, 0]);
});

test("the refusal names the narrowest key that is over", () => {
  const bucket = { points: 5, seconds: 60 };
  const answers = [
    { key: "instrument", bucket, waitMs: 0 },
    { key: "account", bucket, waitMs: 7 },
    { key: "address", bucket, waitMs: 9 },
  ] as const;
  expect(firstOver(answers)).toEqual({
    kind: "over",
    key: "account",
    limit: 5,
    perSeconds: 60,
    retryAfterMs: 7,
  });
  expect(firstOver(answers.slice(0, 1))).toBeNull();
});
