import { backlogHealth, type Backlog, type Promptness } from "@onsale/core/worker/backlog";
import type { WorkerPulse, WorkerPulseStore } from "@onsale/core/worker/worker-pulse";
import type { Database } from "@onsale/db/client";
import type { RedisClients } from "@onsale/redis/client";

/** Whoever asks for the health of a process gives up soon; so does what it asks of its stores. */
const HEALTH_MS_MAX = 2_000;
/** Everybody may ask, as often as they like: what waits is read this often at most. */
const BACKLOG_KEPT_MS = 2_000;

export type Health = {
  readonly postgres: "ok" | "unreachable";
  readonly redis: "ok" | "unreachable";
  /** null: Redis does not say. */
  readonly worker: WorkerPulse | null;
  /** null: a store that knows does not answer. */
  readonly backlog: Record<"orders" | "jobs" | "mail", Promptness> | null;
};

export type HealthDeps = {
  readonly database: Database;
  readonly redis: RedisClients;
  readonly workerPulse: WorkerPulseStore;
  readonly readBacklog: () => Promise<Backlog>;
};

export function makeHealth({ database, redis, workerPulse, readBacklog }: HealthDeps) {
  let kept: { readonly atMs: number; readonly backlog: Promise<Backlog> } | null = null;

  function recentBacklog(): Promise<Backlog> {
    const nowMs = performance.now();
    if (!kept || nowMs - kept.atMs >= BACKLOG_KEPT_MS) kept = { atMs: nowMs, backlog: inTime(readBacklog()) };
    return kept.backlog;
  }

  return async (): Promise<Health> => {
    const [postgres, store, worker, backlog] = await Promise.allSettled([
      inTime(database.sql`SELECT 1`),
      inTime(redis.commands.ping()),
      inTime(workerPulse.read()),
      recentBacklog(),
    ]);
    return {
      postgres: postgres.status === "fulfilled" ? "ok" : "unreachable",
      redis: store.status === "fulfilled" ? "ok" : "unreachable",
      worker: worker.status === "fulfilled" ? worker.value : null,
      backlog: backlog.status === "fulfilled" ? backlogHealth(backlog.value) : null,
    };
  };
}

async function inTime<T>(answer: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), HEALTH_MS_MAX);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
