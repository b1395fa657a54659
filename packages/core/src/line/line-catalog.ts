import type { Clock } from "../shared/clock.ts";
import type { EventId } from "../shared/ids.ts";
import type { LineId, LineRecord } from "./line.ts";
import type { LineStore } from "./line-store.ts";

/** Settings and states may be this old; the levers and moves of this process are seen at once. */
const LINES_TTL_MS = 1_000;
const EVENTS_KEPT_MAX = 500;

/** The lines of events: one question per second and event to the store, whatever the crowd asks. */
export function makeLineCatalog({ lines, clock }: { lines: LineStore; clock: Clock }) {
  const kept = new Map<EventId, { atMs: number; lines: Promise<LineRecord[]> }>();
  const eventOf = new Map<LineId, EventId>();

  function linesOf(eventId: EventId): Promise<LineRecord[]> {
    const now = clock.nowMs();
    const known = kept.get(eventId);
    if (known && now - known.atMs < LINES_TTL_MS) return known.lines;
    const found = lines.findByEvent(eventId);
    if (kept.size >= EVENTS_KEPT_MAX) kept.delete(kept.keys().next().value ?? eventId);
    kept.set(eventId, { atMs: now, lines: found });
    found.catch(() => kept.delete(eventId));
    return found;
  }

  return {
    linesOf,
    async find(lineId: LineId): Promise<LineRecord | null> {
      const eventId = eventOf.get(lineId);
      if (eventId) return (await linesOf(eventId)).find((line) => line.id === lineId) ?? null;
      const line = await lines.find(lineId);
      if (line) {
        if (eventOf.size >= EVENTS_KEPT_MAX) eventOf.clear();
        eventOf.set(lineId, line.eventId);
      }
      return line;
    },
    forget: (eventId: EventId) => void kept.delete(eventId),
  };
}
export type LineCatalog = ReturnType<typeof makeLineCatalog>;
