import type { LineRoomHarness } from "@onsale/core/line/line-room-harness.contract";
import { lineKeys, lineNowKey } from "../line/line-keys.ts";
import { makeRedisLineRoom } from "../line/redis-line-room.ts";
import { dropKeys, newPrefix, openTestClients } from "./redis.ts";

/** Rooms in a keyspace of their own, as the contract wants them. */
export function makeLineHarness() {
  const prefix = newPrefix();
  const clients = openTestClients(undefined, { name: prefix });
  const harness: LineRoomHarness = {
    room: makeRedisLineRoom(clients.commands, { prefix }),
    async lose(key) {
      await clients.commands.del(...lineKeys({ prefix }, key), lineNowKey({ prefix }, key));
    },
    async close() {
      await dropKeys(clients, prefix);
      await clients.close();
    },
  };
  return { ...harness, clients, prefix };
}
