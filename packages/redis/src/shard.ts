import type { EventId } from "@onsale/core/shared/ids";

/** How many changes a follower may lag behind before it must take a new snapshot; approximate, see XADD MAXLEN ~. */
export const DELTAS_MAX = 10_000;

/** Where a test or an installation keeps its keys apart; "" in production. */
export type Keyspace = { readonly prefix: string };

/** The braces put all keys of an event into one cluster slot, which multi-key scripts need. */
export function shardKey({ prefix }: Keyspace, eventId: EventId, name: string): string {
  return `${prefix}sh:{${eventId}}:${name}`;
}

/**
 * epoch    string; without it every script refuses
 * seats    string, one SEAT_STATE byte per seat number
 * seathold hash seatNo -> hold id, for held and claimed seats only
 * holds    hash hold id -> record, see src/lua/hold-record.lua
 * expiry   zset hold id -> end in ms, of active holds: the one truth about when they end
 * ended    zset hold id -> when its tombstone may go, ms
 * fans     hash account -> "held|bought|hold ids|cycles|since", see src/lua/changes.lua
 * areas    hash areaNo -> "capacity|held|claimed|sold"
 * deltas   stream of changes, trimmed to about DELTAS_MAX
 *
 * The order is that of src/lua/shard.lua; every script of a shard is given these nine first.
 */
const SHARD_KEYS = [
  "epoch",
  "seats",
  "seathold",
  "holds",
  "expiry",
  "ended",
  "fans",
  "areas",
  "deltas",
] as const;

export function shardKeys(space: Keyspace, eventId: EventId): string[] {
  return SHARD_KEYS.map((name) => shardKey(space, eventId, name));
}

/** The order stream of an event; deliberately not among the keys a rebuild replaces. */
export function ordersKey(space: Keyspace, eventId: EventId): string {
  return shardKey(space, eventId, "orders");
}
