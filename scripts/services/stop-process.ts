import { setTimeout as wait } from "node:timers/promises";

import { isSameProcess, type ProcessIdentity } from "./process-identity.ts";

const POLL_MS = 25;

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone, which is what was wanted.
  }
}

/** SIGINT is Postgres's fast shutdown; SIGTERM would wait for every client to leave. */
export function signalToStop(name: string): NodeJS.Signals {
  return name === "postgres" ? "SIGINT" : "SIGTERM";
}

/** Stops a process and its group: asks first, and after `graceMs` does not ask. */
export async function stopProcess(
  target: ProcessIdentity,
  { signal, graceMs }: { signal: NodeJS.Signals; graceMs: number },
): Promise<void> {
  if (!isSameProcess(target)) return;
  signalQuietly(target.pid, signal);
  const deadline = performance.now() + graceMs;
  while (isSameProcess(target) && performance.now() < deadline) await wait(POLL_MS);
  if (!isSameProcess(target)) return;
  signalQuietly(-target.pid, "SIGKILL");
  signalQuietly(target.pid, "SIGKILL");
  const givenUp = performance.now() + graceMs;
  while (isSameProcess(target) && performance.now() < givenUp) await wait(POLL_MS);
}
