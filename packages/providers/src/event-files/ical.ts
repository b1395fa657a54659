import { TimeZone } from "@onsale/core/event/event";
import type { EventFileOptions } from "@onsale/core/event/import-event";
import { isWallClock, type WallClock, wallClockAt } from "@onsale/core/event/import-wall-clock";
import type { Problem } from "@onsale/core/layout/problem";
import ICAL from "ical.js";
import type { EventReading, Report, When } from "./event-draft.ts";
import { type IcalBlock, splitIcal } from "./ical-blocks.ts";
import { expandOccurrences, OCCURRENCES_MAX } from "./ical-recurrence.ts";
import { ianaZoneOf } from "./ical-zones.ts";

/** VEVENTs of an iCalendar file (RFC 5545), read leniently: no PRODID, DTSTAMP or VTIMEZONE is asked for. */
export function readIcal(
  text: string,
  options: EventFileOptions,
  report: Report,
): { found: number; readings: EventReading[] } {
  const calendar = splitIcal(text);
  report.problems.push(...calendar.problems);
  const defaultZone = calendar.calendarZone || options.venueTimeZone || "";
  const moved = new Set<string>();
  const parsed = calendar.events.flatMap((block) => {
    const component = parseBlock(block, report.problems);
    const id = component ? textOf(component, "recurrence-id") : "";
    if (component && id !== "") moved.add(occurrenceKey(textOf(component, "uid"), id));
    return component ? [{ block, component }] : [];
  });
  const zones = zoneNames(calendar.zones);
  const readings = parsed.flatMap(({ block, component }) => {
    const path = `line ${block.line}`;
    try {
      return readEvent(component, { path, defaultZone, zones, moved, report });
    } catch (error) {
      // ical.js reads values when they are asked for, and throws at a bad one.
      report.problems.push(unreadable(path, error));
      return [];
    }
  });
  return { found: calendar.events.length, readings };
}

function parseBlock(block: IcalBlock, problems: Problem[]): ICAL.Component | null {
  try {
    return new ICAL.Component(ICAL.parse(block.text));
  } catch (error) {
    problems.push(unreadable(`line ${block.line}`, error));
    return null;
  }
}

function unreadable(path: string, error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  return { code: "event.unreadable", path, message: `The event cannot be read: ${why.slice(0, 200)}.` };
}

type ReadContext = {
  readonly path: string;
  readonly defaultZone: string;
  readonly zones: ReadonlyMap<string, string>;
  /** Dates of a series that another entry replaces (RECURRENCE-ID). */
  readonly moved: ReadonlySet<string>;
  readonly report: Report;
};

function readEvent(component: ICAL.Component, context: ReadContext): EventReading[] {
  const { path, report } = context;
  const fault = (code: string, message: string) => void report.problems.push({ code, path, message });
  const odd = (code: string, message: string) => void report.warnings.push({ code, path, message });
  const title = textOf(component, "summary");
  if (textOf(component, "status").toUpperCase() === "CANCELLED") {
    odd("event.not_happening", `"${title}" is cancelled; it is left out.`);
    return [];
  }
  const start = timeOf(component, "dtstart");
  if (start === null) fault("event.missing_start", `"${title}" has no DTSTART.`);
  else if (start.when === null)
    fault(
      "event.bad_start",
      `"${title}" has DTSTART "${start.said.slice(0, 40)}", which is no date and time.`,
    );
  else if (start.isDate)
    odd("event.all_day", `"${title}" is an all-day entry; midnight is taken as its start.`);
  const zone = start === null ? "" : zoneOf(start, context);
  const base: EventReading = {
    path,
    sourceId: textOf(component, "uid"),
    title,
    subtitle: "",
    description: textOf(component, "description"),
    genre: textOf(component, "categories"),
    venue: { name: textOf(component, "location").replaceAll(/\s*\n\s*/g, ", "), city: "", country: "" },
    timeZone: zone,
    venueTimeZone: "",
    currency: null,
    doors: null,
    starts: start?.when ?? null,
    ends: endOf(component, start?.when ?? null),
    windows: [],
    priceRange: null,
  };
  return start?.when ? repeat(component, base, { ...context, fault }) : [base];
}

const REFUSED_SERIES = {
  empty: { code: "event.no_dates", why: "repeats by a rule that has no dates" },
  endless: {
    code: "event.endless_recurrence",
    why: "repeats without an end (its RRULE has no COUNT and no UNTIL)",
  },
  too_often: {
    code: "event.too_often",
    why: "repeats several times a day, which is no series of performances",
  },
  too_many: {
    code: "event.too_many_dates",
    why: `repeats more than ${OCCURRENCES_MAX} times, or over centuries`,
  },
  unsupported: {
    code: "event.unsupported_recurrence",
    why: "repeats by a rule of a kind that is not read; write its dates out as RDATE",
  },
} as const;

