import { expect, test } from "vitest";
import { spokenTimeLeft, timeLeftWords } from "./countdown.ts";

test("the countdown shows figures to the last second, and turns to words for the ear alone", () => {
  expect(timeLeftWords(272_000)).toBe("4:32 left");
  expect(timeLeftWords(240_000)).toBe("4:00 left");
  expect(timeLeftWords(61_000)).toBe("1:01 left");
  expect(timeLeftWords(9_000)).toBe("0:09 left");
  expect(spokenTimeLeft(61_000)).toBe("about a minute left");
  expect(spokenTimeLeft(30_000)).toBe("less than a minute left");
  expect(spokenTimeLeft(9_000)).toBe("a few seconds left");
});

test("at zero and after it says so, never less than nothing", () => {
  expect(timeLeftWords(0)).toBe("time is up");
  expect(timeLeftWords(-5_000)).toBe("time is up");
});

test("a screen reader hears minutes, not every second", () => {
  expect(spokenTimeLeft(272_000)).toBe(spokenTimeLeft(250_000));
  expect(spokenTimeLeft(272_000)).toBe("5 minutes left");
});
