import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clockNote, inputToMs, isSecondTime, msToInput, shownTime, withSecondTime } from "./local-time.ts";

test("a time is the venue's, whatever zone the organizer sits in", () => {
  expect(inputToMs("2026-07-01T20:00", "Europe/Zurich")).toBe(Date.UTC(2026, 6, 1, 18));
  expect(inputToMs("2026-12-01T20:00", "America/New_York")).toBe(Date.UTC(2026, 11, 2, 1));
});

const zones = [
  "Europe/Zurich",
  "Asia/Kolkata",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "UTC",
];
/** Hours in which clocks change, and any instant of a century, to the millisecond. */
const instants = fc.oneof(
  fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 11, 31) }),
  fc.integer({ min: Date.UTC(2026, 9, 24, 22), max: Date.UTC(2026, 9, 25, 4) }),
  fc.integer({ min: Date.UTC(2026, 10, 1, 2), max: Date.UTC(2026, 10, 1, 8) }),
  fc.integer({ min: Date.UTC(2027, 3, 3, 12), max: Date.UTC(2027, 3, 3, 18) }),
);

test("what is shown reads back as the same instant, seconds and repeated hours among them", () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (atMs, zone) => {
      expect(inputToMs(msToInput(atMs, zone), zone)).toBe(atMs);
    }),
    { numRuns: 2_000 },
  );
});

describe("clocks that change", () => {
  const zone = "Europe/Zurich";
  const first = Date.UTC(2026, 9, 25, 0, 30);
  const second = Date.UTC(2026, 9, 25, 1, 30);

  test("a repeated hour is told, and either of the two can be chosen", () => {
    const value = "2026-10-25T02:30";
    expect(clockNote(value, zone)).toEqual({ kind: "overlap", first: "UTC+2", second: "UTC+1" });
    expect(inputToMs(value, zone)).toBe(first);
    expect(inputToMs(withSecondTime(value, true), zone)).toBe(second);
    expect(isSecondTime(msToInput(second, zone))).toBe(true);
    expect(shownTime(msToInput(second, zone))).toBe(value);
    expect(withSecondTime(msToInput(second, zone), false)).toBe(msToInput(first, zone));
  });

  test("a time that does not come is told with what it counts as", () => {
    expect(clockNote("2026-03-29T02:30", zone)).toEqual({ kind: "gap", means: "03:30" });
    expect(clockNote("2026-03-29T03:30", zone)).toBeNull();
    expect(clockNote("", zone)).toBeNull();
  });

  test("a choice of the second hour means nothing where a time comes once", () => {
    expect(inputToMs("2026-07-01T20:00~2", zone)).toBe(inputToMs("2026-07-01T20:00", zone));
  });
});

test("a zone that is none gives no time and no crash", () => {
  expect(inputToMs("2026-07-01T20:00", "Mars/Olympus")).toBeNull();
  expect(clockNote("2026-07-01T20:00", "Mars/Olympus")).toBeNull();
});

test("an empty field is no time", () => {
  expect(inputToMs("", "UTC")).toBeNull();
  expect(msToInput(null, "UTC")).toBe("");
});
