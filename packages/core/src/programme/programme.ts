import type { EventSummary } from "../event/event-store.ts";
import { dateText, wallClockAt } from "../event/import-wall-clock.ts";
import type { DaySpan } from "./date-words.ts";
import { foldWords } from "./fold-words.ts";

/** One event of the programme with all that it is found by. */
export type Listed = {
  readonly event: EventSummary;
  /** Lowest whole price, minor units; null while there is none. */
  readonly fromMinor: number | null;
  readonly words: readonly string[];
  readonly span: DaySpan;
  readonly city: string;
  readonly genre: string;
};

/** What is listed, soonest first, and which of it each word stands in; made anew after a change. */
export type Programme = {
  readonly listed: readonly Listed[];
  readonly byWord: ReadonlyMap<string, readonly number[]>;
};

/** Who looks for a seat at the door still finds an event whose end nobody knows. */
const LISTED_AFTER_START_MS = 6 * 60 * 60_000;

/** An event is listed until its end, or as long as it is sold; the database has the same rule for `over_at`. */
export function listedUntilMs({
  startsAtMs,
  endsAtMs,
  salesEndAtMs,
}: Pick<EventSummary, "startsAtMs" | "endsAtMs" | "salesEndAtMs">): number {
  return endsAtMs ?? Math.max(startsAtMs + LISTED_AFTER_START_MS, salesEndAtMs ?? 0);
}

export function listEvent(event: EventSummary, fromMinor: number | null): Listed {
  const { title, subtitle, genre, venue, startsAtMs, endsAtMs, timeZone } = event;
  const words = [title, subtitle, genre, venue.name, venue.city, venue.country].flatMap(foldWords);
  const start = wallClockAt(startsAtMs, timeZone);
  const end = endsAtMs === null || endsAtMs <= startsAtMs ? start : wallClockAt(endsAtMs - 1, timeZone);
  return {
    event,
    fromMinor,
    words: [...new Set(words)],
    span: { first: dateText(start), last: nightEnds(start, end), startHour: start.hour },
    city: keyOf(venue.city),
    genre: keyOf(genre),
  };
}

type Clock = ReturnType<typeof wallClockAt>;
/** What ends in the small hours of the day after is an evening and not two days. */
const NIGHT_ENDS_HOUR = 6;

function nightEnds(start: Clock, end: Clock): string {
  const [first, last] = [dateText(start), dateText(end)];
  if (first === last || end.hour >= NIGHT_ENDS_HOUR) return last;
  const dayBefore = new Date(Date.parse(`${last}T00:00:00Z`) - 1).toISOString().slice(0, 10);
  return dayBefore < first ? first : dayBefore;
}

/** Names that people take for one are one: "Zürich" and "zurich ". */
export function keyOf(name: string): string {
  return foldWords(name).join(" ");
}

export function makeProgramme(all: readonly Listed[]): Programme {
  const listed = all.toSorted(
    (a, b) => a.event.startsAtMs - b.event.startsAtMs || (a.event.id < b.event.id ? -1 : 1),
  );
  const byWord = new Map<string, number[]>();
  listed.forEach(({ words }, at) => {
    for (const word of words) {
      const places = byWord.get(word);
      if (places) places.push(at);
      else byWord.set(word, [at]);
    }
  });
  return { listed, byWord };
}
