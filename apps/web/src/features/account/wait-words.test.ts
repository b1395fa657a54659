import { expect, test } from "vitest";
import { waitWords } from "./wait-words.ts";

test.each([
  [0, "in 1 second"],
  [1_000, "in 1 second"],
  [19_001, "in 20 seconds"],
  [60_001, "in 2 minutes"],
  [3_600_001, "in 2 hours"],
])("%i ms is said as %s, never too early", (ms, words) => {
  expect(waitWords(ms)).toBe(words);
});
