const SECOND_CTRL_C_AFTER_MS = 1000;

export interface StopSignals {
  stopping(): boolean;
  /** Never settles: the process ends first. What fails because everything is being stopped waits here, unsaid. */
  readonly left: Promise<never>;
}

/**
 * Calls `stop` once, whatever ends this process: Ctrl-C, a polite kill, a closed terminal, or the death of the
 * bootstrap that started it (kill -9 included: then its channel closes). A second Ctrl-C a while later leaves at once;
 * what is left running then is stopped by the next start.
 */
export function stopOnSignal(stop: () => Promise<void>, ctrlCExitCode = 130): StopSignals {
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
  process.on("SIGINT", () => void leave(ctrlCExitCode));
  process.on("SIGTERM", () => void leave(143));
  process.on("SIGHUP", () => void leave(129));
  if (process.channel) {
    process.on("disconnect", () => void leave(1));
    process.channel.unref();
  }
  return { stopping: () => begunAt !== undefined, left: new Promise(() => {}) };
}
