/**
 * The server's clock as this page knows it. An answer may be old when it is read: from the browser's history, or after a
 * slow line. It never says a later time than the server has, so the latest time ever said is nearest to the truth, and an
 * old answer met again does not set the clock back.
 */
export function makeServerClock(monotonicMs: () => number) {
  let offsetMs: number | null = null;
  return {
    /** Takes in a time that an answer brought along. */
    heard(nowMs: number): void {
      const offset = nowMs - monotonicMs();
      if (offsetMs === null || offset > offsetMs) offsetMs = offset;
    },
    /** null: nothing was heard yet. */
    nowMs: (): number | null => (offsetMs === null ? null : monotonicMs() + offsetMs),
  };
}

export const serverClock = makeServerClock(() => performance.now());
