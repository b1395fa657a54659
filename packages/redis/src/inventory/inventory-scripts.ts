import type { EventId } from "@onsale/core/shared/ids";
import { z } from "zod";
import { defineScript } from "../define-script.ts";
import { type Keyspace, ordersKey, shardKeys } from "../shard.ts";

type OneShard = { space: Keyspace; eventId: EventId };
const keysOf = ({ space, eventId }: OneShard) => shardKeys(space, eventId);

export const snapshotShard = defineScript({
  name: "snapshotShard",
  keys: (input: OneShard) => keysOf(input),
  args: () => [],
  reply: z.array(z.instanceof(Buffer)),
  binary: true,
});

export const blockSeats = defineScript({
  name: "blockSeats",
  keys: (input: OneShard & { seatNos: readonly number[]; blocked: boolean }) => keysOf(input),
  args: (input) => [input.blocked ? 1 : 0, ...input.seatNos],
  reply: z.array(z.int()).nullable(),
});

export const rebuildShard = defineScript({
  name: "rebuildShard",
  keys: (input: OneShard & { stagedKeys: string[]; expectedEpoch: string; newEpoch: string }) => [
    ...keysOf(input),
    ordersKey(input.space, input.eventId),
    ...input.stagedKeys,
  ],
  args: (input) => [input.expectedEpoch, input.newEpoch],
  reply: z.union([z.literal(0), z.literal(1)]),
});

export const repairShard = defineScript({
  name: "repairShard",
  keys: (input: OneShard & Record<"sold" | "free" | "areas" | "bought", readonly string[]>) => keysOf(input),
  args: (input) => [input.sold, input.free, input.areas, input.bought].map((list) => list.join(",")),
  reply: z.int().min(-1),
});
