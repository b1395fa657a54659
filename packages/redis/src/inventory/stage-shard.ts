import { type InventoryFacts, SEAT_STATE } from "@onsale/core/inventory/inventory";
import type { EventId } from "@onsale/core/shared/ids";
import type { Redis } from "ioredis";
import { packRebuiltClaim } from "../hold/hold-record.ts";
import { type Keyspace, shardKey } from "../shard.ts";
import { orUnavailable } from "../store-errors.ts";

/** A rebuilder that died leaves nothing behind for longer than this. */
const STAGED_MS = 10 * 60_000;
const FIELDS_PER_WRITE = 1_000;

type Claim = { accountId: string; seats: number[]; areas: Map<number, number> };

function seatBytes(facts: InventoryFacts): Uint8Array {
  const seats = new Uint8Array(facts.seatCount).fill(SEAT_STATE.free);
  for (const seatNo of facts.blocked) seats[seatNo] = SEAT_STATE.blocked;
  for (const { seatNo } of facts.claimed) seats[seatNo] = SEAT_STATE.claimed;
  for (const seatNo of facts.sold) seats[seatNo] = SEAT_STATE.sold;
  return seats;
}

function claimsByHold(facts: InventoryFacts): Map<string, Claim> {
  const claims = new Map<string, Claim>();
  const claimOf = (holdId: string, accountId = ""): Claim => {
    const claim = claims.get(holdId) ?? { accountId, seats: [], areas: new Map<number, number>() };
    claims.set(holdId, claim);
    return claim;
  };
  for (const { holdId, accountId, seatNo } of facts.claimed) claimOf(holdId, accountId).seats.push(seatNo);
  for (const { holdId, accountId, areaNo, quantity } of facts.claimedAreas ?? []) {
    const { areas } = claimOf(holdId, accountId);
    areas.set(areaNo, (areas.get(areaNo) ?? 0) + quantity);
  }
  return claims;
}

function fanFields(facts: InventoryFacts, claims: Map<string, Claim>): string[] {
  const holdIds = new Map<string, string[]>();
  for (const [holdId, { accountId }] of claims) {
    if (accountId !== "") holdIds.set(accountId, [...(holdIds.get(accountId) ?? []), holdId]);
  }
  const bought = new Map<string, number>(facts.bought.map(({ accountId, count }) => [accountId, count]));
  const accounts = new Set([...bought.keys(), ...holdIds.keys()]);
  return [...accounts].flatMap((account) => [
    account,
    `0|${bought.get(account) ?? 0}|${(holdIds.get(account) ?? []).join(",")}`,
  ]);
}

/**
 * Writes a shard under keys of its own, in chunks that do not hold up a live sale, and returns them in the order that
 * rebuild-shard.lua takes: seats, seathold, holds, fans, areas.
 */
export async function stageShard(
  redis: Redis,
  space: Keyspace,
  staged: { eventId: EventId; facts: InventoryFacts; newEpoch: string },
): Promise<string[]> {
  const { eventId, facts, newEpoch } = staged;
  const key = (name: string) => shardKey(space, eventId, `staged:${newEpoch}:${name}`);
  const claims = claimsByHold(facts);
  const hashes: [string, string[]][] = [
    [key("seathold"), facts.claimed.flatMap(({ seatNo, holdId }) => [String(seatNo), holdId])],
    [key("holds"), [...claims].flatMap(([holdId, claim]) => [holdId, packRebuiltClaim(claim)])],
    [key("fans"), fanFields(facts, claims)],
    [
      key("areas"),
      facts.areas.flatMap((area) => [String(area.areaNo), `${area.capacity}|0|${area.claimed}|${area.sold}`]),
    ],
  ];
  await orUnavailable(redis.set(key("seats"), Buffer.from(seatBytes(facts)), "PX", STAGED_MS));
  for (const [name, fields] of hashes) {
    await orUnavailable(redis.del(name));
    for (let i = 0; i < fields.length; i += 2 * FIELDS_PER_WRITE) {
      await orUnavailable(redis.hset(name, ...fields.slice(i, i + 2 * FIELDS_PER_WRITE)));
      await orUnavailable(redis.pexpire(name, STAGED_MS));
    }
  }
  return [key("seats"), ...hashes.map(([name]) => name)];
}
