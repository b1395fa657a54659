import type { Clock } from "../shared/clock.ts";
import type { RiskMarkState, RiskMarkStore } from "./risk-mark.ts";

/** A decision of staff counts everywhere within this time. */
const MARKS_TTL_MS = 2_000;
/** From here on the next set is read in the background, so that few callers ever wait for it. */
const REFRESH_AFTER_MS = 1_000;

/**
 * Who is cleared or blocked, from memory: marks are made by people and few, so all of them are read at most once a second
 * and no call costs a query. While Postgres is away the last known set counts.
 */
export function makeMarkStates({ marks, clock }: { marks: Pick<RiskMarkStore, "states">; clock: Clock }) {
  let known: { states: ReadonlyMap<string, RiskMarkState>; atMs: number } | null = null;
  let reading: Promise<void> | null = null;

  function read(): Promise<void> {
    const atMs = clock.nowMs();
    reading ??= marks
      .states()
      .then(
        (states) => void (known = { states, atMs }),
        // Blocked accounts are no reason to stop a sale that goes on without Postgres; asked again after a while.
        () => void (known = { states: known?.states ?? new Map(), atMs }),
      )
      .finally(() => (reading = null));
    return reading;
  }

  /** undefined: not known without reading. */
  function atOnce(accountId: string): RiskMarkState | null | undefined {
    const ageMs = known ? clock.nowMs() - known.atMs : Infinity;
    if (!known || ageMs >= MARKS_TTL_MS) return undefined;
    if (ageMs >= REFRESH_AFTER_MS) void read();
    return known.states.get(accountId) ?? null;
  }

  return {
    atOnce,
    async of(accountId: string): Promise<RiskMarkState | null> {
      const mark = atOnce(accountId);
      if (mark !== undefined) return mark;
      await read();
      return known?.states.get(accountId) ?? null;
    },
  };
}
export type MarkStates = ReturnType<typeof makeMarkStates>;
