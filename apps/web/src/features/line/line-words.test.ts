import { expect, test } from "vitest";
import { countdownFigures, countdownWords, lateWords, spanWords, standstillWords } from "./line-words.ts";

test("a countdown never goes below nought and shows days only while there are some", () => {
  expect(countdownFigures(-5_000)).toBe("0:00");
  expect(countdownFigures(61_000)).toBe("1:01");
  expect(countdownFigures(3_661_000)).toBe("1:01:01");
  expect(countdownFigures(2 * 86_400_000 + 5_000)).toBe("2 days 0:00:05");
});

test("the spoken countdown is coarse where precision would only press", () => {
  expect(countdownWords(0)).toBe("now");
  expect(countdownWords(12_000)).toBe("in a few seconds");
  expect(countdownWords(70_000)).toBe("in about a minute");
  expect(countdownWords(12 * 60_000)).toBe("in 12 minutes");
  expect(countdownWords(5 * 3_600_000)).toBe("in about 5 hours");
  expect(countdownWords(3.5 * 86_400_000)).toBe("in 3 days");
});

test("an estimate is a range, rounded to what can be known", () => {
  expect(spanWords(5_000, 40_000)).toBe("less than a minute");
  expect(spanWords(2 * 60_000, 4 * 60_000)).toBe("2 to 4 minutes");
  expect(spanWords(13 * 60_000, 22 * 60_000)).toBe("15 to 20 minutes");
  expect(spanWords(60 * 60_000, 110 * 60_000)).toBe("1 to 2 hours");
  expect(spanWords(20 * 60_000, 20 * 60_000)).toBe("about 20 minutes");
  expect(spanWords(40 * 3_600_000, 50 * 3_600_000)).toBe("more than a day");
});

test("the ordinary rhythm of waves is no standstill", () => {
  expect(standstillWords("inflow")).toBeNull();
  expect(standstillWords("nobody_present")).toBeNull();
  for (const reason of ["paused", "settling", "cap", "orders_waiting", "provider_slow", "stock_gone"])
    expect(standstillWords(reason)?.words).not.toBe("");
});

test("the time in which a number is kept is never said to be longer than it is", () => {
  expect(lateWords(300_000)).toBe("5 minutes");
  expect(lateWords(119_000)).toBe("1 minute");
  expect(lateWords(20_900)).toBe("20 seconds");
});
