import { monitorEventLoopDelay } from "node:perf_hooks";
import { importLayout } from "@onsale/core/layout/import/import-layout";
import { prepareLayout } from "@onsale/core/layout/layout-service";
import { expect, test } from "vitest";
import { makeImportProcess } from "./import-process.ts";

/** A house of so many seats, each where it stands. */
const house = (seats: number) =>
  `section,row,seat,x,y\n${Array.from({ length: seats }, (_, n) => `A${n >> 17},${n >> 8},${n & 255},${(n & 255) * 10},${(n >> 8) * 10}`).join("\n")}`;
const run = (imports: ReturnType<typeof makeImportProcess>, text: string) =>
  imports.run({ text, options: {} });

test("a layout is read beside this process: it waits a fraction of what the same file costs when it is read here", async () => {
  const text = house(100_000);
  const beganAtMs = performance.now();
  const here = importLayout(text);
  const prepared = here.layout && prepareLayout(here.layout);
  const hereMs = performance.now() - beganAtMs;

  const delay = monitorEventLoopDelay({ resolution: 5 });
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 1);
  delay.enable();
  const outcome = await run(makeImportProcess(), text);
  clearInterval(turning);
  delay.disable();
  expect(outcome).toMatchObject({ ok: true, counts: { seats: 100_000 }, problemCount: 0 });
  // Not only as good: the same version, to the byte.
  expect(outcome.prepared?.hash).toBe(prepared?.hash);
  expect(outcome.prepared?.text === prepared?.text).toBe(true);
  expect(turns).toBeGreaterThan(20);
  expect(delay.max / 1e6).toBeLessThan(hereMs / 2);
});

test("a file that takes too long ends its process alone, and says so", async () => {
  const outcome = await run(makeImportProcess({ msMax: 300 }), house(190_000));
  expect(outcome).toMatchObject({ ok: false, prepared: null, problems: [{ code: "file.too_slow" }] });
});

test("a file that takes too much memory is a fault of the file, and the next one is read", async () => {
  const imports = makeImportProcess({ heapMbMax: 64 });
  const outcome = await run(imports, house(190_000));
  expect(outcome).toMatchObject({ ok: false, prepared: null, problems: [{ code: "file.too_large" }] });
  expect(await run(imports, house(20))).toMatchObject({ ok: true });
});

test("a file waits for few others; who comes when they are too many is told to come again", async () => {
  const imports = makeImportProcess();
  const text = house(500);
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => run(imports, text)));
  const refused = results.filter((result) => result.status === "rejected");
  expect([results.length - refused.length, refused.length]).toEqual([5, 15]);
  for (const { reason } of refused)
    expect(reason).toMatchObject({ code: "service.unavailable", details: { retryAfterMs: 5_000 } });
});

test("a file that is being read when this process stops is let go", async () => {
  const imports = makeImportProcess();
  const reading = run(imports, house(190_000));
  imports.close();
  await expect(reading).rejects.toMatchObject({ code: "service.unavailable" });
});
