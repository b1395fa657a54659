import type { InventoryFactsStore } from "../inventory/inventory-facts-store.ts";
import type { InventoryStore } from "../inventory/inventory-store.ts";
import type { EventId } from "../shared/ids.ts";
import { compareShard, type Compared, repairOf } from "./compare-shard.ts";
import type { FoundDrift } from "./reconcile.ts";

export type ShardDeps = {
  readonly inventory: Pick<InventoryStore, "snapshot" | "promises" | "repair">;
  readonly inventoryFacts: Pick<InventoryFactsStore, "read" | "recount">;
  readonly rebuild: (eventId: EventId) => Promise<boolean>;
  readonly pause: (ms: number) => Promise<void>;
};

/** Redis and Postgres are read one after the other while a sale goes on; only what stays different is drift. */
export const LOOKS = 3;
export const BETWEEN_LOOKS_MS = 400;

/** The same difference twice: nothing of it has moved. */
export const identityOf = (found: FoundDrift) => JSON.stringify(found);

/** The live stock of an event beside what Postgres knows of it. */
export function makeShardCare({ inventory, inventoryFacts, rebuild, pause }: ShardDeps) {
  /** Redis before Postgres: a sale between the readings then looks like a promise, never like a lost seat. */
  async function read(eventId: EventId): Promise<Compared | null> {
    const shard = await inventory.snapshot(eventId);
    if (!shard) return null;
    const promises = await inventory.promises(eventId);
    return { shard, promises, facts: await inventoryFacts.read(eventId) };
  }

  async function look(eventId: EventId): Promise<FoundDrift[]> {
    const compared = await read(eventId);
    return compared ? compareShard(compared) : [{ kind: "epoch_missing", details: {} }];
  }

  /** Drift that is still there after several looks; in a running sale most differences are on their way. */
  async function driftOf(eventId: EventId): Promise<FoundDrift[]> {
    let steady = await look(eventId);
    for (let i = 1; i < LOOKS && steady.length > 0; i++) {
      await pause(BETWEEN_LOOKS_MS);
      const again = new Set((await look(eventId)).map(identityOf));
      steady = steady.filter((found) => again.has(identityOf(found)));
    }
    return steady;
  }

  /** `steady`: only what differed so before, too; without it, all that differs now. */
  async function mend(eventId: EventId, steady?: readonly FoundDrift[]): Promise<number> {
    const compared = await read(eventId);
    if (!compared) return (await rebuild(eventId)) ? 1 : 0;
    const known = steady && new Set(steady.map(identityOf));
    const drift = compareShard(compared).filter((found) => !known || known.has(identityOf(found)));
    return inventory.repair({ eventId, ...repairOf(compared, drift) });
  }

  return { look, driftOf, mend };
}
