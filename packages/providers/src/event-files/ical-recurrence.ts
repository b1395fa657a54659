import type { WallClock } from "@onsale/core/event/import-wall-clock";
import ICAL from "ical.js";
import { type IcalPeriod, type IcalTime, timesOf } from "./ical-time.ts";
import { asUtcClock, asUtcMs, type ZoneClock } from "./ical-zones.ts";

/** More dates than this of one entry are a calendar of opening hours and no series of performances. */
export const OCCURRENCES_MAX = 400;

export type Occurrence = {
  readonly clock: WallClock;
  /** Where the file gives this date a length of its own. */
  readonly lengthMs: number | null;
};
export type Occurrences =
  | { readonly kind: "once" }
  | { readonly kind: "series"; readonly dates: readonly Occurrence[] }
  | { readonly kind: "empty" }
  | { readonly kind: "endless" }
  | { readonly kind: "too_often" }
  | { readonly kind: "unsupported" }
  | { readonly kind: "bad_date"; readonly said: string }
  | { readonly kind: "too_many" };
type Refusal = Exclude<Occurrences["kind"], "once" | "series" | "bad_date">;

export type SeriesClock = {
  readonly start: IcalTime & { readonly clock: WallClock };
  /** The clock of DTSTART: its times of day stay the same across a change of the clocks. */
  readonly zone: ZoneClock;
  /** The instant of any other time of the entry; null where its zone is unknown. */
  readonly toMs: (time: IcalTime) => number | null;
};

/** ical.js walks day by day through an interval, and would for hours. */
const INTERVAL_MAX = 366;
/**
 * The parts a rule may have, by its frequency. ical.js searches without an end for the dates of a rule that has none
 * (every 7th day, but only Tuesdays), so what could be such a rule is refused.
 */
const PARTS_BY_FREQUENCY: ReadonlyMap<string, readonly string[]> = new Map([
  ["DAILY", ["BYDAY", "BYMONTH"]],
  ["WEEKLY", ["BYDAY", "BYMONTH"]],
  ["MONTHLY", ["BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"]],
  ["YEARLY", ["BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYWEEKNO", "BYYEARDAY"]],
]);

function refusalOf(rule: ICAL.Recur): Refusal | null {
  if (!rule.isFinite()) return "endless";
  const allowed = PARTS_BY_FREQUENCY.get(rule.freq);
  // Several times a day is no series of performances.
  if (!allowed) return "too_often";
  if ((rule.count ?? 0) > OCCURRENCES_MAX || rule.interval > INTERVAL_MAX) return "too_many";
  const parts = Object.keys(rule.parts);
  if (parts.some((part) => !allowed.includes(part))) return "unsupported";
  const isNumbered = (rule.parts["BYDAY"] ?? []).some((day) => /\d/.test(String(day)));
  if (isNumbered && (rule.freq === "DAILY" || rule.freq === "WEEKLY")) return "unsupported";
  return rule.freq === "DAILY" && rule.interval > 1 && parts.length > 0 ? "unsupported" : null;
}

/**
 * Every date of a repeating entry (RRULE, RDATE, EXDATE) on the clock of its DTSTART, in order. ical.js runs the rules.
 * Added and excluded dates may be named in UTC, in another zone or as days, so they are put onto that clock here.
 */
