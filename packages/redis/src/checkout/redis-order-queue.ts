import { randomUUID } from "node:crypto";
import { OrderDraft } from "@onsale/core/order/order-draft";
import { OrderAsk, type OrderQueue, type QueuedEntry } from "@onsale/core/checkout/order-queue";
import { EventId } from "@onsale/core/shared/ids";
import type { Redis } from "ioredis";
import type { RedisClients } from "../client.ts";
import { type Keyspace, ordersKey } from "../shard.ts";
import { orUnavailable } from "../store-errors.ts";
import { makeOrderAnswers } from "./order-answers.ts";
import { acknowledgeOrders, askOrder, setOrderAside, unreadableKey } from "./queue-scripts.ts";
import { makeStreamReader, type TakenEntry } from "./stream-reader.ts";

/** The events of which an entry was ever set aside. */
const SET_ASIDE_EVENTS = "orders:bad:events";

function parseEntry({ entryId, fields }: TakenEntry): QueuedEntry | { problem: string } {
  const field = (name: string) => fields[fields.indexOf(name) + 1] ?? "";
  try {
    // An entry is pairs of names and values, and a claim begins with its hold.
    return fields[0] === "ask"
      ? { entryId, ask: OrderAsk.parse(JSON.parse(field("ask"))) }
      : { entryId, draft: OrderDraft.parse(JSON.parse(field("draft"))) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * `consumer` names the writer: one that restarts under the same name finds what it had taken at once, one under another
 * name after ABANDONED_MS.
 */
export function makeRedisOrderQueue(
  clients: RedisClients,
  { prefix = "", consumer = randomUUID() }: { prefix?: string; consumer?: string } = {},
): OrderQueue {
  const space: Keyspace = { prefix };
  const redis: Redis = clients.commands;
  const answers = makeOrderAnswers(clients, space);
  const reader = makeStreamReader(clients, { space, consumer });

  async function aside(eventId: EventId, entryId: string, note: Record<string, unknown>): Promise<void> {
    // First the event, which may be over long before somebody looks; the list is of another slot.
    await orUnavailable(redis.sadd(`${prefix}${SET_ASIDE_EVENTS}`, eventId));
    await setOrderAside(redis, { space, eventId, entryId, note: JSON.stringify(note) });
  }

  async function readable(eventId: EventId, taken: readonly TakenEntry[]): Promise<QueuedEntry[]> {
    const entries: QueuedEntry[] = [];
    for (const entry of taken) {
      const parsed = parseEntry(entry);
      if ("problem" in parsed) await aside(eventId, entry.entryId, { ...entry, ...parsed });
      else entries.push(parsed);
    }
    return entries;
  }

  return {
    async read(input) {
      const taken = await orUnavailable(reader.take(input));
      const byEvent = await Promise.all(
        [...taken].map(async ([eventId, entries]) => ({
          eventId,
          entries: await readable(eventId, entries),
        })),
      );
      return byEvent.filter(({ entries }) => entries.length > 0);
    },
    async acknowledge(eventId, entryIds) {
      if (entryIds.length > 0) await acknowledgeOrders(redis, { space, eventId, entryIds });
    },
    async setAside(eventId, { entryId, ...entry }, problem) {
      await aside(eventId, entryId, { entryId, ...entry, problem });
    },
    async ask(eventId, ask, queueMax) {
      const waiting = await askOrder(redis, { space, eventId, ask: JSON.stringify(ask), queueMax });
      return waiting < 0 ? null : { queueLength: waiting };
    },
    length: (eventId) => orUnavailable(redis.xlen(ordersKey(space, eventId))),
    async newest(eventId) {
      const [last] = await orUnavailable(redis.xrevrange(ordersKey(space, eventId), "+", "-", "COUNT", 1));
      return last?.[0] ?? null;
    },
    async hasUpTo(eventId, entryId) {
      const first = await orUnavailable(redis.xrange(ordersKey(space, eventId), "-", entryId, "COUNT", 1));
      return first.length > 0;
    },
    answer: (all) => answers.send(all),
    await: (name, timeoutMs) => answers.await(name, timeoutMs),
    async withUnreadable() {
      const eventIds = await orUnavailable(redis.smembers(`${prefix}${SET_ASIDE_EVENTS}`));
      return eventIds.map((eventId) => EventId.parse(eventId));
    },
    unreadable: (eventId) => orUnavailable(redis.llen(unreadableKey(space, eventId))),
    close() {
      answers.close();
      reader.close();
      return Promise.resolve();
    },
  };
}
