import { setTimeout as wait } from "node:timers/promises";

const SECOND_CTRL_C_AFTER_MS = 1000;

/**
 * Calls `stop` once, whatever ends this process: Ctrl-C, a polite kill, a closed terminal, or the death of the
 * bootstrap that started it (kill -9 included: then its channel closes). A second Ctrl-C a while later leaves at once;
 * what is left running then is stopped by the next start.
 */
export function stopOnSignal(stop: () => Promise<void>): { stopping: () => boolean } {
  let begunAt: number | undefined;
  const leave = async (exitCode: number): Promise<void> => {
    if (begunAt !== undefined) {
      // The terminal and the bootstrap both pass on one Ctrl-C, so a signal right after the first is not a second wish.
      if (performance.now() - begunAt > SECOND_CTRL_C_AFTER_MS) process.exit(exitCode);
      return;
    }
    begunAt = performance.now();
    await stop();
    process.exit(exitCode);
  };
  process.on("SIGINT", () => void leave(130));
  process.on("SIGTERM", () => void leave(143));
  process.on("SIGHUP", () => void leave(129));
  if (process.channel) {
    process.on("disconnect", () => void leave(1));
    process.channel.unref();
  }
  return { stopping: () => begunAt !== undefined };
}

/** Never settles: for a program that stays until it is stopped. */
export async function stayForever(): Promise<never> {
  for (;;) await wait(60_000);
}
