import { dateText, isWallClock, wallClockAt } from "@onsale/core/event/import-wall-clock";
import { asList, asRecord, asText, isRecord, type Json } from "@onsale/core/layout/import/read-json";
import {
  cut,
  type EventReading,
  type Note,
  notesAt,
  readInstant,
  readWallClock,
  type Report,
  type When,
} from "./event-draft.ts";

/**
 * Programmes of an orchestra as the New York Philharmonic publishes them (github.com/nyphilarchive/PerformanceHistory):
 * programs > concerts and works. A concert's `Date` is midnight in New York, written in UTC, whatever city it is in;
 * `Time` stands apart, on the clock of that city, and is "None" when nobody wrote it down.
 */
const ARCHIVE_ZONE = "America/New_York";

export function isNyphil(value: unknown): boolean {
  const programs = asRecord(value)["programs"];
  return (
    Array.isArray(programs) &&
    (programs.length === 0 || programs.some((item) => isRecord(item) && "concerts" in item))
  );
}

export function readNyphil(value: unknown, report: Report): { found: number; readings: EventReading[] } {
  let found = 0;
  const readings: EventReading[] = [];
  asList(asRecord(value)["programs"]).forEach((item, programIndex) => {
    const program = asRecord(item);
    asList(program["concerts"]).forEach((concert, concertIndex) => {
      found += 1;
      const path = `programs[${programIndex}].concerts[${concertIndex}]`;
      const reading = readConcert(program, concert, { path, report, number: concertIndex });
      if (reading) readings.push(reading);
    });
  });
  return { found, readings };
}

function readConcert(
  program: Json,
  item: unknown,
  { path, report, number }: { path: string; report: Report; number: number },
): EventReading | null {
  const { fault } = notesAt(report, path);
  if (!isRecord(item)) {
    fault("event.not_an_object", { expected: "concert" });
    return null;
  }
  const works = asList(program["works"]).map(asRecord);
  const kind = asText(item["eventType"]);
  const title = titleOf(works, kind);
  const id = asText(program["id"]);
  return {
    path,
    sourceId: id === "" ? "" : `${id}#${number}`,
    title,
    subtitle: asText(program["orchestra"]),
    description: works
      .map(workLine)
      .filter((line) => line !== "")
      .join("\n"),
    genre: "Classical",
    venue: { name: asText(item["Venue"]), address: "", city: asText(item["Location"]), country: "" },
    timeZone: "",
    venueTimeZone: "",
    currency: null,
    doors: null,
    starts: startOf(item, title, fault),
    ends: null,
    windows: [],
    priceRange: null,
  };
}

function startOf(concert: Json, title: string, fault: Note): When | null {
  const said = asText(concert["Date"]);
  const midnight = readInstant(said);
  const day = midnight?.kind === "instant" ? wallClockAt(midnight.atMs, ARCHIVE_ZONE) : null;
  if (!day || !isWallClock(day) || day.hour !== 0 || day.minute !== 0 || day.second !== 0) {
    fault("event.bad_date", { title, said: cut(said, 40) });
    return null;
  }
  const time = asText(concert["Time"]);
  if (time === "" || /^none$/i.test(time)) {
    fault("event.time_unknown", { title, date: dateText(day) });
    return null;
  }
  const when = readWallClock(dateText(day), time);
  if (!when) fault("event.bad_time", { title, said: cut(time, 40) });
  return when;
}

/** "Mozart, Mahler": surnames in the order of the evening, each once; the kind of event when no work has an author. */
function titleOf(works: readonly Json[], kind: string): string {
  const surnames = works.map((work) => (asText(work["composerName"]).split(",")[0] ?? "").trim());
  const names = [...new Set(surnames.filter((name) => name !== "" && !/^traditional$/i.test(name)))];
  const shown = names.slice(0, 4).join(", ");
  return cut(names.length > 4 ? `${shown} and others` : shown || kind, 200);
}

function workLine(work: Json): string {
  if (work["interval"] !== undefined) return "Intermission";
  const composer = asText(work["composerName"]).replaceAll(/\s+/g, " ");
  const title = textOf(work["workTitle"]);
  const movement = textOf(work["movement"]);
  return [composer, [title, movement].filter((text) => text !== "").join(" - ")]
    .filter((text) => text !== "")
    .join(": ");
}

/** Titles with italics arrive as objects with the text inside. */
function textOf(value: unknown): string {
  if (!isRecord(value)) return asText(value);
  return Object.values(value)
    .map(asText)
    .filter((text) => text !== "")
    .join(" ");
}
