import type { EventFileOptions } from "@onsale/core/event/import-event";
import type { EventReading, Report } from "./event-draft.ts";
import { splitIcal } from "./ical-blocks.ts";
import { parseBlock, readEntries } from "./ical-entries.ts";
import { type Calendar, guarded, readEntry } from "./ical-event.ts";
import { readSeries } from "./ical-series.ts";
import { ianaZoneOf, makeZones } from "./ical-zones.ts";

/** VEVENTs of an iCalendar file (RFC 5545), read leniently: no PRODID, DTSTAMP or VTIMEZONE is asked for. */
export function readIcal(
  text: string,
  options: EventFileOptions,
  report: Report,
): { found: number; readings: EventReading[] } {
  const split = splitIcal(text);
  report.problems.push(...split.problems);
  const calendar: Calendar = {
    zoneOf: makeZones(split.zones.flatMap((block) => parseBlock(block, []) ?? [])),
    defaultZone: ianaZoneOf(split.calendarZone) ?? split.calendarZone,
    options,
    report,
  };
  const entries = readEntries(split.events, report);
  const changes = Map.groupBy(
    entries.filter(({ uid, recurrence }) => uid !== "" && recurrence !== null),
    ({ uid }) => uid,
  );
  const readings = entries
    .filter(({ uid, recurrence }) => uid === "" || recurrence === null)
    .flatMap((entry) => {
      const own = changes.get(entry.uid) ?? [];
      changes.delete(entry.uid);
      return guarded(entry, calendar, () => readSeries(entry, own, calendar));
    });
  // Dates of a series whose own entry is in another file.
  for (const entry of [...changes.values()].flat())
    readings.push(...guarded(entry, calendar, () => readEntry(entry, calendar)));
  return { found: split.events.length, readings };
}
