import type { Logger } from "../log.ts";

/**
 * Runs `step` again and again until `signal` aborts. A step that did something runs again at once; one that had nothing
 * to do waits `idleMs`; one that failed waits longer each time, up to ten seconds, and says so in the log.
 */
export async function loop(input: {
  name: string;
  idleMs: number;
  signal: AbortSignal;
  log: Logger;
  step: () => Promise<boolean>;
}): Promise<void> {
  const { name, idleMs, signal, log } = input;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const busy = await input.step();
      failures = 0;
      if (!busy) await pause(idleMs, signal);
    } catch (error) {
      failures++;
      log.error({ err: error, loop: name, failures }, "worker loop failed");
      await pause(Math.min(10_000, 100 * 2 ** failures), signal);
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
