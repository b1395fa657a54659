import { randomUUID } from "node:crypto";
import type { HoldStoreHarness } from "@onsale/core/hold/hold-store-harness.contract";
import type { InventoryFacts } from "@onsale/core/inventory/inventory";
import { must } from "@onsale/core/shared/assert";
import type { EventId } from "@onsale/core/shared/ids";
import { makeRedisHoldStore } from "../hold/redis-hold-store.ts";
import { passesKey, roomHashKey } from "../line/line-keys.ts";
import { makeRedisInventoryStore } from "../inventory/redis-inventory-store.ts";
import { shardKey } from "../shard.ts";
import { dropKeys, newPrefix, openTestClients } from "./redis.ts";

export function factsOf(facts: Partial<InventoryFacts>): InventoryFacts {
  return { seatCount: 10, sold: [], claimed: [], blocked: [], areas: [], bought: [], ...facts };
}

/** Both stores over one keyspace of their own, as the contract wants them. */
export function makeRedisHarness() {
  const prefix = newPrefix();
  const clients = openTestClients(undefined, { name: prefix });
  const inventory = makeRedisInventoryStore(clients, { prefix });
  const store = makeRedisHoldStore(clients.commands, { prefix });
  const key = (eventId: EventId, name: string) => shardKey({ prefix }, eventId, name);

  async function openFacts(
    eventId: EventId,
    facts: Partial<InventoryFacts>,
    expectedEpoch: string | null = null,
  ) {
    const newEpoch = randomUUID();
    const shard = { eventId, facts: factsOf(facts), expectedEpoch, newEpoch, maxPerFan: 6 };
    return (await inventory.rebuild(shard)) ? newEpoch : null;
  }
  const harness: HoldStoreHarness = {
    store,
    async open({ eventId, areas = [], bought = [], ...facts }) {
      const stock = areas.map((area) => ({ ...area, claimed: 0, sold: 0 }));
      await openFacts(eventId, { ...facts, areas: stock, bought });
    },
    async stock(eventId) {
      const snapshot = must(await inventory.snapshot(eventId), "the shard is open");
      return { seats: [...snapshot.seats], areas: snapshot.areas };
    },
    async lapse(eventId, holdId) {
      const changed = await clients.commands.zadd(key(eventId, "expiry"), "XX", "CH", 1, holdId);
      must(changed === 1 || null, "only an active hold can lapse");
    },
    async openRoom(line) {
      await clients.commands.hset(roomHashKey({ prefix }, line), "room", "open");
    },
    async grantPass({ accountId, untilMs, ...line }) {
      await clients.commands.zadd(passesKey({ prefix }, line), untilMs, accountId);
    },
    async ageCycles(eventId, accountId) {
      const fan = must(await clients.commands.hget(key(eventId, "fans"), accountId), "a fan who held seats");
      const [held, bought, ids, cycles, , ...times] = fan.split("|");
      const record = [held, bought, ids, cycles, 1, ...times].join("|");
      await clients.commands.hset(key(eventId, "fans"), accountId, record);
    },
    async ageTime(eventId, accountId, byMs) {
      const fan = must(await clients.commands.hget(key(eventId, "fans"), accountId), "a fan who held seats");
      const [held, bought, ids, cycles, since, from = "0", spans = ""] = fan.split("|");
      const earlier = (at: string) => String(Math.max(0, Number(at) - byMs));
      const aged = [earlier(from), spans.replace(/\d+/g, earlier)];
      const record = [held, bought, ids, cycles, since, ...aged].join("|");
      await clients.commands.hset(key(eventId, "fans"), accountId, record);
    },
    async close() {
      inventory.close();
      await dropKeys(clients, prefix);
      await clients.close();
    },
  };
  return { ...harness, clients, prefix, inventory, key, openFacts };
}
