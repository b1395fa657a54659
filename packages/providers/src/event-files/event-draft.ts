import { type SaleWindow, SALE_START_MIN_MS } from "@onsale/core/event/event";
import { TimeZone } from "@onsale/core/shared/time-zone";
import type { EventFileOptions, ImportedEvent } from "@onsale/core/event/import-event";
import { instantOf, isWallClock, type WallClock } from "@onsale/core/event/import-wall-clock";
import { ADDRESS_CHARACTERS_MAX } from "@onsale/core/venue/venue";
import { tidyText } from "@onsale/core/shared/human-text";
import {
  problem,
  type Problem,
  type ProblemCode,
  type ProblemDetails,
  type Told,
} from "@onsale/core/shared/problem";
import { placeTimeZone } from "./place-time-zone.ts";

/** A time as a file writes it: an instant, or what a clock on the wall shows: the venue's, or that of the zone named. */
export type When =
  | { readonly kind: "instant"; readonly atMs: number }
  | { readonly kind: "wall"; readonly clock: WallClock; readonly timeZone?: string };

export type DraftWindow = {
  readonly kind: SaleWindow["kind"];
  readonly label: string;
  readonly opens: When | null;
  readonly closes: When | null;
};

/** One event as read, before its zone is known and its rules are checked. "" and null mean: the file does not say. */
export type EventReading = {
  readonly path: string;
  readonly sourceId: string;
  readonly feed?: NonNullable<ImportedEvent["feed"]>;
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
  readonly genre: string;
  readonly venue: ImportedEvent["venue"];
  /** The event's own zone, then the venue's, as the file has them. */
  readonly timeZone: string;
  readonly venueTimeZone: string;
  /** Shows what the file's own clock shows, for files whose zone nobody else knows. */
  readonly likelyTimeZone?: string;
  readonly currency: string | null;
  readonly doors: When | null;
  readonly starts: When | null;
  readonly ends: When | null;
  readonly windows: readonly DraftWindow[];
  readonly priceRange: ImportedEvent["priceRange"];
};

/** Collects what is wrong and what is odd about the events of one file. */
export type Report = {
  readonly problems: Problem[];
  readonly warnings: Problem[];
};
export type Note = <C extends ProblemCode>(code: C, ...details: Told<C>) => void;

/** Writes down what is wrong with, or odd about, what stands at one place of the file. */
export function notesAt(report: Report, path: string): { fault: Note; odd: Note } {
  return {
    fault: (code, ...details) => void report.problems.push(problem(code, path, ...details)),
    odd: (code, ...details) => void report.warnings.push(problem(code, path, ...details)),
  };
}

const LIMITS = { title: 200, subtitle: 200, description: 10_000, genre: 60, venue: 200, label: 80 } as const;
export const SALE_WINDOWS_MAX = 20;

/**
 * Applies the rules that hold for every format. null when the event has a fault, which is then in `report.problems`;
 * `faulty` are the paths at which its reader has found one already.
 */
