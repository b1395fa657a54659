import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { InventoryDelta } from "@onsale/core/inventory/inventory";
import type { EventId } from "@onsale/core/shared/ids";
import type { Redis } from "ioredis";
import type { RedisClients } from "../client.ts";
import { type Keyspace, shardKey } from "../shard.ts";
import { readDelta } from "./delta-entry.ts";

const BLOCK_MS = 5_000;
const ENTRIES_PER_READ = 1_000;
const RETRY_MS = 100;
const WAKE_KEY_MS = 60_000;

type Listener = {
  readonly key: string;
  lastId: string;
  /** The next read must first prove that nothing between lastId and now was lost. */
  unproven: boolean;
  stopped: boolean;
  readonly on: { delta: (delta: InventoryDelta) => void; gap: () => void };
};

/** A listener that throws is a bug and must reach the process, but not stop everybody else's map. */
function tell(listener: Listener, call: () => void): void {
  if (listener.stopped) return;
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

type Entry = [id: string, fields: string[]];

/** Negative when a came first. Stream ids are "ms-sequence". */
function compareIds(a: string, b: string): number {
  const [aMs = 0, aSeq = 0] = a.split("-").map(Number);
  const [bMs = 0, bSeq = 0] = b.split("-").map(Number);
  return aMs - bMs || aSeq - bSeq;
}

/**
 * A listener has missed nothing as long as the entry it saw last still stands: streams lose entries from the front
 * (trimmed), as a whole (flushed) or at the end (a replica that was behind took over), and each of these takes that
 * entry away before or together with one it has not seen.
 */
async function prove(redis: Redis, listener: Listener): Promise<void> {
  const { key, lastId } = listener;
  const stands = (await redis.xrange(key, lastId, lastId)).length > 0;
  const newest = stands ? [] : await redis.xrevrange(key, "+", "-", "COUNT", 1);
  listener.unproven = false;
  if (stands) return;
  listener.lastId = newest[0]?.[0] ?? "0-0";
  tell(listener, () => listener.on.gap());
}

function deliver(listener: Listener, entries: readonly Entry[]): void {
  for (const [id, fields] of entries) {
    if (compareIds(id, listener.lastId) <= 0) continue;
    listener.lastId = id;
    const delta = readDelta(id, fields);
    tell(listener, () => (delta ? listener.on.delta(delta) : listener.on.gap()));
  }
}

/** Where the read of each stream starts: at the listener that is furthest behind. */
function oldestIds(listeners: Iterable<Listener>): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { key, lastId } of listeners) {
    const known = ids.get(key);
    if (known === undefined || compareIds(lastId, known) < 0) ids.set(key, lastId);
  }
  return ids;
}

/** Reads every followed shard of this process in one loop over one connection and hands each entry to its listeners. */
export function makeDeltaFollower(clients: RedisClients, space: Keyspace) {
  const listeners = new Set<Listener>();
  // An entry in this stream ends the blocking read, so that a new listener is in the next one.
  const wakeKey = `${space.prefix}wake:${randomUUID()}`;
  let wakeId = "0-0";
  let connection: Redis | null = null;

  async function readOnce(redis: Redis): Promise<void> {
    for (const listener of listeners) if (listener.unproven) await prove(redis, listener);
    const from = oldestIds(listeners);
    const streams = [wakeKey, ...from.keys(), wakeId, ...from.values()];
    const reply = await redis.xread("COUNT", ENTRIES_PER_READ, "BLOCK", BLOCK_MS, "STREAMS", ...streams);
    for (const [key, entries] of reply ?? []) {
      if (key === wakeKey) wakeId = entries.at(-1)?.[0] ?? wakeId;
      // A full read means we lag; what lies between may have been trimmed in the meantime.
      if (key !== wakeKey && entries.length >= ENTRIES_PER_READ) {
        for (const listener of listeners) if (listener.key === key) await prove(redis, listener);
      }
      for (const listener of listeners) if (listener.key === key) deliver(listener, entries);
    }
  }

  async function run(redis: Redis): Promise<void> {
    while (connection === redis && listeners.size > 0) {
      const broken = await readOnce(redis).then(
        () => false,
        () => true,
      );
      if (!broken) continue;
      // Whatever was said while nobody listened must be accounted for.
      for (const listener of listeners) listener.unproven = true;
      if (connection === redis) await delay(RETRY_MS);
    }
    redis.disconnect();
    if (connection === redis) connection = null;
  }

  function wake(): void {
    if (!connection) {
      connection = clients.openBlocking();
      void run(connection);
      return;
    }
    const wakeUp = clients.commands.xadd(wakeKey, "MAXLEN", 1, "*", "w", "1");
    // Losing it costs at most BLOCK_MS, and a broken connection restarts the read anyway.
    void wakeUp.then(() => clients.commands.pexpire(wakeKey, WAKE_KEY_MS)).catch(() => {});
  }

  return {
    follow(eventId: EventId, { afterId, on }: { afterId: string; on: Listener["on"] }) {
      const listener: Listener = {
        key: shardKey(space, eventId, "deltas"),
        lastId: afterId,
        unproven: true,
        stopped: false,
        on,
      };
      listeners.add(listener);
      wake();
      return {
        stop: () => {
          listener.stopped = true;
          if (listeners.delete(listener) && listeners.size === 0) wake();
        },
      };
    },
    close(): void {
      listeners.clear();
      connection?.disconnect();
      connection = null;
    },
  };
}
