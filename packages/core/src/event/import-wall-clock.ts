/** What a clock on the wall shows: month 1-12, no zone. */
export type WallClock = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

/**
 * `gap`: the clock was put forward over this time, so it never showed it. `overlap`: it was put back, so it showed it
 * twice.
 */
export type WallClockFit = "exact" | "gap" | "overlap";

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The instant at which a zone's clock shows `clock`, in epoch milliseconds. A time in a gap moves forward by the gap and
 * a time in an overlap is the earlier one, as Temporal's "compatible" and RFC 5545 section 3.3.5 have it. `timeZone` is
 * an IANA zone that the runtime knows.
 */
export function instantOf(clock: WallClock, timeZone: string): { atMs: number; fit: WallClockFit } {
  const asUtc = utcOf(clock);
  // No zone changes its offset twice within two days, so a day to each side shows both offsets in question.
  const before = offsetMs(asUtc - DAY_MS, timeZone);
  const after = offsetMs(asUtc + DAY_MS, timeZone);
  const early = asUtc - before;
  const late = asUtc - after;
  const earlyHolds = offsetMs(early, timeZone) === before;
  const lateHolds = offsetMs(late, timeZone) === after;
  if (before === after) return { atMs: early, fit: "exact" };
  if (earlyHolds && lateHolds) return { atMs: Math.min(early, late), fit: "overlap" };
  if (earlyHolds) return { atMs: early, fit: "exact" };
  if (lateHolds) return { atMs: late, fit: "exact" };
  return { atMs: early, fit: "gap" };
}

/** Where a clock shows `clock` twice, the second of the two instants; null: it does so once, or never. */
export function laterInstantOf(clock: WallClock, timeZone: string): number | null {
  if (instantOf(clock, timeZone).fit !== "overlap") return null;
  const asUtc = utcOf(clock);
  return Math.max(asUtc - offsetMs(asUtc - DAY_MS, timeZone), asUtc - offsetMs(asUtc + DAY_MS, timeZone));
}

export function wallClockAt(atMs: number, timeZone: string): WallClock {
  const read = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatOf(timeZone).formatToParts(atMs)) {
    if (type in read) read[type as keyof WallClock] = Number(value);
  }
  return read;
}

/** Whether a calendar has this day and a clock this time; 24:00 and leap seconds are not times here. */
export function isWallClock(clock: WallClock): boolean {
  const { year, month, day, hour, minute, second } = clock;
  if (!Object.values(clock).every(Number.isInteger)) return false;
  if (
    year < 1 ||
    year > 9999 ||
    hour < 0 ||
    hour > 23 ||
    minute < 0 ||
    minute > 59 ||
    second < 0 ||
    second > 59
  )
    return false;
  const date = new Date(utcOf({ ...clock, hour: 0, minute: 0, second: 0 }));
  return date.getUTCFullYear() === year && date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
}

/** "2026-05-01", for names and lists. */
export function dateText({ year, month, day }: WallClock): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function utcOf({ year, month, day, hour, minute, second }: WallClock): number {
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  // Date.UTC reads 0..99 as 1900..1999; setting the year afterwards does not.
  return date.setUTCFullYear(year, month - 1, day);
}

function offsetMs(atMs: number, timeZone: string): number {
  const whole = Math.floor(atMs / 1000) * 1000;
  return utcOf(wallClockAt(whole, timeZone)) - whole;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  return format;
}
