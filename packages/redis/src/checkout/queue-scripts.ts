import type { EventId } from "@onsale/core/shared/ids";
import { z } from "zod";
import { defineScript } from "../define-script.ts";
import { type Keyspace, ordersKey, shardKey } from "../shard.ts";

/** The one consumer group of every order stream. */
export const WRITER_GROUP = "writer";

export function unreadableKey(space: Keyspace, eventId: EventId): string {
  return shardKey(space, eventId, "orders:bad");
}

export const acknowledgeOrders = defineScript({
  name: "acknowledgeOrders",
  keys: (input: { space: Keyspace; eventId: EventId; entryIds: readonly string[] }) => [
    ordersKey(input.space, input.eventId),
  ],
  args: (input) => [WRITER_GROUP, ...input.entryIds],
  reply: z.int(),
});

export const askOrder = defineScript({
  name: "askOrder",
  keys: (input: { space: Keyspace; eventId: EventId; ask: string; queueMax: number }) => [
    ordersKey(input.space, input.eventId),
  ],
  args: (input) => [input.ask, input.queueMax],
  reply: z.int().min(-1),
});

export const setOrderAside = defineScript({
  name: "setOrderAside",
  keys: (input: { space: Keyspace; eventId: EventId; entryId: string; note: string }) => [
    ordersKey(input.space, input.eventId),
    unreadableKey(input.space, input.eventId),
  ],
  args: (input) => [WRITER_GROUP, input.entryId, input.note],
  reply: z.int(),
});
