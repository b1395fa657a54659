import { expect, test } from "vitest";
import { shopTimeWords } from "./shop-time-words.ts";

test("shopping time is said in minutes, and in words near its end", () => {
  expect(shopTimeWords(14.6 * 60_000)).toBe("You have 15 minutes to choose seats.");
  expect(shopTimeWords(95_000)).toBe("You have 2 minutes to choose seats.");
  expect(shopTimeWords(80_000)).toBe("About a minute is left to choose seats.");
  expect(shopTimeWords(20_000)).toBe("Less than a minute is left to choose seats.");
  expect(shopTimeWords(-1)).toBe("Your time to choose seats is over.");
});
