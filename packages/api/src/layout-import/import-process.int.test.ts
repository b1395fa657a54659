import { importLayout } from "@onsale/core/layout/import/import-layout";
import { prepareLayout } from "@onsale/core/layout/layout-service";
import { expect, test } from "vitest";
import { cpuOf, longestTurn } from "../testing/longest-turn.ts";
import { makeImportProcess } from "./import-process.ts";

/** The process gives way to all others, so on a machine with other work it is slow; only one test is about that. */
const PATIENT_MS = 280_000;

/** A layout of so many seats, each where it stands. */
const layoutOf = (seats: number) =>
  `section,row,seat,x,y\n${Array.from({ length: seats }, (_, n) => `A${n >> 17},${n >> 8},${n & 255},${(n & 255) * 10},${(n >> 8) * 10}`).join("\n")}`;
const run = (imports: ReturnType<typeof makeImportProcess>, text: string) =>
  imports.run({ text, options: {} });

test("a layout is read beside this process, which does a fraction of the work that reading it here takes", async () => {
  const text = layoutOf(40_000);
  const here = cpuOf(() => {
    const { layout } = importLayout(text);
    return layout && prepareLayout(layout);
  });
  const beside = await longestTurn(() => run(makeImportProcess({ msMax: PATIENT_MS }), text));
  const outcome = beside.result;
  expect(outcome).toMatchObject({ ok: true, counts: { seats: 40_000 }, problemCount: 0 });
  // Not only as good: the same version, to the byte.
  expect(outcome.prepared?.hash).toBe(here.result?.hash);
  expect(outcome.prepared?.text === here.result?.text).toBe(true);
  expect(beside.turns).toBeGreaterThan(20);
  expect(beside.cpuMs).toBeLessThan(here.cpuMs / 2);
});

test("a file that takes too long ends its process alone, and says so", async () => {
  const outcome = await run(makeImportProcess({ msMax: 300 }), layoutOf(190_000));
  expect(outcome).toMatchObject({ ok: false, prepared: null, problems: [{ code: "file.too_slow" }] });
});

test("a file that takes too much memory is a fault of the file, and the next one is read", async () => {
  const imports = makeImportProcess({ heapMbMax: 64, msMax: PATIENT_MS });
  const outcome = await run(imports, layoutOf(190_000));
  expect(outcome).toMatchObject({ ok: false, prepared: null, problems: [{ code: "file.too_large" }] });
  expect(await run(imports, layoutOf(20))).toMatchObject({ ok: true });
});

test("a file waits for few others; who comes when they are too many is told to come again", async () => {
  const imports = makeImportProcess({ msMax: PATIENT_MS });
  const text = layoutOf(500);
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => run(imports, text)));
  const refused = results.filter((result) => result.status === "rejected");
  expect([results.length - refused.length, refused.length]).toEqual([5, 15]);
  for (const { reason } of refused)
    expect(reason).toMatchObject({ code: "service.unavailable", details: { retryAfterMs: 5_000 } });
});

test("a file that is being read when this process stops is let go", async () => {
  const imports = makeImportProcess();
  const reading = run(imports, layoutOf(190_000));
  imports.close();
  await expect(reading).rejects.toMatchObject({ code: "service.unavailable" });
});
