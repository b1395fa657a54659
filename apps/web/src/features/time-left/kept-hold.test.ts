import { expect, test } from "vitest";
import { holdsIn, holdToShow, type KeptHold } from "./kept-hold.ts";

const hold = (change: Partial<KeptHold> = {}): KeptHold => ({
  accountId: "me",
  path: "/checkout/the-glass-orchard",
  title: "The Glass Orchard",
  places: 2,
  endsAtMs: 10_000,
  ...change,
});
const here = { accountId: "me", path: "/", nowMs: 5_000 };

test("of several holds the one that ends first is shown, and none that is over or of somebody else", () => {
  const later = hold({ path: "/orders/1", endsAtMs: 20_000 });
  expect(holdToShow([later, hold()], here)).toEqual(hold());
  expect(holdToShow([hold({ endsAtMs: 5_000 }), later], here)).toEqual(later);
  expect(holdToShow([hold({ accountId: "sister" })], here)).toBeNull();
});

test("the page that has its own countdown shows no second one", () => {
  expect(holdToShow([hold()], { ...here, path: hold().path })).toBeNull();
});

test("what does not read as a hold is none, and leads to no other place", () => {
  expect(holdsIn("")).toEqual([]);
  expect(holdsIn("{")).toEqual([]);
  expect(holdsIn(JSON.stringify([hold({ path: "//evil.test/checkout/x" }), { path: 1 }, hold()]))).toEqual([
    hold(),
  ]);
});
