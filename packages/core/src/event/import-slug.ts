import { type Romanize, slugOf } from "../shared/slug.ts";
import type { ImportedEvent } from "./import-event.ts";
import { dateText, wallClockAt } from "./import-wall-clock.ts";

const WORDS_MAX = 70;

/**
 * Addresses for an event's page, the best first: title and day, then the hour, the venue and a number. Whoever needs one
 * takes the first that is free. An address says nothing of whether two events are one.
 */
export function* eventSlugs(event: ImportedEvent, romanize: Romanize): Generator<string> {
  const clock = wallClockAt(event.startsAtMs, event.timeZone);
  const words = slugOf(event.title, { max: WORDS_MAX, stem: "event", romanize }) || "event";
  const hour = `${String(clock.hour).padStart(2, "0")}${String(clock.minute).padStart(2, "0")}`;
  const day = `${words}-${dateText(clock)}`;
  const place = slugOf(event.venue.name, { max: 12, stem: "venue", romanize });
  yield day;
  yield `${day}-${hour}`;
  if (place !== "") yield `${day}-${hour}-${place}`;
  for (let n = 2; ; n += 1) yield `${day}-${hour}-${n}`;
}
