import { TimeZone } from "@onsale/core/shared/time-zone";
import { instantOf, type WallClock, wallClockAt } from "@onsale/core/event/import-wall-clock";
import ICAL from "ical.js";
import { findIana, WINDOWS_TO_IANA_MAP } from "windows-iana";

/** A clock that times of a calendar are written by. */
export type ZoneClock = {
  readonly toMs: (clock: WallClock) => number;
  readonly toClock: (atMs: number) => WallClock;
};

/** A zone of a calendar: rules of the file's own, a name that is known, or both. The file's rules win. */
export type CalendarZone = {
  readonly own: ZoneClock | null;
  readonly known: string | undefined;
};

/** Clocks are compared and moved as if they were UTC; their zone is applied once, at the end. */
export const asUtcMs = (clock: WallClock): number =>
  Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute, clock.second);
export const asUtcClock = (atMs: number): WallClock => wallClockAt(atMs, "UTC");

export function ianaClock(zone: string): ZoneClock {
  return { toMs: (clock) => instantOf(clock, zone).atMs, toClock: (atMs) => wallClockAt(atMs, zone) };
}
export const UTC_CLOCK: ZoneClock = { toMs: asUtcMs, toClock: asUtcClock };

/** The zone of a TZID: from the file's VTIMEZONEs, else by its name. null: nobody knows it. */
export function makeZones(components: readonly ICAL.Component[]): (tzid: string) => CalendarZone | null {
  const zones = new Map<string, CalendarZone>();
  for (const component of components) {
    const tzid = textOf(component, "tzid");
    const known = ianaZoneOf(tzid) ?? ianaZoneOf(textOf(component, "x-lic-location"));
    const own = ownClock(component, tzid);
    if (tzid !== "" && (own !== null || known !== undefined)) zones.set(tzid, { own, known });
  }
  return (tzid) => {
    const found = zones.get(tzid);
    if (found) return found;
    const known = ianaZoneOf(tzid);
    return known === undefined ? null : { own: null, known };
  };
}

export function textOf(component: ICAL.Component, name: string): string {
  // jCal writes every value as text: dates, zones and words alike.
  const value: unknown = component.getFirstProperty(name)?.toJSON()[3];
  return typeof value === "string" ? value.trim() : "";
}

/** "Europe/London", also out of "/mozilla.org/20050126_1/Europe/London" and Outlook's "GMT Standard Time". */
export function ianaZoneOf(tzid: string): string | undefined {
  const name = tzid.trim().replaceAll(/^"|"$/g, "");
  if (name === "") return undefined;
  const parts = name.split("/").filter((part) => part !== "");
  for (const candidate of [
    name,
    parts.slice(-2).join("/"),
    parts.slice(-3).join("/"),
    WINDOWS_ZONES.get(name.toLowerCase()),
  ]) {
    if (candidate !== undefined && candidate !== "" && TimeZone.safeParse(candidate).success)
      return candidate;
  }
  return undefined;
}

/** Names of Windows, as Outlook writes them, with the main zone of each (Unicode CLDR, territory 001). */
const WINDOWS_ZONES = new Map(
  WINDOWS_TO_IANA_MAP.map(({ windowsName }) => [windowsName.toLowerCase(), findIana(windowsName, "001")[0]]),
);

/** ical.js computes the offsets; it would search for ever in rules that no zone has, so those are not asked. */
function ownClock(component: ICAL.Component, tzid: string): ZoneClock | null {
  try {
    const parts = [
      ...component.getAllSubcomponents("standard"),
      ...component.getAllSubcomponents("daylight"),
    ];
    if (parts.length === 0 || !parts.every(isObservance)) return null;
    const zone = new ICAL.Timezone({ component, tzid });
    const offsetMs = (clock: WallClock): number => {
      const seconds = zone.utcOffset(ICAL.Time.fromData({ ...clock, isDate: false }));
      const first: { utcOffset: number; prevUtcOffset: number } & WallClock = zone.changes[0];
      const begins = asUtcMs(first) + first.prevUtcOffset * 1000;
      return (asUtcMs(clock) < begins ? first.prevUtcOffset : seconds) * 1000;
    };
    offsetMs(asUtcClock(0));
    return {
      toMs: (clock) => asUtcMs(clock) - offsetMs(clock),
      toClock: (atMs) => {
        const rough = offsetMs(asUtcClock(atMs));
        const near = offsetMs(asUtcClock(atMs + rough));
        const exact = [near, rough].find((offset) => offsetMs(asUtcClock(atMs + offset)) === offset);
        return asUtcClock(atMs + (exact ?? near));
      },
    };
  } catch {
    return null;
  }
}

const RULE_PARTS = ["BYDAY", "BYMONTH", "BYMONTHDAY"];

function isObservance(part: ICAL.Component): boolean {
  if (!["dtstart", "tzoffsetfrom", "tzoffsetto"].every((name) => part.hasProperty(name))) return false;
  return part.getAllProperties("rrule").every((property) => {
    const rule = property.getFirstValue();
    if (!(rule instanceof ICAL.Recur) || rule.freq !== "YEARLY" || rule.interval !== 1) return false;
    const days = (rule.parts["BYMONTHDAY"] ?? []).map(Number);
    return (
      Object.keys(rule.parts).every((name) => RULE_PARTS.includes(name)) && days.every((day) => day <= 28)
    );
  });
}

const MONTH_MS = 30 * 86_400_000;

/**
 * A zone that shows what a clock of the file's own shows during a year, for those who will read the event's times. A
 * clock that never changes is a plain offset; else the best-known zone of those that fit.
 */
export function zoneShowing({ toClock }: ZoneClock, fromMs: number): string | undefined {
  const probes = Array.from({ length: 13 }, (_, month) => fromMs + month * MONTH_MS);
  const offsets = probes.map((atMs) => asUtcMs(toClock(atMs)) - Math.floor(atMs / 1000) * 1000);
  const hours = (offsets[0] ?? 0) / 3_600_000;
  if (offsets.every((offset) => offset === offsets[0]) && Number.isInteger(hours)) {
    const name = hours === 0 ? "UTC" : `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
    if (TimeZone.safeParse(name).success) return name;
  }
  const best = [...WINDOWS_ZONES.values()].filter((zone) => zone !== undefined);
  return [...best, ...Intl.supportedValuesOf("timeZone")].find(
    (zone) =>
      TimeZone.safeParse(zone).success &&
      probes.every((atMs, at) => {
        const second = Math.floor(atMs / 1000) * 1000;
        return asUtcMs(wallClockAt(second, zone)) - second === offsets[at];
      }),
  );
}