export function expandOccurrences(component: ICAL.Component, series: SeriesClock): Occurrences {
  const rules = component.getAllProperties("rrule").map((property) => property.getFirstValue());
  const added = component.getAllProperties("rdate").flatMap(timesOf);
  if (rules.length === 0 && added.length === 0) return { kind: "once" };
  if (component.hasProperty("exrule")) return { kind: "unsupported" };
  const dates = new Map<string, Occurrence>();
  const ruled = datesOfRules(rules, series);
  if (typeof ruled === "string") return { kind: ruled };
  for (const clock of ruled) dates.set(clockText(clock), { clock, lengthMs: null });
  for (const time of added) {
    const date = addedDate(time, series);
    if (date === null) return { kind: "bad_date", said: time.said };
    dates.set(clockText(date.clock), date);
  }
  for (const time of component.getAllProperties("exdate").flatMap(timesOf)) {
    const named = dateNamed(time, series);
    if (named === null) return { kind: "bad_date", said: time.said };
    for (const text of dates.keys()) if (text.startsWith(named)) dates.delete(text);
  }
  if (dates.size > OCCURRENCES_MAX) return { kind: "too_many" };
  if (dates.size === 0) return { kind: "empty" };
  return {
    kind: "series",
    dates: [...dates].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, date]) => date),
  };
}

/** "2027-03-10T20:00:00" on the clock of the series for a time, "2027-03-10" for a day. null: in no known zone. */
export function dateNamed(time: IcalTime, { zone, toMs }: SeriesClock): string | null {
  if (time.clock === null) return null;
  if (time.isDate) return clockText(time.clock).slice(0, 10);
  const atMs = toMs(time);
  return atMs === null ? null : clockText(zone.toClock(atMs));
}

export const clockText = (clock: WallClock): string => new Date(asUtcMs(clock)).toISOString().slice(0, 19);

function datesOfRules(rules: readonly unknown[], series: SeriesClock): WallClock[] | Refusal {
  // DTSTART is the first date of a series that has no rule, only dates.
  if (rules.length === 0) return [series.start.clock];
  const bare = new ICAL.Component("vevent");
  for (const rule of rules) {
    if (!(rule instanceof ICAL.Recur)) return "unsupported";
    const refusal = refusalOf(rule);
    if (refusal !== null) return refusal;
    if (rule.until) rule.until = untilOnWall(rule.until, series);
    const property = new ICAL.Property("rrule");
    property.setValue(rule);
    bare.addProperty(property);
  }
  const { start } = series;
  const expansion = new ICAL.RecurExpansion({
    component: bare,
    dtstart: floating(start.clock, start.isDate),
  });
  const clocks: WallClock[] = [];
  for (let next = expansion.next(); next; next = expansion.next()) {
    if (clocks.length >= OCCURRENCES_MAX) return "too_many";
    const { year, month, day, hour, minute, second } = next;
    clocks.push({ year, month, day, hour, minute, second });
  }
  return clocks;
}

/** RFC 5545 writes UNTIL in UTC; some write a day, which then counts as a whole, and some the clock's own time. */
function untilOnWall(until: ICAL.Time, { start, zone }: SeriesClock): ICAL.Time {
  const { year, month, day, hour, minute, second } = until;
  if (start.isDate) return floating({ year, month, day, hour: 0, minute: 0, second: 0 }, true);
  if (until.isDate) return floating({ year, month, day, hour: 23, minute: 59, second: 59 }, false);
  const isUtc = until.zone === ICAL.Timezone.utcTimezone;
  const said = { year, month, day, hour, minute, second };
  return floating(isUtc ? zone.toClock(asUtcMs(said)) : said, false);
}

function floating(clock: WallClock, isDate: boolean): ICAL.Time {
  return ICAL.Time.fromData({ ...clock, isDate }, ICAL.Timezone.localTimezone);
}

/** A date that RDATE adds. A day without a time has the time of day of the series. */
function addedDate(time: IcalPeriod, series: SeriesClock): Occurrence | null {
  const named = dateNamed(time, series);
  if (named === null) return null;
  const text = named.length > 10 ? named : `${named}${clockText(series.start.clock).slice(10)}`;
  const clock = asUtcClock(Date.parse(`${text}Z`));
  if (time.durationMs !== null || time.end === null) return { clock, lengthMs: time.durationMs };
  const [from, to] = [series.toMs(time), series.toMs(time.end)];
  return { clock, lengthMs: from === null || to === null || to <= from ? null : to - from };
}
