import { expect, test } from "vitest";
import { lookAgainMs } from "./look-again.ts";

const waiting = (ahead: number, random = 0.5) => lookAgainMs({ state: "waiting", ahead }, random);

test("the first hundred and those with an offer look every ten seconds, far back once a minute", () => {
  expect([0, 1, 99, 100].map((ahead) => waiting(ahead))).toEqual([10_000, 10_000, 10_000, 10_000]);
  expect([300, 600, 20_000].map((ahead) => waiting(ahead))).toEqual([30_000, 60_000, 60_000]);
  expect(lookAgainMs({ state: "offered", ahead: 0 }, 0.5)).toBe(10_000);
});

test("a wait that is over is not looked at again", () => {
  expect(lookAgainMs({ state: "over", ahead: 0 }, 0.5)).toBe(false);
  expect(lookAgainMs(null, 0.5)).toBe(false);
});

test("fans who came at once do not look at once", () => {
  expect([0, 0.25, 0.75, 1].map((random) => waiting(0, random))).toEqual([8_000, 9_000, 11_000, 12_000]);
});