export function finishEvent(
  reading: EventReading,
  options: EventFileOptions,
  { report, faulty }: { report: Report; faulty: ReadonlySet<string> },
): ImportedEvent | null {
  const before = report.problems.length;
  const { fault, odd } = notesAt(report, reading.path);
  const { title } = reading;

  if (title === "") fault("event.missing_title");
  else if (title.length > LIMITS.title) fault("event.title_too_long", { title, max: LIMITS.title });
  const venue = venueOf(reading, options);
  if (venue.name === "") {
    fault("event.missing_venue", { title });
  } else if (venue.name.length > LIMITS.venue) {
    fault("event.venue_too_long", { title, max: LIMITS.venue });
  }
  const timeZone = zoneOf(reading, options, { fault, odd });
  if (!reading.starts) {
    if (!faulty.has(reading.path)) fault("event.missing_start", { title });
    return null;
  }
  if (timeZone === null || faulty.has(reading.path) || report.problems.length > before) return null;

  const resolve: Resolve = (when, of, label) =>
    resolveWhen(when, timeZone, { of: { of, title, ...(label === undefined ? {} : { label }) }, odd });
  const startsAtMs = resolve(reading.starts, "start");
  if (startsAtMs === null) return null;
  const endsAtMs = laterThan(resolve(reading.ends, "end"), startsAtMs, () =>
    odd("event.end_before_start", { title }),
  );
  let doorsAtMs = resolve(reading.doors, "doors");
  if (doorsAtMs !== null && doorsAtMs > startsAtMs) {
    odd("event.doors_after_start", { title });
    doorsAtMs = null;
  }
  return {
    path: reading.path,
    sourceId: reading.sourceId,
    feed: reading.feed ?? null,
    title: reading.title,
    subtitle: cut(reading.subtitle, LIMITS.subtitle),
    description: cut(reading.description, LIMITS.description),
    genre: cut(reading.genre, LIMITS.genre),
    venue,
    timeZone,
    currency: reading.currency,
    doorsAtMs,
    startsAtMs,
    endsAtMs,
    saleWindows: saleWindowsOf(reading, startsAtMs, { resolve, odd }),
    priceRange: reading.priceRange,
  };
}

function venueOf({ venue }: EventReading, options: EventFileOptions): ImportedEvent["venue"] {
  return {
    name: venue.name || (options.venueName ?? ""),
    address: cut(tidyText(venue.address), ADDRESS_CHARACTERS_MAX),
    city: cut(venue.city, LIMITS.venue),
    country: cut(venue.country, LIMITS.venue),
  };
}

type ChosenZone = {
  readonly zone: string | undefined;
  readonly from: "own" | "venue" | "said" | "instead" | "place" | "likely" | "nowhere";
};

/**
 * The event's own zone, else the venue's, else what the caller says, else the one zone its city or country has, else one
 * that shows the same. What the caller says also stands in for a zone that nobody knows.
 */
export function chooseZone(reading: EventReading, options: EventFileOptions): ChosenZone {
  const { venue } = reading;
  const byName = (text: string) => options.venueTimeZones?.get(text.toLowerCase());
  const said = byName(venueOf(reading, options).name) ?? byName(venue.city) ?? options.venueTimeZone;
  const named = reading.timeZone || reading.venueTimeZone;
  if (named !== "" && (said === undefined || isKnownZone(named)))
    return { zone: named, from: reading.timeZone === "" ? "venue" : "own" };
  if (said !== undefined) return { zone: said, from: named === "" ? "said" : "instead" };
  const place = placeTimeZone(venue.city, venue.country);
  if (place !== undefined) return { zone: place, from: "place" };
  return { zone: reading.likelyTimeZone, from: reading.likelyTimeZone === undefined ? "nowhere" : "likely" };
}

function zoneOf(
  reading: EventReading,
  options: EventFileOptions,
  { fault, odd }: { fault: Note; odd: Note },
): string | null {
  const { zone, from } = chooseZone(reading, options);
  const { title } = reading;
  if (!zone) {
    fault("event.missing_timezone", { title });
    return null;
  }
  if (!isKnownZone(zone)) {
    fault("event.unknown_timezone", { title, zone: cut(zone, 60) });
    return null;
  }
  if (from === "venue" || from === "place") odd("event.timezone_from_venue", { title, zone });
  if (from === "instead") {
    const unknown = cut(reading.timeZone || reading.venueTimeZone, 60);
    odd("event.timezone_replaced", { title, unknown, zone });
  }
  if (from === "likely") odd("event.timezone_by_clock", { title, zone });
  return zone;
}

/** Asking the runtime costs more than reading the event; a file has few zones. */
const knownZones = new Set<string>();
function isKnownZone(zone: string): boolean {
  if (knownZones.has(zone)) return true;
  if (!TimeZone.safeParse(zone).success) return false;
  knownZones.add(zone);
  return true;
}

