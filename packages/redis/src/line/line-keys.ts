import type { RoomKey } from "@onsale/core/line/line-room";
import { type Keyspace, shardKey } from "../shard.ts";

/** zset account -> valid until, ms. The hold's script looks here too, so it lies in the slot of the shard. */
export function passesKey(space: Keyspace, { eventId, lineId }: RoomKey): string {
  return shardKey(space, eventId, `passes:${lineId}`);
}

/** Stands as long as the room does; looked at by the hold's script too. */
export function roomHashKey(space: Keyspace, { eventId, lineId }: RoomKey): string {
  return shardKey(space, eventId, `line:${lineId}:room`);
}

/** What each of them holds stands in src/lua/line-room.lua, whose order this is. */
export function lineKeys(space: Keyspace, key: RoomKey): string[] {
  const ofLine = (name: string) => shardKey(space, key.eventId, `line:${key.lineId}:${name}`);
  return [
    roomHashKey(space, key),
    passesKey(space, key),
    ...["front", "seen", "served", "ends", "used"].map((name) => ofLine(name)),
  ];
}

/** The public document, as text. */
export function lineNowKey(space: Keyspace, { eventId, lineId }: RoomKey): string {
  return shardKey(space, eventId, `line:${lineId}:now`);
}
