import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { expect, test } from "vitest";
import { workerWords } from "./worker-words.ts";

test("staff hear nothing while a worker runs, and since when and what stands still when none does", () => {
  expect(workerWords({ running: 1, silentMs: 300 }, DEFAULT_LOCALE)).toBeNull();
  expect(workerWords({ running: 0, silentMs: 14_200 }, DEFAULT_LOCALE)).toMatch(
    /^No worker has answered for 14 s: orders/,
  );
  expect(workerWords({ running: 0, silentMs: null }, DEFAULT_LOCALE)).toMatch(/^No worker runs: orders/);
});
