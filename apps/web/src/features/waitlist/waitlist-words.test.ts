import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import type { WaitView } from "@onsale/contract/waitlist";
import { expect, test } from "vitest";
import { aheadWords, endWords, offerWords } from "./waitlist-words.ts";

test("who is asked before is said in people, not in a number alone", () => {
  expect(aheadWords(0, DEFAULT_LOCALE)).toBe("You are next.");
  expect(aheadWords(1, DEFAULT_LOCALE)).toBe("1 fan is asked before you.");
  expect(aheadWords(1_200, DEFAULT_LOCALE)).toBe("1,200 fans are asked before you.");
});

test("an end says what happened and that nothing was charged; a wait that runs has none", () => {
  expect(endWords({ ended: "lapsed" } as WaitView)?.text).toContain("Nothing was charged");
  expect(endWords({ ended: null } as WaitView)).toBeNull();
  expect(endWords(null)).toBeNull();
});

test("two places in one standing area are two, and are not called seats", () => {
  expect(offerWords({ seats: 0, standing: 2 })).toEqual({ one: false, title: "Standing places for you" });
  expect(offerWords({ seats: 0, standing: 1 })).toEqual({ one: true, title: "A standing place for you" });
  expect(offerWords({ seats: 1, standing: 0 })).toEqual({ one: true, title: "A seat for you" });
  expect(offerWords({ seats: 3, standing: 0 })).toEqual({ one: false, title: "Seats for you" });
});
