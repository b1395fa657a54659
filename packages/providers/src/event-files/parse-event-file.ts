import type {
  EventFile,
  EventFileFormat,
  EventFileOptions,
  ImportedEvent,
} from "@onsale/core/event/import-event";
import { labelIdentity } from "@onsale/core/shared/label";
import { lineOfLostCharacter } from "@onsale/core/shared/decode-text";
import { problem } from "@onsale/core/shared/problem";
import { looksLikeEventList, readEventCsv } from "./csv.ts";
import { type EventReading, finishEvent, type Report } from "./event-draft.ts";
import { readIcal } from "./ical.ts";
import { isNyphil, readNyphil } from "./nyphil.ts";
import { isTicketmaster, readTicketmaster } from "./ticketmaster.ts";

/** More than a feed's page or a season has; a file beyond it is the wrong file. */
export const EVENTS_PER_FILE_MAX = 50_000;

type Read = { readonly found: number; readonly readings: readonly EventReading[] };

/** Reads a file of events. Never throws, whatever the text: what is wrong is in `problems`, with its place in the file. */
export function parseEventFile(text: string, options: EventFileOptions = {}): EventFile {
  const report: Report = { problems: [], warnings: [] };
  const lostLine = lineOfLostCharacter(text);
  if (lostLine !== null) {
    report.problems.push(problem("file.lost_character", `line ${lostLine}`));
    return { ok: false, format: options.format ?? null, found: 0, events: [], ...report };
  }
  const format = options.format ?? detectEventFormat(text);
  if (format === null) {
    report.problems.push(problem("file.unknown_format", "line 1", { why: "events" }));
    return { ok: false, format, found: 0, events: [], ...report };
  }
  const { found, readings } = read(text, format, { options, report });
  if (found > EVENTS_PER_FILE_MAX) {
    report.problems.push(problem("file.too_many_events", "", { found, max: EVENTS_PER_FILE_MAX }));
    return { ok: false, format, found, events: [], ...report };
  }
  if (found === 0 && report.problems.length === 0) {
    report.problems.push(problem("file.no_events", ""));
  }
  const faulty = new Set(report.problems.map((problem) => problem.path));
  const finished = readings.flatMap((reading) => finishEvent(reading, options, { report, faulty }) ?? []);
  const events = withoutDuplicates(finished, report);
  return { ok: report.problems.length === 0, format, found, events, ...report };
}

export function detectEventFormat(text: string): EventFileFormat | null {
  const start = text
    .slice(0, 4_096)
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (/^BEGIN:VCALENDAR/i.test(start)) return "ical";
  if (start.startsWith("{") || start.startsWith("[")) {
    const value = parseJson(text);
    if (value === undefined) return null;
    if (isNyphil(value.json)) return "nyphil";
    return isTicketmaster(value.json) ? "ticketmaster" : null;
  }
  if (looksLikeEventList(text)) return "csv";
  const header = start.split(/\r\n|\r|\n/, 1)[0] ?? "";
  return /[,;\t|]/.test(header) && /title|name|event|summary/i.test(header) ? "csv" : null;
}

function read(
  text: string,
  format: EventFileFormat,
  { options, report }: { options: EventFileOptions; report: Report },
): Read {
  switch (format) {
    case "ical":
      return readIcal(text, options, report);
    case "csv":
      return readEventCsv(text, options, report);
    case "ticketmaster":
    case "nyphil": {
      const value = parseJson(text);
      const fits = format === "nyphil" ? isNyphil : isTicketmaster;
      if (value && fits(value.json))
        return (format === "nyphil" ? readNyphil : readTicketmaster)(value.json, report);
      report.problems.push(
        value ? problem("file.wrong_format", "", { format }) : problem("file.bad_json", "", { reason: null }),
      );
      return { found: 0, readings: [] };
    }
  }
}

function parseJson(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text.replace(/^\uFEFF/, "")) };
  } catch {
    return undefined;
  }
}

/** The same event twice in one file would become two events on sale; the second is a fault. */
function withoutDuplicates(events: readonly ImportedEvent[], report: Report): ImportedEvent[] {
  const seen = new Map<string, string>();
  return events.filter((event) => {
    const { venue } = event;
    const place = labelIdentity(`${venue.name}\n${venue.city}`).toLowerCase();
    const keys = [`${labelIdentity(event.title).toLowerCase()}\n${event.startsAtMs}\n${place}`];
    if (event.feed) keys.push(event.feed.uid);
    const first = keys.map((key) => seen.get(key)).find((path) => path !== undefined);
    if (first === undefined) {
      for (const key of keys) seen.set(key, event.path);
      return true;
    }
    const by = seen.has(keys[0] ?? "") ? "place_and_time" : "uid";
    report.problems.push(problem("event.duplicate", event.path, { title: event.title, first, by }));
    return false;
  });
}
