import type { SaleCatalog } from "../event/sale-catalog.ts";
import { makeBoundedMap, makeKeptAnswers } from "../shared/bounded-map.ts";
import type { Clock } from "../shared/clock.ts";
import type { EventId } from "../shared/ids.ts";
import type { LineId, LineRecord } from "./line.ts";
import type { LineStore } from "./line-store.ts";

/** Settings and states may be this old; the levers and moves of this process are seen at once. */
const LINES_TTL_MS = 1_000;
const EVENTS_KEPT_MAX = 500;

/** The lines of events: one question per second and event to the store, whatever the crowd asks. */
export function makeLineCatalog({ lines, clock }: { lines: LineStore; clock: Clock }) {
  const kept = makeKeptAnswers((eventId: EventId) => lines.findByEvent(eventId), {
    max: EVENTS_KEPT_MAX,
    fresh: { ms: LINES_TTL_MS, nowMs: clock.nowMs },
  });
  const eventOf = makeBoundedMap<LineId, EventId>(EVENTS_KEPT_MAX);

  return {
    linesOf: kept.of,
    async find(lineId: LineId): Promise<LineRecord | null> {
      const eventId = eventOf.get(lineId);
      if (eventId) return (await kept.of(eventId)).find((line) => line.id === lineId) ?? null;
      const line = await lines.find(lineId);
      if (line) eventOf.set(lineId, line.eventId);
      return line;
    },
    forget: kept.forget,
  };
}
export type LineCatalog = ReturnType<typeof makeLineCatalog>;

/** The same for fans. They see no draft, and no line before the sale of one. */
export function makePublicLines(
  lines: LineCatalog,
  events: Pick<SaleCatalog, "publicEvent">,
): Pick<LineCatalog, "find" | "linesOf"> {
  return {
    async find(lineId) {
      const line = await lines.find(lineId);
      return line && (await events.publicEvent(line.eventId)) ? line : null;
    },
    linesOf: async (eventId) => ((await events.publicEvent(eventId)) ? lines.linesOf(eventId) : []),
  };
}
export type PublicLines = ReturnType<typeof makePublicLines>;
