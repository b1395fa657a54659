import { expect, test } from "vitest";
import { makeBell } from "./bell.ts";

const HOUR_MS = 3_600_000;
const never = new AbortController().signal;

test("whoever waits goes on as soon as somebody rings, and as soon as the process is to end", async () => {
  const bell = makeBell();
  const waiting = bell.wait(HOUR_MS, never);
  bell.ring();
  await expect(waiting).resolves.toBeUndefined();
  const stop = new AbortController();
  const ending = bell.wait(HOUR_MS, stop.signal);
  stop.abort();
  await expect(ending).resolves.toBeUndefined();
});

test("a ring that nobody waited for is heard once, by the next who waits", async () => {
  const bell = makeBell();
  bell.ring();
  await bell.wait(HOUR_MS, never);
  let isOver = false;
  const waiting = bell.wait(HOUR_MS, never).then(() => (isOver = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isOver).toBe(false);
  bell.ring();
  await waiting;
});
