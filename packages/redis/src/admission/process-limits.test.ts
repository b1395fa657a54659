import { expect, test } from "vitest";
import { makeProcessLimits } from "./process-limits.ts";

function limits() {
  const at = { ms: 0 };
  return { at, own: makeProcessLimits({ nowMs: () => at.ms }) };
}
const over = (key: "account" | "address", retryAfterMs: number) =>
  ({ kind: "over", key, limit: 5, perSeconds: 60, retryAfterMs }) as const;

test("an account that is over is refused from memory for as long as it has to wait", () => {
  const { at, own } = limits();
  own.noteOver("ada", over("account", 30_000));
  at.ms = 29_000;
  expect(own.knownOver("ada")).toEqual(over("account", 1_000));
  at.ms = 30_000;
  expect(own.knownOver("ada")).toBeNull();
});

test("an address that was over is asked about again after a second: a point may have been given back", () => {
  const { at, own } = limits();
  own.noteOver("campus", over("address", 30_000));
  at.ms = 999;
  expect(own.knownOver("campus")).toEqual(over("address", 29_001));
  at.ms = 1_000;
  expect(own.knownOver("campus")).toBeNull();
});
