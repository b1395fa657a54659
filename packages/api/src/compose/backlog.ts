import type { Backlog } from "@onsale/core/worker/backlog";
import type { Database } from "@onsale/db/client";
import { makePgClosingEvents } from "@onsale/db/event/pg-closing-events";
import { makePgEventStore } from "@onsale/db/event/pg-event-store";
import { makePgJobBacklog } from "@onsale/db/outbox/pg-job-backlog";
import type { RedisClients } from "@onsale/redis/client";
import { makeRedisStreamBacklog } from "@onsale/redis/worker/redis-stream-backlog";

export type BacklogDeps = {
  readonly database: Database;
  readonly redis: RedisClients;
  readonly space: { readonly prefix: string };
};

/** What waits for a worker: in the streams of events that are on sale or just over, and in the outbox. */
export function makeBacklogReader({ database, redis, space }: BacklogDeps) {
  const [events, closing] = [makePgEventStore(database), makePgClosingEvents(database)];
  const streams = makeRedisStreamBacklog(redis.commands, space);
  const jobs = makePgJobBacklog(database);
  return async (): Promise<Backlog> => {
    const known = Promise.all([events.listLive(), closing.list()]);
    const [inStreams, inOutbox] = await Promise.all([
      known.then((eventIds) => streams.read(eventIds.flat())),
      jobs.read(),
    ]);
    return { streams: inStreams, jobs: inOutbox };
  };
}
