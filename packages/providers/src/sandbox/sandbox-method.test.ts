import { expect, test } from "vitest";
import { isSandboxMethod, SANDBOX_METHODS } from "./sandbox-method.ts";

test("only the sandbox's own methods are known, not what every object has", () => {
  expect(Object.keys(SANDBOX_METHODS).every(isSandboxMethod)).toBe(true);
  expect(["constructor", "__proto__", "card_gold"].filter(isSandboxMethod)).toEqual([]);
});
