import { expect, test } from "vitest";
import { aheadWords, endWords } from "./waitlist-words.ts";
import type { Wait } from "./wait.ts";

test("who is asked before is said in people, not in a number alone", () => {
  expect(aheadWords(0)).toBe("You are next.");
  expect(aheadWords(1)).toBe("1 fan is asked before you.");
  expect(aheadWords(1_200)).toBe("1,200 fans are asked before you.");
});

test("an end says what happened and that nothing was charged; a wait that runs has none", () => {
  expect(endWords({ ended: "lapsed" } as Wait)?.text).toContain("Nothing was charged");
  expect(endWords({ ended: null } as Wait)).toBeNull();
  expect(endWords(null)).toBeNull();
});
