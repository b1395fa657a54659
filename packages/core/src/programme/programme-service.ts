import type { EventId } from "../shared/ids.ts";
import type { EventStore, EventSummary } from "../event/event-store.ts";
import type { Clock } from "../shared/clock.ts";
import { listEvent, type Listed, makeProgramme, type Programme } from "./programme.ts";
import { type Found, type ProgrammeAsk, searchProgramme } from "./search-programme.ts";

export type ProgrammeServiceDeps = {
  readonly events: Pick<EventStore, "programmeMarks" | "findMany">;
  readonly clock: Clock;
  /** Lowest whole price of an event, minor units; null while nothing of it is priced. */
  readonly fromPrice: (event: EventSummary) => Promise<number | null>;
};

/** The programme that is searched may be this old, as event rows may everywhere. */
const FRESH_MS = 1_000;
const ROWS_PER_READ = 500;
const PRICES_AT_ONCE = 8;

type Known = { readonly mark: string; readonly listed: Listed };

/**
 * The public programme in memory: it is what every visitor reads, and what its search must know (folded words, days of
 * each venue's own calendar, whole prices) is made by core. One light query a second tells which events changed.
 */
export function makeProgrammeService({ events, clock, fromPrice }: ProgrammeServiceDeps) {
  let known = new Map<string, Known>();
  let programme: Programme = makeProgramme([]);
  let readAtMs = -Infinity;
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    const nowMs = clock.nowMs();
    const marks = await events.programmeMarks(nowMs);
    const changed = marks.filter(({ id, mark }) => known.get(id)?.mark !== mark);
    if (changed.length > 0 || marks.length !== known.size) {
      const fresh = await listAll(changed.map(({ id }) => id));
      const next = new Map<string, Known>();
      for (const { id, mark } of marks) {
        const listed = fresh.get(id) ?? known.get(id)?.listed;
        if (listed) next.set(id, { mark, listed });
      }
      known = next;
      programme = makeProgramme([...next.values()].map(({ listed }) => listed));
    }
    readAtMs = nowMs;
  }

  async function listAll(ids: readonly EventId[]): Promise<Map<string, Listed>> {
    const fresh = new Map<string, Listed>();
    for (let at = 0; at < ids.length; at += ROWS_PER_READ) {
      const rows = await events.findMany(ids.slice(at, at + ROWS_PER_READ));
      for (let n = 0; n < rows.length; n += PRICES_AT_ONCE)
        await Promise.all(
          rows.slice(n, n + PRICES_AT_ONCE).map(async (event) => {
            const before = known.get(event.id)?.listed;
            const samePrice = before && before.event.priceVersion === event.priceVersion;
            fresh.set(event.id, listEvent(event, samePrice ? before.fromMinor : await fromPrice(event)));
          }),
        );
    }
    return fresh;
  }

  return {
    async search(ask: ProgrammeAsk): Promise<Found> {
      if (clock.nowMs() - readAtMs >= FRESH_MS) await (reading ??= read().finally(() => (reading = null)));
      return searchProgramme(programme, ask, clock.nowMs());
    },
  };
}
