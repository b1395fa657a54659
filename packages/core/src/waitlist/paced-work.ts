import type { Clock } from "../shared/clock.ts";

/** Others of the process wait no longer than this for a turn, in milliseconds, and for one question more. */
const TURN_MS = 5;
/** What one event's round may work in all, before the next round goes on with it. */
const WORK_MS_MAX = 50;

type PacedWorkDeps = {
  readonly clock: Clock;
  /** Lets everything else that is due go first. */
  readonly pause: () => Promise<void>;
};

/** Work of many small questions, which must not keep the process from everything else it does. */
export function makePacedWork({ clock, pause }: PacedWorkDeps) {
  let sinceMs = clock.nowMs();
  let workedMs = 0;
  return {
    /** After each question: pauses when its turn is over. false: the round's share is worked off. */
    async goesOn(): Promise<boolean> {
      const turnMs = clock.nowMs() - sinceMs;
      if (turnMs < TURN_MS) return true;
      workedMs += turnMs;
      await pause();
      sinceMs = clock.nowMs();
      return workedMs < WORK_MS_MAX;
    },
    /** After a wait for something else, which was not this work. */
    resume(): void {
      sinceMs = clock.nowMs();
    },
  };
}
export type PacedWork = ReturnType<typeof makePacedWork>;
