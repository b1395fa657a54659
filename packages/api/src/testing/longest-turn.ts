import { threadCpuUsage } from "node:process";

const cpuMs = () => {
  const { user, system } = threadCpuUsage();
  return (user + system) / 1_000;
};

/**
 * The most processor time that this thread took without letting anything else have its turn while `work` was under way.
 * Not the time that went by: on a machine with other work that says nothing about this one.
 */
export async function longestTurn<T>(
  work: () => Promise<T>,
): Promise<{ result: T; cpuMs: number; turns: number }> {
  let [worst, last, turns] = [0, cpuMs(), 0];
  const look = () => {
    const now = cpuMs();
    worst = Math.max(worst, now - last);
    last = now;
    turns += 1;
  };
  const timer = setInterval(look, 1);
  try {
    const result = await work();
    look();
    return { result, cpuMs: worst, turns };
  } finally {
    clearInterval(timer);
  }
}

/** The processor time of this thread that a piece of work takes, in milliseconds. */
export function cpuOf<T>(work: () => T): { result: T; cpuMs: number } {
  const from = cpuMs();
  const result = work();
  return { result, cpuMs: cpuMs() - from };
}
