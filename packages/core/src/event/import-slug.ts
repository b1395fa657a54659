import type { ImportedEvent } from "./import-event.ts";
import { dateText, wallClockAt } from "./import-wall-clock.ts";

const WORDS_MAX = 70;

/** "Café Zürich!" -> "cafe-zurich"; letters without a Latin base stay out. */
export function slugWords(text: string): string {
  const plain = text
    .replaceAll("ß", "ss")
    .replaceAll(/[øØ]/g, "o")
    .replaceAll(/[æÆ]/g, "ae")
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase()
    .replaceAll(/['’]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return plain.slice(0, WORDS_MAX).replace(/-$/, "");
}

/**
 * A name for each event's page: title and day, then the hour, the venue and a number where that is not enough. The same
 * file gives the same names, which is how an import run twice meets its own events again.
 */
export function nameEvents(events: readonly ImportedEvent[]): string[] {
  const taken = new Set<string>();
  return events.map((event) => {
    const clock = wallClockAt(event.startsAtMs, event.timeZone);
    const words = slugWords(event.title) || "event";
    const hour = `${String(clock.hour).padStart(2, "0")}${String(clock.minute).padStart(2, "0")}`;
    const day = `${words}-${dateText(clock)}`;
    const place = slugWords(event.venue.name).slice(0, 12).replace(/-$/, "");
    const candidates = [day, `${day}-${hour}`, ...(place === "" ? [] : [`${day}-${hour}-${place}`])];
    let slug = candidates.find((candidate) => !taken.has(candidate)) ?? "";
    for (let n = 2; slug === ""; n += 1) {
      const numbered = `${day}-${hour}-${n}`;
      if (!taken.has(numbered)) slug = numbered;
    }
    taken.add(slug);
    return slug;
  });
}
