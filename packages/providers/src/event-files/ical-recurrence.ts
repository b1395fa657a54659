import { wallClockAt, type WallClock } from "@onsale/core/event/import-wall-clock";
import ICAL from "ical.js";

/** More dates than this of one entry are a calendar of opening hours and no series of performances. */
export const OCCURRENCES_MAX = 400;

export type Occurrences =
  | { readonly kind: "once" }
  | { readonly kind: "series"; readonly clocks: readonly WallClock[] }
  | { readonly kind: "empty" }
  | { readonly kind: "endless" }
  | { readonly kind: "too_often" }
  | { readonly kind: "unsupported" }
  | { readonly kind: "too_many" };

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

function refusalOf(rule: ICAL.Recur): Exclude<Occurrences["kind"], "once" | "series"> | null {
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
 * Every date of a repeating entry (RRULE, RDATE, EXDATE) on the clock of its zone, in order. The rules run on wall
 * clocks, so that 20:00 stays 20:00 across a change of the clocks.
 */
export function expandOccurrences(component: ICAL.Component, timeZone: string): Occurrences {
  const rules = component.getAllProperties("rrule");
  if (rules.length === 0 && !component.hasProperty("rdate")) return { kind: "once" };
  for (const property of rules) {
    const rule = property.getFirstValue();
    if (!(rule instanceof ICAL.Recur)) return { kind: "unsupported" };
    const refusal = refusalOf(rule);
    if (refusal !== null) return { kind: refusal };
    // RFC 5545 writes UNTIL in UTC; comparing it to wall clocks would lose the last date east of Greenwich.
    if (rule.until) rule.until = onWall(rule.until, timeZone);
    property.setValue(rule);
  }
  for (const name of ["exdate", "rdate"]) {
    for (const property of component.getAllProperties(name)) {
      const values = property
        .getValues()
        .map((value) => (value instanceof ICAL.Time ? onWall(value, timeZone) : value));
      property.setValues(values);
    }
  }
  const start = component.getFirstPropertyValue("dtstart");
  if (!(start instanceof ICAL.Time)) return { kind: "once" };
  const expansion = new ICAL.RecurExpansion({ component, dtstart: onWall(start, timeZone) });
  const clocks: WallClock[] = [];
  for (let next = expansion.next(); next; next = expansion.next()) {
    if (clocks.length >= OCCURRENCES_MAX) return { kind: "too_many" };
    clocks.push(clockOf(next));
  }
  return clocks.length === 0 ? { kind: "empty" } : { kind: "series", clocks };
}

function clockOf(time: ICAL.Time): WallClock {
  const { year, month, day, hour, minute, second } = time;
  return { year, month, day, hour, minute, second };
}

function onWall(time: ICAL.Time, timeZone: string): ICAL.Time {
  const isUtc = time.zone === ICAL.Timezone.utcTimezone;
  const clock = isUtc ? wallClockAt(time.toUnixTime() * 1000, timeZone) : clockOf(time);
  return ICAL.Time.fromData({ ...clock, isDate: time.isDate }, ICAL.Timezone.localTimezone);
}
