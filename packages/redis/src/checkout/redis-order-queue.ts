import { randomUUID } from "node:crypto";
import { OrderDraft } from "@onsale/core/order/order-draft";
import type { OrderQueue, QueuedOrder } from "@onsale/core/checkout/order-queue";
import type { EventId } from "@onsale/core/shared/ids";
import type { Redis } from "ioredis";
import type { RedisClients } from "../client.ts";
import { type Keyspace, ordersKey } from "../shard.ts";
import { orUnavailable } from "../store-errors.ts";
import { makeOrderAnswers } from "./order-answers.ts";
import { acknowledgeOrders, setOrderAside, unreadableKey } from "./queue-scripts.ts";
import { makeStreamReader, type TakenEntry } from "./stream-reader.ts";

export type RedisOrderQueue = OrderQueue & {
  /** Entries moved aside because nobody could read them; each is an order that needs a person. */
  unreadable: (eventId: EventId) => Promise<number>;
};

function parseEntry({ entryId, fields }: TakenEntry): QueuedOrder | { problem: string } {
  const draft = fields[fields.indexOf("draft") + 1];
  try {
    return { entryId, draft: OrderDraft.parse(JSON.parse(draft ?? "")) };
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
): RedisOrderQueue {
  const space: Keyspace = { prefix };
  const redis: Redis = clients.commands;
  const answers = makeOrderAnswers(clients, space);
  const reader = makeStreamReader(clients, { space, consumer });

  async function readable(eventId: EventId, taken: readonly TakenEntry[]): Promise<QueuedOrder[]> {
    const orders: QueuedOrder[] = [];
    for (const entry of taken) {
      const parsed = parseEntry(entry);
      if ("draft" in parsed) orders.push(parsed);
      else {
        const note = JSON.stringify({ ...entry, ...parsed });
        await setOrderAside(redis, { space, eventId, entryId: entry.entryId, note });
      }
    }
    return orders;
  }

  return {
    replyTo: answers.replyTo,
    async read(input) {
      const taken = await orUnavailable(reader.take(input));
      const byEvent = await Promise.all(
        [...taken].map(async ([eventId, entries]) => ({ eventId, orders: await readable(eventId, entries) })),
      );
      return byEvent.filter(({ orders }) => orders.length > 0);
    },
    async acknowledge(eventId, entryIds) {
      if (entryIds.length > 0) await acknowledgeOrders(redis, { space, eventId, entryIds });
    },
    length: (eventId) => orUnavailable(redis.xlen(ordersKey(space, eventId))),
    answer: (outcomes) => answers.send(outcomes),
    awaitAnswer: (orderId, timeoutMs) => answers.wait(orderId, timeoutMs),
    unreadable: (eventId) => orUnavailable(redis.llen(unreadableKey(space, eventId))),
    close() {
      answers.close();
      reader.close();
      return Promise.resolve();
    },
  };
}
