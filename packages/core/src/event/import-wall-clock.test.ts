import fc from "fast-check";
import { expect, test } from "vitest";
import { dateText, instantOf, isWallClock, type WallClock, wallClockAt } from "./import-wall-clock.ts";

const clock = (text: string): WallClock => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[-T: ]/).map(Number);
  return { year, month, day, hour, minute, second };
};
const at = (text: string, zone: string) => {
  const { atMs, fit } = instantOf(clock(text), zone);
  return { iso: new Date(atMs).toISOString(), fit };
};

test.each([
  ["2024-05-31 17:20", "Europe/London", "2024-05-31T16:20:00.000Z", "exact"],
  ["2024-01-31 17:20", "Europe/London", "2024-01-31T17:20:00.000Z", "exact"],
  ["2020-03-08 12:30", "America/Los_Angeles", "2020-03-08T19:30:00.000Z", "exact"],
  ["2020-03-07 12:30", "America/Los_Angeles", "2020-03-07T20:30:00.000Z", "exact"],
  ["2026-07-01 20:00", "Asia/Kathmandu", "2026-07-01T14:15:00.000Z", "exact"],
  ["2026-07-01 20:00", "Pacific/Kiritimati", "2026-07-01T06:00:00.000Z", "exact"],
  ["2026-07-01 20:00", "Pacific/Pago_Pago", "2026-07-02T07:00:00.000Z", "exact"],
] as const)("%s in %s is %s", (...[text, zone, iso, fit]) => {
  expect(at(text, zone)).toEqual({ iso, fit });
});

test("a time the clock jumps over moves forward by the jump", () => {
  expect(at("2026-03-29 02:30", "Europe/Zurich")).toEqual({ iso: "2026-03-29T01:30:00.000Z", fit: "gap" });
  expect(at("2026-03-08 02:00", "America/New_York")).toEqual({ iso: "2026-03-08T07:00:00.000Z", fit: "gap" });
  expect(at("2026-10-04 02:10", "Australia/Lord_Howe")).toEqual({
    iso: "2026-10-03T15:40:00.000Z",
    fit: "gap",
  });
});

test("a day that a zone skipped belongs to the day after", () => {
  expect(at("2011-12-30 12:00", "Pacific/Apia").fit).toBe("gap");
  expect(at("2011-12-31 12:00", "Pacific/Apia")).toEqual({ iso: "2011-12-30T22:00:00.000Z", fit: "exact" });
});

test("a time the clock shows twice is the earlier one", () => {
  expect(at("2026-10-25 02:30", "Europe/Zurich")).toEqual({
    iso: "2026-10-25T00:30:00.000Z",
    fit: "overlap",
  });
  expect(at("2026-11-01 01:59", "America/New_York")).toEqual({
    iso: "2026-11-01T05:59:00.000Z",
    fit: "overlap",
  });
  expect(at("2026-11-01 02:00", "America/New_York").fit).toBe("exact");
});

const zones = [
  "Europe/London",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Asia/Tehran",
  "America/Sao_Paulo",
  "UTC",
];
test("every instant survives the way to the wall and back, unless the clock shows that time twice", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2035, 0, 1) / 1000 }),
      fc.constantFrom(...zones),
      (seconds, zone) => {
        const back = instantOf(wallClockAt(seconds * 1000, zone), zone);
        const due = back.fit === "overlap" && back.atMs < seconds * 1000 ? back.atMs : seconds * 1000;
        expect(back).toEqual({ atMs: due, fit: expect.not.stringMatching("gap") });
      },
    ),
    { numRuns: 2_000 },
  );
});

test("only days and times that exist are wall clocks", () => {
  expect(isWallClock(clock("2024-02-29 23:59:59"))).toBe(true);
  const never = [
    "2023-02-29",
    "2024-13-01",
    "2024-00-10",
    "2024-04-31",
    "2024-01-01 24:00",
    "2024-01-01 10:60",
  ];
  expect(never.filter((text) => isWallClock(clock(text)))).toEqual([]);
  expect(isWallClock({ ...clock("2024-01-01"), year: Number.NaN })).toBe(false);
});

test("dates are written with four, two and two digits", () => {
  expect(dateText(clock("2024-03-05"))).toBe("2024-03-05");
});
