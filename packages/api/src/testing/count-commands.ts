import { once } from "node:events";
import type { Redis } from "ioredis";

/** `top`: as clients sent them; `all`: with those inside scripts. */
export type CommandCount = { readonly top: number; readonly all: number };

/**
 * Redis commands on keys below `prefix` per piece of `work`, which is `pieces` times the same. Read from MONITOR, since other tests use
 * the same server. A follower's blocked read comes once for whatever happened meanwhile, so it counts for no piece.
 */
export async function countCommands(
  redis: Redis,
  { prefix, pieces, work }: { prefix: string; pieces: number; work: () => Promise<void> },
): Promise<CommandCount> {
  const monitor = await openMonitor(redis);
  const [top, inside] = [new Map<string, number>(), new Map<string, number>()];
  let isOwnScript = false;
  const marker = `${prefix}counted`;
  monitor.on("monitor", (_time: string, [command = "", ...args]: string[], source: string) => {
    const name = command.toLowerCase();
    const isInside = source === "lua";
    if (!isInside) isOwnScript = args.some((arg) => arg.includes(prefix));
    if (!isOwnScript || name === "xread" || args[0] === marker) return;
    const [counts, key] = isInside
      ? [inside, name]
      : [top, name.startsWith("eval") ? `${name} ${args[0]}` : name];
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  try {
    await work();
    const seen = new Promise<void>((resolve) => {
      monitor.on("monitor", (_time: string, [, key]: string[]) => {
        if (key === marker) resolve();
      });
    });
    // Commands come in the order in which the server ran them: after this one, all before it were seen.
    await redis.set(marker, "1", "EX", 60);
    await seen;
  } finally {
    const ended = once(monitor, "end");
    monitor.disconnect();
    await ended;
  }
  const each = (counts: ReadonlyMap<string, number>) =>
    [...counts.values()].reduce((sum, count) => sum + Math.round(count / pieces), 0);
  return { top: each(top), all: each(top) + each(inside) };
}

/**
 * On a busy server others' commands come in the same packet as the answer to MONITOR; ioredis reports them as an error and
 * would give up, though it listens from then on.
 */
function openMonitor(redis: Redis): Promise<Redis> {
  const monitor = redis.duplicate({ monitor: true });
  monitor.on("error", () => undefined);
  return new Promise((resolve) => monitor.once("monitoring", () => resolve(monitor)));
}
