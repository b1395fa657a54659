import { expect, test } from "vitest";
import { askAgainInMs, isUnsure } from "./ask-again.ts";

const refused = (code: string, category: string) => ({
  data: { code: category, app: { code, details: {} } },
});
const pending = refused("checkout.pending", "SERVICE_UNAVAILABLE");
const broken = new TypeError("fetch failed");

test("an order that waits its turn is asked for again by itself, at intervals that are bounded", () => {
  expect(isUnsure(0, pending)).toBe(true);
  expect(isUnsure(0, refused("service.unavailable", "SERVICE_UNAVAILABLE"))).toBe(true);
  expect([0, 1, 2, 3, 50].map(askAgainInMs)).toEqual([2_000, 4_000, 8_000, 12_000, 12_000]);
});

test("what was refused before anything was done is the fan's to press again", () => {
  expect(isUnsure(0, refused("checkout.busy", "SERVICE_UNAVAILABLE"))).toBe(false);
  expect(isUnsure(0, broken)).toBe(false);
});

test("once a payment is unsure only a refusal ends it", () => {
  expect(isUnsure(1, broken)).toBe(true);
  expect(isUnsure(1, refused("rate.limited", "TOO_MANY_REQUESTS"))).toBe(true);
  expect(isUnsure(1, refused("hold.expired", "PRECONDITION_FAILED"))).toBe(false);
  expect(isUnsure(1, refused("account.sign_in_required", "UNAUTHORIZED"))).toBe(false);
});
