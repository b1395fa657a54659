import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  eventDate,
  formatClock,
  formatDay,
  formatDayAndTime,
  formatFigure,
  formatHour,
  formatInFull,
  formatNumber,
  formatOffset,
  formatSeconds,
  formatSortable,
  formatWeekdayAndTime,
  moment,
} from "./format.ts";

const ZURICH = { timeZone: "Europe/Zurich" };
const EVENING = Date.UTC(2026, 11, 10, 18, 30, 5);

test("a figure has the decimals that say something, in the signs of its reader", () => {
  expect(formatFigure(1_234_567)).toBe("1,234,567");
  expect(formatFigure(1_234.5, { locale: "de-DE" })).toBe("1.234,5");
  expect(formatFigure(0.123_456)).toBe("0.123");
  expect(formatFigure(2.25, { decimals: 1 })).toBe("2.3");
  expect(formatNumber(1_234, "de-CH", 2)).toBe("1’234.00");
});

test("a moment stands on the clock of its zone, whoever reads it, and on twelve hours for whoever counts so", () => {
  expect(formatDay(EVENING, ZURICH)).toBe("10 Dec 2026");
  expect(formatDayAndTime(EVENING, ZURICH)).toBe("10 Dec 2026, 19:30");
  expect(formatInFull(EVENING, ZURICH)).toBe("Thursday, 10 December 2026 at 19:30");
  expect(formatClock(EVENING, ZURICH)).toBe("19:30");
  expect(formatClock(EVENING, { ...ZURICH, locale: "en-US" })).toBe("7:30 PM");
  expect(formatSeconds(EVENING, ZURICH)).toBe("19:30:05");
  expect(formatWeekdayAndTime(EVENING, ZURICH)).toBe("Thu 10 Dec, 19:30");
  expect(formatHour(EVENING, ZURICH)).toBe("10 Dec, 19:30");
  expect(formatSortable(EVENING, "Asia/Tokyo")).toBe("Fri 2026-12-11 03:30");
  expect(formatOffset(EVENING, "Europe/Zurich")).toBe("UTC+1");
  expect(moment(EVENING, "Europe/Zurich")).toContain("10 December at 19:30 CET");
  expect(eventDate(EVENING, "Europe/Zurich", "en-US")).toMatchObject({ time: "7:30 PM", day: "10" });
});

/** What is no look of a number or a time: reading clocks and names, sorting, and the figures of a currency. */
const READS_INTL = [
  "apps/web/src/features/admin/list-field.tsx",
  "apps/web/src/features/ticket/my-tickets.tsx",
  "apps/web/src/ui/table/table-column.ts",
  "packages/core/src/event/import-wall-clock.ts",
  "packages/core/src/layout/layout-key.ts",
  "packages/core/src/programme/date-words.ts",
  "packages/core/src/shared/money.ts",
  "packages/core/src/shared/time-zone.ts",
];

test("nothing else decides how numbers and times look", () => {
  const root = path.join(import.meta.dirname, "../../../..");
  const sources = ["apps", "packages"].flatMap((part) =>
    readdirSync(path.join(root, part)).flatMap((name) => {
      const under = path.join(part, name, "src");
      return readdirSync(path.join(root, under), { recursive: true, encoding: "utf8" })
        .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
        .map((file) => path.join(under, file));
    }),
  );
  const asks = sources.filter((file) =>
    /\.toLocale(?:Date|Time)?String\(|new Intl\./.test(readFileSync(path.join(root, file), "utf8")),
  );
  expect(sources.length).toBeGreaterThan(500);
  expect(asks.toSorted()).toEqual([...READS_INTL, "packages/core/src/shared/format.ts"].toSorted());
});
