import type { Logger } from "../log.ts";

/** A store that is back is used again by then; fans wait for it. */
const RETRY_MS_MAX = 2_000;

type Rest = { readonly idleMs: number } | { readonly rest: () => Promise<void> };

/**
 * Runs `step` again and again until `signal` aborts. A step that did something runs again at once; one that had nothing
 * to do waits `idleMs`, or until `rest` is over; one that failed waits longer each time, up to two seconds, and says so
 * in the log.
 */
export async function loop(
  input: Rest & {
    name: string;
    signal: AbortSignal;
    log: Logger;
    step: () => Promise<boolean>;
  },
): Promise<void> {
  const { name, signal, log } = input;
  const rest = "rest" in input ? input.rest : () => pause(input.idleMs, signal);
  let failures = 0;
  while (!signal.aborted) {
    try {
      const busy = await input.step();
      failures = 0;
      if (!busy) await rest();
    } catch (error) {
      failures++;
      log.error({ err: error, loop: name, failures }, "worker loop failed");
      await pause(Math.min(RETRY_MS_MAX, 100 * 2 ** failures), signal);
    }
  }
}

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
