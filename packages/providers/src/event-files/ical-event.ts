import type { EventFileOptions } from "@onsale/core/event/import-event";
import {
  chooseZone,
  cut,
  type EventReading,
  type Note,
  notesAt,
  type Report,
  type When,
} from "./event-draft.ts";
import { type IcalEntry, unreadable } from "./ical-entries.ts";
import { durationMs, type IcalTime, timeOf } from "./ical-time.ts";
import {
  asUtcClock,
  asUtcMs,
  type CalendarZone,
  ianaClock,
  textOf,
  UTC_CLOCK,
  type ZoneClock,
  zoneShowing,
} from "./ical-zones.ts";

export type Calendar = {
  readonly zoneOf: (tzid: string) => CalendarZone | null;
  /** X-WR-TIMEZONE: what times without a zone are on; "" when the file does not say. */
  readonly defaultZone: string;
  readonly options: EventFileOptions;
  readonly report: Report;
};

/** ical.js reads values when they are asked for, and throws at a bad one. */
export function guarded(entry: IcalEntry, { report }: Calendar, read: () => EventReading[]): EventReading[] {
  try {
    return read();
  } catch (error) {
    report.problems.push(unreadable(entry.path, error));
    return [];
  }
}

/** One VEVENT as one event; none when it is cancelled. */
export function readEntry(entry: IcalEntry, calendar: Calendar): EventReading[] {
  const { component, path, title, uid, sequence, recurrence } = entry;
  const { report } = calendar;
  const { fault, odd } = notesAt(report, path);
  if (entry.isCancelled) {
    const date = recurrence ? { date: recurrence.said } : {};
    odd("event.not_happening", { title, state: "cancelled", ...date });
    return [];
  }
  const start = timeOf(component, "dtstart");
  if (start === null) fault("event.missing_start", { title });
  else if (start.clock === null) fault("event.bad_start", { title, said: cut(start.said, 40) });
  else if (start.isDate) odd("event.all_day", { title });
  const starts = start ? whenOf(start, calendar) : null;
  const date = recurrence ? `#${recurrence.said}` : "";
  const base: EventReading = {
    path,
    sourceId: uid,
    ...(uid === "" ? {} : { feed: { uid: `ical:${uid}${date}`.slice(0, 500), sequence } }),
    title,
    subtitle: "",
    description: textOf(component, "description"),
    genre: textOf(component, "categories"),
    venue: {
      name: textOf(component, "location").replaceAll(/\s*\n\s*/g, ", "),
      address: "",
      city: "",
      country: "",
    },
    ...zonesToShow(start, calendar),
    venueTimeZone: "",
    currency: null,
    doors: null,
    starts,
    ends: null,
    windows: [],
    priceRange: null,
  };
  return [{ ...base, ends: endOf(component, { start, base, calendar, odd }) }];
}

/** The zone to show an event in: the one its start names, where it is known and the file has no other rules for it. */
function zonesToShow(
  start: IcalTime | null,
  calendar: Calendar,
): Pick<EventReading, "timeZone" | "likelyTimeZone"> {
  const { defaultZone } = calendar;
  if (start === null) return { timeZone: defaultZone };
  if (start.isUtc) return { timeZone: defaultZone, likelyTimeZone: "UTC" };
  if (start.tzid === "") return { timeZone: defaultZone };
  const zone = calendar.zoneOf(start.tzid);
  if (zone === null || start.clock === null) return { timeZone: zone?.known ?? start.tzid };
  const when = whenOf(start, calendar);
  if (when?.kind === "wall" && when.timeZone !== undefined) return { timeZone: when.timeZone };
  const likely = zone.own ? zoneShowing(zone.own, zone.own.toMs(start.clock)) : undefined;
  return { timeZone: defaultZone, ...(likely === undefined ? {} : { likelyTimeZone: likely }) };
}

/** A time as the file means it. Where its own rules and a known zone agree, the zone is kept, which says more. */
export function whenOf(time: IcalTime, { zoneOf }: Pick<Calendar, "zoneOf">): When | null {
  const { clock, tzid } = time;
  if (clock === null) return null;
  if (time.isUtc) return { kind: "instant", atMs: asUtcMs(clock) };
  const zone = tzid === "" ? null : zoneOf(tzid);
  if (zone === null) return { kind: "wall", clock };
  const { own, known } = zone;
  if (known !== undefined && (own === null || own.toMs(clock) === ianaClock(known).toMs(clock)))
    return { kind: "wall", clock, timeZone: known };
  return own === null ? { kind: "wall", clock } : { kind: "instant", atMs: own.toMs(clock) };
}

/** The clock of an entry's DTSTART, as far as it can be known before the event's rules are checked. */
export function clockOf(start: IcalTime, base: EventReading, calendar: Calendar): ZoneClock {
  if (start.isUtc) return UTC_CLOCK;
  const zone = start.tzid === "" ? null : calendar.zoneOf(start.tzid);
  const name = zone?.known ?? chooseZone(base, calendar.options).zone;
  return zone?.own ?? (name === undefined ? UTC_CLOCK : ianaClock(name));
}

type EndContext = {
  readonly start: IcalTime | null;
  readonly base: EventReading;
  readonly calendar: Calendar;
  readonly odd: Note;
};

function endOf(component: IcalEntry["component"], { start, base, calendar, odd }: EndContext): When | null {
  const end = timeOf(component, "dtend");
  if (end) {
    const isLost = end.tzid !== "" && end.tzid !== start?.tzid && calendar.zoneOf(end.tzid) === null;
    if (!isLost) return whenOf(end, calendar);
    odd("event.unknown_end_zone", { title: base.title, zone: cut(end.tzid, 60) });
    return null;
  }
  const said: unknown = component.getFirstProperty("duration")?.toJSON()[3];
  const lengthMs = typeof said === "string" ? durationMs(said) : null;
  return lengthMs === null || base.starts === null ? null : later(base.starts, lengthMs);
}

/** So much later on the same clock: two hours after 20:00 is 22:00, whatever the clocks do that night. */
export function later(when: When, byMs: number): When {
  if (when.kind === "instant") return { kind: "instant", atMs: when.atMs + byMs };
  return { ...when, clock: asUtcClock(asUtcMs(when.clock) + byMs) };
}
