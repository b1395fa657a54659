import type { InventoryStore } from "@onsale/core/inventory/inventory-store";
import { SEAT_STATE, type HoldPromise } from "@onsale/core/inventory/inventory";
import { AppError } from "@onsale/core/shared/errors";
import { must } from "@onsale/core/shared/assert";
import type { HoldId } from "@onsale/core/shared/ids";
import type { RedisClients } from "../client.ts";
import { type Keyspace, shardKey, shardKeys } from "../shard.ts";
import { orUnavailable } from "../store-errors.ts";
import { readArea } from "./delta-entry.ts";
import { makeDeltaFollower } from "./delta-follower.ts";
import { blockSeats, listPromises, rebuildShard, repairShard, snapshotShard } from "./inventory-scripts.ts";
import { stageShard } from "./stage-shard.ts";

/** Keeps one call below a millisecond or two, so that holds pass in between. */
const PLACES_PER_CALL = 1_000;
/** Each is unpacked and its seats are asked for: about 25 microseconds. */
const HOLDS_PER_CALL = 100;
/** Payments under way when an event ends are settled long before. */
const LET_GO_MS = 24 * 60 * 60_000;

function chunksOf<T>(all: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < all.length; i += PLACES_PER_CALL) chunks.push(all.slice(i, i + PLACES_PER_CALL));
  return chunks;
}

type Repair = Omit<Parameters<InventoryStore["repair"]>[0], "eventId">;

function repairCalls(repair: Repair) {
  const none = { sold: [], seats: [], areas: [], claims: [], bought: [] };
  const seats = repair.seats.map((one) => `${one.seatNo}:${one.seen ?? ""}:${one.state}:${one.holdId ?? ""}`);
  const areas = repair.areas.map((area) => `${area.areaNo}:${area.seenSold}:${area.sold}`);
  const claims = repair.claims.map((claim) => `${claim.holdId}:${claim.areaNo}:${claim.quantity}`);
  const bought = repair.bought.map(({ accountId, count }) => `${accountId}:${count}`);
  return [
    ...chunksOf(repair.sold.map(String)).map((chunk) => ({ ...none, sold: chunk })),
    ...chunksOf(seats).map((chunk) => ({ ...none, seats: chunk })),
    ...(areas.length > 0 ? [{ ...none, areas, claims }] : []),
    ...chunksOf(bought).map((chunk) => ({ ...none, bought: chunk })),
  ];
}

/** "12,13" and "0:4,2:1", as a hold's record keeps them. */
function promiseOf(hold: { id: HoldId; state: "a" | "c"; seats: string; areas: string }): HoldPromise {
  return {
    holdId: hold.id,
    state: hold.state === "c" ? SEAT_STATE.claimed : SEAT_STATE.held,
    seatNos: hold.seats.split(",").filter(Boolean).map(Number),
    areas: hold.areas
      .split(",")
      .filter(Boolean)
      .map((area) => {
        const [areaNo, quantity] = area.split(":").map(Number);
        return { areaNo: must(areaNo, "area number"), quantity: must(quantity, "quantity") };
      }),
  };
}

const rebuilding = () => new AppError("inventory.rebuilding");

/** The stock of events in Redis. Everybody in the process who follows a shard shares one connection. */
export function makeRedisInventoryStore(
  clients: RedisClients,
  { prefix = "" }: Partial<Keyspace> = {},
): InventoryStore & { close: () => void } {
  const space = { prefix };
  const redis = clients.commands;
  const follower = makeDeltaFollower(clients, space);

  return {
    async rebuild({ eventId, facts, expectedEpoch, newEpoch, maxPerFan: _maxPerFan }) {
      const stagedKeys = await stageShard(redis, space, { eventId, facts, newEpoch });
      const swap = { space, eventId, stagedKeys, expectedEpoch: expectedEpoch ?? "", newEpoch };
      return (await rebuildShard(redis, swap)) === 1;
    },
    async snapshot(eventId) {
      const [epoch, id, seats, ...areas] = await snapshotShard(redis, { space, eventId });
      if (!epoch) return null;
      const stock = [];
      for (let i = 0; i + 1 < areas.length; i += 2) {
        const counts = must(areas[i + 1], "area has counts").toString();
        stock.push(readArea(Number(areas[i]), counts.split("|")));
      }
      return {
        epoch: epoch.toString(),
        id: must(id, "snapshot has an id").toString(),
        seats: new Uint8Array(must(seats, "snapshot has seats")),
        areas: stock.sort((a, b) => a.areaNo - b.areaNo),
      };
    },
    async promises(eventId) {
      const found = new Map<HoldId, HoldPromise>();
      let cursor = "0";
      do {
        const part = await listPromises(redis, { space, eventId, cursor, count: HOLDS_PER_CALL });
        for (const hold of part.holds) found.set(hold.id, promiseOf(hold));
        cursor = part.cursor;
      } while (cursor !== "0");
      return [...found.values()];
    },
    epoch: (eventId) => orUnavailable(redis.get(shardKey(space, eventId, "epoch"))),
    async letGo(eventId) {
      await orUnavailable(Promise.all(shardKeys(space, eventId).map((key) => redis.pexpire(key, LET_GO_MS))));
    },
    follow: (eventId, afterId, on) => follower.follow(eventId, { afterId, on }),
    async setBlocked({ eventId, seatNos, blocked }) {
      const refused: number[] = [];
      for (const chunk of chunksOf(seatNos)) {
        const reply = await blockSeats(redis, { space, eventId, seatNos: chunk, blocked });
        if (reply === null) throw rebuilding();
        refused.push(...reply);
      }
      return refused;
    },
    async repair({ eventId, ...repair }) {
      let changed = 0;
      for (const call of repairCalls(repair)) {
        const reply = await repairShard(redis, { space, eventId, ...call });
        if (reply < 0) throw rebuilding();
        changed += reply;
      }
      return changed;
    },
    close: () => follower.close(),
  };
}
