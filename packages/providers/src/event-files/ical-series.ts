import { TimeZone } from "@onsale/core/shared/time-zone";
import type { WallClock } from "@onsale/core/event/import-wall-clock";
import { wallClockAt } from "@onsale/core/event/import-wall-clock";
import { problem } from "@onsale/core/shared/problem";
import { chooseZone, cut, type EventReading, notesAt, type When } from "./event-draft.ts";
import { type Calendar, clockOf, guarded, later, readEntry, whenOf } from "./ical-event.ts";
import type { IcalEntry } from "./ical-entries.ts";
import {
  clockText,
  dateNamed,
  expandOccurrences,
  type Occurrence,
  OCCURRENCES_MAX,
  type Occurrences,
  type SeriesClock,
} from "./ical-recurrence.ts";
import { type IcalTime, timeOf } from "./ical-time.ts";
import { asUtcClock, asUtcMs, ianaClock } from "./ical-zones.ts";

const REFUSED_SERIES = {
  empty: "event.no_dates",
  endless: "event.endless_recurrence",
  too_often: "event.too_often",
  unsupported: "event.unsupported_recurrence",
} as const;

type Series = {
  readonly entry: IcalEntry;
  readonly base: EventReading;
  readonly calendar: Calendar;
  readonly clock: SeriesClock;
  readonly dates: readonly Occurrence[];
};

/** An entry with all its dates, and the entries that change some of them (RECURRENCE-ID). */
export function readSeries(
  entry: IcalEntry,
  changes: readonly IcalEntry[],
  calendar: Calendar,
): EventReading[] {
  const alone = () =>
    changes.flatMap((change) => guarded(change, calendar, () => readEntry(change, calendar)));
  const [base] = readEntry(entry, calendar);
  if (!base) return alone();
  const start = timeOf(entry.component, "dtstart");
  if (start?.clock == null) return [base];
  const clock = seriesClock({ ...start, clock: start.clock }, base, calendar);
  const found = datesOf(entry, clock, calendar);
  if (found.kind === "once") return [base, ...alone()];
  if (found.kind !== "series") return alone();
  const series = { entry, base, calendar, clock, dates: found.dates };
  noteUtc(series);
  return readDates(series, changes);
}

function datesOf(
  { component, title, path }: IcalEntry,
  clock: SeriesClock,
  { report }: Calendar,
): Occurrences {
  const { fault } = notesAt(report, path);
  let found: Occurrences;
  try {
    found = expandOccurrences(component, clock);
  } catch (error) {
    fault("event.bad_recurrence", { title, reason: cut(String(error), 200) });
    return { kind: "unsupported" };
  }
  if (found.kind === "bad_date") {
    fault("event.bad_recurrence", { title, date: cut(found.said, 40) });
  } else if (found.kind === "too_many") fault("event.too_many_dates", { title, max: OCCURRENCES_MAX });
  else if (found.kind !== "once" && found.kind !== "series") fault(REFUSED_SERIES[found.kind], { title });
  return found;
}

function seriesClock(start: SeriesClock["start"], base: EventReading, calendar: Calendar): SeriesClock {
  const zone = clockOf(start, base, calendar);
  const toMs = (time: IcalTime): number | null => {
    if (time.clock === null) return null;
    if (time.isUtc) return asUtcMs(time.clock);
    if (time.tzid === "" || time.tzid === start.tzid) return zone.toMs(time.clock);
    const named = calendar.zoneOf(time.tzid);
    const own = named?.own ?? (named?.known === undefined ? null : ianaClock(named.known));
    return own?.toMs(time.clock) ?? null;
  };
  return { start, zone, toMs };
}

