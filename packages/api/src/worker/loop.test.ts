import { expect, test, vi } from "vitest";
import { makeLogger } from "../log.ts";
import { loop } from "./loop.ts";

test("however long a store was away, the worker is back at work two seconds after it", async () => {
  vi.useFakeTimers();
  const stop = new AbortController();
  let isAway = true;
  let done = 0;
  const step = async () => {
    if (isAway) throw new Error("away");
    done++;
    return false;
  };
  const running = loop({
    name: "test",
    idleMs: 60_000,
    signal: stop.signal,
    log: makeLogger("silent", "test"),
    step,
  });
  await vi.advanceTimersByTimeAsync(120_000);
  isAway = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(done).toBe(1);
  stop.abort();
  await running;
  vi.useRealTimers();
});