function repeat(
  component: ICAL.Component,
  base: EventReading,
  { moved, fault }: ReadContext & { fault: (code: string, message: string) => void },
): EventReading[] {
  if (component.hasProperty("recurrence-id")) return [base];
  const zone = TimeZone.safeParse(base.timeZone).success ? base.timeZone : "UTC";
  let series;
  try {
    series = expandOccurrences(component, zone);
  } catch (error) {
    fault(
      "event.bad_recurrence",
      `"${base.title}" repeats by a rule that cannot be read: ${String(error).slice(0, 200)}.`,
    );
    return [];
  }
  if (series.kind === "once") return [base];
  if (series.kind !== "series") {
    const { code, why } = REFUSED_SERIES[series.kind];
    fault(code, `"${base.title}" ${why}.`);
    return [];
  }
  const length = lengthOf(base);
  return series.clocks
    .filter((clock) => !moved.has(occurrenceKey(base.sourceId, clockText(clock))))
    .map((clock) => ({ ...base, starts: { kind: "wall", clock }, ends: later(clock, length) }));
}

type ReadTime = {
  readonly said: string;
  readonly when: When | null;
  readonly isDate: boolean;
  readonly tzid: string;
};

/** DTSTART as the file has it, without ical.js filling gaps: a date of 2024 alone is no date. */
function timeOf(component: ICAL.Component, name: string): ReadTime | null {
  const property = component.getFirstProperty(name);
  if (!property) return null;
  const said = String(property.toJSON()[3] ?? "");
  const tzid = String(property.getParameter("tzid") ?? "");
  return { said, tzid, ...readStamp(said) };
}

function readStamp(text: string): { when: When | null; isDate: boolean } {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(Z?))?$/.exec(text);
  if (!match) return { when: null, isDate: false };
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const clock = { year, month, day, hour, minute, second };
  if (!isWallClock(clock)) return { when: null, isDate: false };
  if (match[7] === "Z") return { when: { kind: "instant", atMs: wallMs(clock) }, isDate: false };
  return { when: { kind: "wall", clock }, isDate: match[4] === undefined };
}

/** "" when the file says none; whatever it says when that is no zone we know, so that the message can name it. */
function zoneOf({ tzid, when }: ReadTime, { defaultZone, zones }: ReadContext): string {
  if (tzid !== "") return ianaZoneOf(tzid) ?? zones.get(tzid) ?? tzid;
  if (defaultZone !== "") return ianaZoneOf(defaultZone) ?? defaultZone;
  return when?.kind === "instant" ? "UTC" : "";
}

/** TZID of the file's VTIMEZONEs -> IANA zone, by the location that many programs write into them. */
function zoneNames(blocks: readonly IcalBlock[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const block of blocks) {
    const component = parseBlock(block, []);
    const zone = component ? ianaZoneOf(textOf(component, "x-lic-location")) : undefined;
    if (component && zone !== undefined) names.set(textOf(component, "tzid"), zone);
  }
  return names;
}

function endOf(component: ICAL.Component, start: When | null): When | null {
  const end = timeOf(component, "dtend");
  if (end) return end.when;
  const duration = component.getFirstPropertyValue("duration");
  if (!(duration instanceof ICAL.Duration) || start === null) return null;
  const seconds = duration.toSeconds();
  if (start.kind === "instant") return { kind: "instant", atMs: start.atMs + seconds * 1000 };
  return later(start.clock, seconds * 1000);
}

function textOf(component: ICAL.Component, name: string): string {
  // jCal writes every value as text: dates, zones and words alike.
  const value: unknown = component.getFirstProperty(name)?.toJSON()[3];
  return typeof value === "string" ? value.trim() : "";
}

/** Wall clocks are compared and moved as if they were UTC; their zone is applied once, at the end. */
const wallMs = (clock: WallClock): number =>
  Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute, clock.second);

function later(clock: WallClock, byMs: number | null): When | null {
  return byMs === null ? null : { kind: "wall", clock: wallClockAt(wallMs(clock) + byMs, "UTC") };
}

function lengthOf({ starts, ends }: EventReading): number | null {
  if (starts?.kind === "wall" && ends?.kind === "wall") return wallMs(ends.clock) - wallMs(starts.clock);
  if (starts?.kind === "instant" && ends?.kind === "instant") return ends.atMs - starts.atMs;
  return null;
}

const occurrenceKey = (uid: string, stamp: string): string => `${uid}\n${stamp.slice(0, 19)}`;
const clockText = (clock: WallClock): string => new Date(wallMs(clock)).toISOString().slice(0, 19);
