import { setTimeout as passTime } from "node:timers/promises";
import { expect, test } from "vitest";
import { cpuOf, longestTurn } from "./longest-turn.ts";

/** Until this thread has really worked for so long, however often others had the processor meanwhile. */
function workFor(ms: number): void {
  const from = process.threadCpuUsage();
  while (process.threadCpuUsage(from).user < ms * 1_000);
}

test("work without a pause is one turn, and what was waited for is none", async () => {
  const paused = await longestTurn(async () => {
    for (let n = 0; n < 10; n += 1) {
      workFor(30);
      // Past the interval, and once round the loop: what is due at the same moment may come one behind the other.
      await passTime(5);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await passTime(300);
    return "done";
  });
  const straight = await longestTurn(async () => {
    await passTime(5);
    workFor(300);
  });
  expect(paused.result).toBe("done");
  expect(paused.turns).toBeGreaterThan(10);
  expect(paused.cpuMs).toBeLessThan(200);
  expect(straight.cpuMs).toBeGreaterThan(290);
});

test("the processor time of a piece of work is its own", () => {
  expect(cpuOf(() => workFor(50)).cpuMs).toBeGreaterThan(45);
});
