import type { EventId } from "@onsale/core/shared/ids";
import { must } from "@onsale/core/shared/assert";
import type { Redis } from "ioredis";
import { z } from "zod";
import type { RedisClients } from "../client.ts";
import { type Keyspace, ordersKey } from "../shard.ts";
import { WRITER_GROUP } from "./queue-scripts.ts";

/** A writer that has not acknowledged for so long is taken for dead. A batch commits in milliseconds. */
export const ABANDONED_MS = 5_000;
/** How often a writer looks for what dead ones left behind. */
const RESCUE_EVERY_MS = 1_000;

export type TakenEntry = { readonly entryId: string; readonly fields: readonly string[] };
type Request = { eventIds: readonly EventId[]; limit: number; blockMs: number };
type Taken = Map<EventId, TakenEntry[]>;

const Entries = z.array(z.tuple([z.string(), z.array(z.string()).nullable()]));
const Streams = z.array(z.tuple([z.string(), Entries])).nullable();
/** Redis 7 adds a third part: claimed entries that no longer exist, which it has dropped itself. */
const Autoclaimed = z.tuple([z.string(), Entries], z.unknown());

async function ensureGroup(redis: Redis, key: string): Promise<void> {
  try {
    await redis.xgroup("CREATE", key, WRITER_GROUP, "0", "MKSTREAM");
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("BUSYGROUP"))) throw error;
  }
}

/** Makes everything that dead writers left in one stream this consumer's own. */
async function adopt(redis: Redis, key: string, { consumer, limit }: { consumer: string; limit: number }) {
  let cursor = "0-0";
  do {
    const reply = await redis.xautoclaim(key, WRITER_GROUP, consumer, ABANDONED_MS, cursor, "COUNT", limit);
    [cursor] = Autoclaimed.parse(reply);
  } while (cursor !== "0-0");
}

/**
 * `wait` null: what this consumer took and never acknowledged. Else what nobody took yet, waiting so many ms for it.
 */
async function readGroup(
  redis: Redis,
  keys: readonly string[],
  { consumer, limit, wait }: { consumer: string; limit: number; wait: number | null },
): Promise<Map<string, TakenEntry[]>> {
  const from = keys.map(() => (wait === null ? "0" : ">"));
  const reply = await (wait === null
    ? redis.xreadgroup("GROUP", WRITER_GROUP, consumer, "COUNT", limit, "STREAMS", ...keys, ...from)
    : // prettier-ignore
      redis.xreadgroup("GROUP", WRITER_GROUP, consumer, "COUNT", limit, "BLOCK", wait, "STREAMS", ...keys, ...from));
  const taken = new Map<string, TakenEntry[]>();
  for (const [key, entries] of Streams.parse(reply) ?? []) {
    const gone = entries.filter(([, fields]) => fields === null).map(([entryId]) => entryId);
    // Deleted while they were pending; left there they would fill every read up to its limit.
    if (gone.length > 0) await redis.xack(key, WRITER_GROUP, ...gone);
    const standing = entries.flatMap(([entryId, fields]) => (fields ? [{ entryId, fields }] : []));
    if (standing.length > 0) taken.set(key, standing);
  }
  return taken;
}

/** Takes entries of many order streams for one consumer, at most `limit` of each: what is owed first, then new ones. */
export function makeStreamReader(
  clients: RedisClients,
  { space, consumer }: { space: Keyspace; consumer: string },
) {
  const redis = clients.commands;
  let blocking: Redis | null = null;
  let grouped = new Set<string>();
  let rescuedAtMs = Number.NEGATIVE_INFINITY;

  async function takeOnce({ eventIds, limit, blockMs }: Request): Promise<Taken> {
    const events = new Map(eventIds.map((eventId) => [ordersKey(space, eventId), eventId]));
    const keys = [...events.keys()];
    const ungrouped = keys.filter((key) => !grouped.has(key));
    await Promise.all(ungrouped.map((key) => ensureGroup(redis, key)));
    for (const key of ungrouped) grouped.add(key);
    if (performance.now() - rescuedAtMs >= RESCUE_EVERY_MS) {
      rescuedAtMs = performance.now();
      await Promise.all(keys.map((key) => adopt(redis, key, { consumer, limit })));
    }
    let taken = await readGroup(redis, keys, { consumer, limit, wait: null });
    if (taken.size === 0) {
      blocking ??= clients.openBlocking();
      taken = await readGroup(blocking, keys, { consumer, limit, wait: blockMs });
    }
    const byEvent: Taken = new Map();
    for (const [key, entries] of taken) byEvent.set(must(events.get(key), "only streams asked for"), entries);
    return byEvent;
  }

  return {
    async take(request: Request): Promise<Taken> {
      if (request.eventIds.length === 0) return new Map();
      try {
        return await takeOnce(request);
      } catch (error) {
        if (!(error instanceof Error && /NOGROUP|UNBLOCKED/.test(error.message))) throw error;
        // Redis lost its data; streams and groups begin anew.
        grouped = new Set();
        return takeOnce(request);
      }
    },
    close(): void {
      blocking?.disconnect();
      blocking = null;
    },
  };
}