/** Which time of which event; of a sale also its name. */
type Named = Omit<ProblemDetails["event.time_in_gap"], "zone">;
type Resolve = (when: When | null, of: Named["of"], label?: string) => number | null;

function resolveWhen(when: When | null, zone: string, { of, odd }: { of: Named; odd: Note }): number | null {
  if (when === null) return null;
  if (when.kind === "instant") return when.atMs;
  const own = when.timeZone ?? zone;
  const { atMs, fit } = instantOf(when.clock, own);
  if (fit === "gap") odd("event.time_in_gap", { ...of, zone: own });
  if (fit === "overlap") odd("event.time_twice", { ...of, zone: own });
  return atMs;
}

function saleWindowsOf(
  { windows, title }: EventReading,
  startsAtMs: number,
  { resolve, odd }: { resolve: Resolve; odd: Note },
): SaleWindow[] {
  const kept: SaleWindow[] = [];
  for (const window of windows) {
    const label = cut(window.label, LIMITS.label) || (window.kind === "public" ? "General sale" : "Presale");
    const opensAtMs = resolve(window.opens, "sale_start", label);
    const closesAtMs = resolve(window.closes, "sale_end", label) ?? startsAtMs;
    if (opensAtMs === null) continue;
    if (opensAtMs < SALE_START_MIN_MS) {
      const day = new Date(opensAtMs).toISOString().slice(0, 10);
      odd("sale_window.placeholder_start", { title, label, day });
    } else if (opensAtMs >= closesAtMs) {
      odd("sale_window.never_open", { title, label });
    } else if (kept.length >= SALE_WINDOWS_MAX) {
      odd("sale_window.too_many", { title, label, max: SALE_WINDOWS_MAX });
    } else kept.push({ kind: window.kind, label, opensAtMs, closesAtMs });
  }
  return kept.sort((a, b) => a.opensAtMs - b.opensAtMs);
}

function laterThan(atMs: number | null, startMs: number, onRefused: () => void): number | null {
  if (atMs === null || atMs > startMs) return atMs;
  // A feed writes the start again when it knows no end.
  if (atMs < startMs) onRefused();
  return null;
}

export function cut(text: string, max: number): string {
  const trimmed = text.trim();
  if (trimmed.length <= max) return trimmed;
  const end = trimmed.slice(0, max - 1);
  // Half a surrogate pair is no text.
  return `${/[\uD800-\uDBFF]$/.test(end) ? end.slice(0, -1) : end}…`;
}

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const GERMAN_DAY = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/;
const HOUR = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?$/i;

/** "2026-05-01T20:00:00Z" and with an offset; null for anything without one. */
export function readInstant(text: string): When | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : { kind: "instant", atMs };
}

/**
 * "2026-05-01" or "01.05.2026" with "20:00", "20:00:00" or "20.00 Uhr" as a wall clock; null when there is no such day or
 * time. "5/6/2026" is read by nobody: it is May to one and June to another.
 */
export function readWallClock(date: string, time: string): When | null {
  const day = ISO_DAY.exec(
    date
      .trim()
      .replace(GERMAN_DAY, "$3-$2-$1")
      .replaceAll(/-(?=\d(?:-|$))/g, "-0"),
  );
  const hour = HOUR.exec(
    time.trim().replace(/^(\d{1,2})(?:[.:](\d{2}))?\s*(?:Uhr|h)$/i, (_, h: string, m = "00") => `${h}:${m}`),
  );
  if (!day || !hour) return null;
  const half = hour[4]?.[0]?.toLowerCase();
  const shown = Number(hour[1]);
  if (half !== undefined && (shown < 1 || shown > 12)) return null;
  const clock = {
    year: Number(day[1]),
    month: Number(day[2]),
    day: Number(day[3]),
    hour: half === undefined ? shown : (shown % 12) + (half === "p" ? 12 : 0),
    minute: Number(hour[2]),
    second: Number(hour[3] ?? 0),
  };
  return isWallClock(clock) ? { kind: "wall", clock } : null;
}
