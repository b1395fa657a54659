import { WORKER_SILENT_MS, type WorkerPulseStore } from "@onsale/core/worker/worker-pulse";
import type { Redis } from "ioredis";
import { orUnavailable } from "../store-errors.ts";

/** Workers that died are forgotten after a day, so that the set cannot grow for ever. */
const FORGET_MS = 86_400_000;

/** A sorted set of workers by the time of their last beat on Redis' clock. */
export function makeRedisWorkerPulse(redis: Redis, { prefix }: { prefix: string }): WorkerPulseStore {
  const key = `${prefix}worker:pulse`;
  const nowMs = async () => {
    const [seconds, micros] = await orUnavailable(redis.time());
    return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
  };

  return {
    async beat(worker) {
      const now = await nowMs();
      await orUnavailable(
        Promise.all([redis.zadd(key, now, worker), redis.zremrangebyscore(key, "-inf", now - FORGET_MS)]),
      );
    },
    async leave(worker) {
      await orUnavailable(redis.zrem(key, worker));
    },
    async read() {
      const [now, [latest]] = await Promise.all([nowMs(), orUnavailable(redis.zrevrange(key, 0, 0))]);
      if (latest === undefined) return { running: 0, silentMs: null };
      const [last, running] = await orUnavailable(
        Promise.all([redis.zscore(key, latest), redis.zcount(key, now - WORKER_SILENT_MS, "+inf")]),
      );
      return { running, silentMs: last === null ? null : Math.max(0, now - Number(last)) };
    },
  };
}
