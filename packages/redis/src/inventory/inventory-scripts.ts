import { type EventId, HoldId } from "@onsale/core/shared/ids";
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

const HoldState = z.enum(["a", "c"]);

/** A part of the living holds, as they stand in the shard. */
export const listPromises = defineScript({
  name: "listPromises",
  keys: (input: OneShard & { cursor: string; count: number }) => keysOf(input),
  args: (input) => [input.cursor, input.count],
  reply: z.array(z.string()).transform(([cursor = "0", ...flat]) => {
    const holds: { id: HoldId; state: "a" | "c"; seats: string; areas: string }[] = [];
    for (let i = 0; i + 3 < flat.length; i += 4) {
      const [id, state, seats = "", areas = ""] = flat.slice(i, i + 4);
      holds.push({ id: HoldId.parse(id), state: HoldState.parse(state), seats, areas });
    }
    return { cursor, holds };
  }),
});

type RepairLists = Record<"sold" | "seats" | "areas" | "claims" | "bought", readonly string[]>;

export const repairShard = defineScript({
  name: "repairShard",
  keys: (input: OneShard & RepairLists) => keysOf(input),
  args: (input) =>
    [input.sold, input.seats, input.areas, input.claims, input.bought].map((list) => list.join(",")),
  reply: z.int().min(-1),
});