function readDates(series: Series, changes: readonly IcalEntry[]): EventReading[] {
  const { calendar, clock, dates } = series;
  const named = changes.map((change) => ({
    change,
    name: change.recurrence === null ? null : dateNamed(change.recurrence, clock),
  }));
  const ranges = named
    .filter(({ change, name }) => change.isRanged && name !== null)
    .toSorted((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1));
  const regular = dates.flatMap((date) => {
    const text = clockText(date.clock);
    if (named.some(({ name }) => name !== null && text.startsWith(name))) return [];
    const range = ranges.findLast(({ name }) => (name ?? "") <= text);
    return range ? (shifted(series, date, range.change) ?? []) : [dateReading(series, date, series.base)];
  });
  const moved = named.flatMap(({ change, name }) => {
    const date = dates.find((one) => name !== null && clockText(one.clock).startsWith(name));
    return guarded(change, calendar, () => readEntry(change, calendar)).map((reading) =>
      date ? { ...reading, ...feedOf(series, date, change) } : reading,
    );
  });
  return [...regular, ...moved];
}

/** A date of the series with the words of `from`. */
function dateReading(series: Series, date: Occurrence, from: EventReading): EventReading {
  const starts = startOn(series, date.clock);
  const lengthMs = date.lengthMs ?? lengthOf(from, series);
  return {
    ...from,
    ...feedOf(series, date, series.entry),
    starts,
    ends: starts === null || lengthMs === null ? null : later(starts, lengthMs),
  };
}

/** A date after one that was changed "for this and all following": moved by as much as that one. null: cancelled. */
function shifted(series: Series, date: Occurrence, change: IcalEntry): EventReading | null {
  const { calendar, clock } = series;
  const fromMs = change.recurrence === null ? null : clock.toMs(change.recurrence);
  const start = timeOf(change.component, "dtstart");
  const toMs = start === null ? null : clock.toMs(start);
  if (change.isCancelled || fromMs === null || toMs === null) return null;
  const [reading] = readEntry(change, { ...calendar, report: { problems: [], warnings: [] } });
  const byMs = asUtcMs(clock.zone.toClock(toMs)) - asUtcMs(clock.zone.toClock(fromMs));
  const moved = { ...date, clock: asUtcClock(asUtcMs(date.clock) + byMs) };
  if (!reading) return null;
  return { ...dateReading(series, moved, reading), ...feedOf(series, date, change) };
}

/** A date keeps its name in the feed when it moves: the UID and the time that the series has for it. */
function feedOf(
  { clock }: Series,
  date: Occurrence,
  { uid, sequence }: IcalEntry,
): Pick<EventReading, "feed"> {
  if (uid === "") return {};
  const at = new Date(clock.zone.toMs(date.clock)).toISOString().slice(0, 19);
  return { feed: { uid: `ical:${uid.slice(0, 470)}#${at}Z`, sequence } };
}

function startOn({ clock: { start }, calendar }: Series, clock: WallClock): When | null {
  return whenOf({ ...start, clock }, calendar);
}

/** How long an event of the entry takes: on the clock where start and end are on one, else as it passes. */
function lengthOf({ starts, ends }: EventReading, { base, calendar }: Series): number | null {
  if (starts === null || ends === null) return null;
  if (starts.kind === "wall" && ends.kind === "wall" && starts.timeZone === ends.timeZone)
    return asUtcMs(ends.clock) - asUtcMs(starts.clock);
  const { zone } = chooseZone(base, calendar.options);
  const msOf = (when: When): number | null => {
    if (when.kind === "instant") return when.atMs;
    const name = when.timeZone ?? zone;
    return name === undefined ? null : ianaClock(name).toMs(when.clock);
  };
  const [from, to] = [msOf(starts), msOf(ends)];
  return from === null || to === null ? null : to - from;
}

/** A series in UTC keeps its instant of the day (RFC 5545), so its hour on the wall moves with the clocks: that is said. */
function noteUtc({ entry, base, calendar, clock, dates }: Series): void {
  const { zone } = chooseZone(base, calendar.options);
  if (!clock.start.isUtc || zone === undefined || !TimeZone.safeParse(zone).success) return;
  const hours = new Set(
    dates.map((date) => {
      const { hour, minute } = wallClockAt(asUtcMs(date.clock), zone);
      return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
    }),
  );
  if (hours.size < 2) return;
  const details = { title: entry.title, zone, hours: [...hours] };
  calendar.report.warnings.push(problem("event.series_in_utc", entry.path, details));
}
