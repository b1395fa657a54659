import { expect, it } from "vitest";
import { makeServerClock } from "./server-clock.ts";

it("counts on from the time an answer brought", () => {
  let atMs = 100;
  const clock = makeServerClock(() => atMs);
  expect(clock.nowMs()).toBeNull();
  clock.heard(5_000);
  atMs += 62_000;
  expect(clock.nowMs()).toBe(67_000);
});

it("is not set back by an old answer that the browser kept", () => {
  let atMs = 0;
  const clock = makeServerClock(() => atMs);
  clock.heard(10_000);
  atMs += 62_000;
  clock.heard(10_000);
  expect(clock.nowMs()).toBe(72_000);
});

it("follows an answer that came faster", () => {
  let atMs = 0;
  const clock = makeServerClock(() => atMs);
  clock.heard(10_000);
  atMs += 1_000;
  clock.heard(14_000);
  expect(clock.nowMs()).toBe(14_000);
});
