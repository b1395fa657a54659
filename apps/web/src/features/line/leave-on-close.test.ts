import { expect, test } from "vitest";
import { tabsAfter } from "./leave-on-close.ts";

test("the last tab knows that it is the last, and tabs that crashed do not count for ever", () => {
  const one = tabsAfter(null, { tab: "a", open: true }, 1_000);
  expect(one.others).toBe(0);
  const two = tabsAfter(one.text, { tab: "b", open: true }, 2_000);
  expect(two.others).toBe(1);
  expect(tabsAfter(two.text, { tab: "b", open: false }, 3_000).others).toBe(1);
  expect(tabsAfter(two.text, { tab: "b", open: false }, 60_000).others).toBe(0);
});

test("what somebody else wrote there breaks nothing", () => {
  for (const text of ["not json", "null", "[]", '{"a":"soon"}'])
    expect(tabsAfter(text, { tab: "b", open: true }, 0).others).toBe(0);
});
