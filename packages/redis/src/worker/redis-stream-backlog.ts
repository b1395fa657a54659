import type { StreamBacklogStore } from "@onsale/core/worker/backlog";
import type { Redis } from "ioredis";
import { type Keyspace, ordersKey } from "../shard.ts";
import { orUnavailable } from "../store-errors.ts";

/** How long the oldest entry of each stream has waited: its id begins with the time at which Redis took it. */
export function makeRedisStreamBacklog(redis: Redis, space: Keyspace): StreamBacklogStore {
  return {
    async read(eventIds) {
      const [[seconds, micros], found] = await orUnavailable(
        Promise.all([
          redis.time(),
          Promise.all(
            eventIds.map(async (eventId) => {
              const key = ordersKey(space, eventId);
              const [[first], waiting] = await Promise.all([
                redis.xrange(key, "-", "+", "COUNT", 1),
                redis.xlen(key),
              ]);
              return { eventId, takenMs: first ? Number.parseInt(first[0], 10) : null, waiting };
            }),
          ),
        ]),
      );
      const nowMs = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
      return found.flatMap(({ eventId, takenMs, waiting }) =>
        takenMs === null
          ? []
          : [{ eventId, waiting: Math.max(1, waiting), oldestMs: Math.max(0, nowMs - takenMs) }],
      );
    },
  };
}
