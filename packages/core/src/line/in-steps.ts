/** Runs long work without its pauses. */
export function lastOf<Result>(steps: Generator<number, Result, void>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Runs long work with a pause after each step; `pause` is told what the step yielded. Core has no timers, so the caller
 * waits.
 */
export async function withPauses<Result>(
  steps: Generator<number, Result, void>,
  pause: (done: number) => Promise<void>,
): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    // oxlint-disable-next-line no-await-in-loop -- one step after the other is the purpose
    await pause(step.value);
  }
}
