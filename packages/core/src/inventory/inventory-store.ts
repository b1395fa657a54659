import type { AccountId, EventId } from "../shared/ids.ts";
import type { InventoryDelta, InventoryFacts, InventorySnapshot } from "./inventory.ts";

/** The live stock of events; kept in Redis, rebuilt from Postgres facts whenever its epoch is missing. */
export interface InventoryStore {
  /**
   * Writes a shard from facts under a new epoch and only then lets holds in. Safe to call from two processes at once:
   * one wins, the other returns false. `expectedEpoch` null means: only if the shard has none (lost or never opened).
   */
  rebuild(input: {
    eventId: EventId;
    facts: InventoryFacts;
    expectedEpoch: string | null;
    newEpoch: string;
    maxPerFan: number;
  }): Promise<boolean>;
  /** null when the shard has no epoch. */
  snapshot(eventId: EventId): Promise<InventorySnapshot | null>;
  epoch(eventId: EventId): Promise<string | null>;
  /** The event sells no more: its shard goes by itself after a day, and who asks for it later rebuilds it. */
  letGo(eventId: EventId): Promise<void>;
  /** Calls back with every delta after `afterId` in order; `gap` when older ones were trimmed and a new snapshot is due. */
  follow(
    eventId: EventId,
    afterId: string,
    on: { delta: (delta: InventoryDelta) => void; gap: () => void },
  ): { stop: () => void };
  /** House seats and blocks: free <-> blocked; returns the seats that could not be changed because somebody has them. */
  setBlocked(input: { eventId: EventId; seatNos: readonly number[]; blocked: boolean }): Promise<number[]>;
  /**
   * Makes single places agree with Postgres after drift: `sold` seats become sold whatever they were, `free` seats
   * become free unless a live hold has them, area counts of claimed and sold are set (held stays), purchase counts of
   * fans are set. Returns how many places changed. Never touches what is not named.
   */
  repair(input: {
    eventId: EventId;
    sold: readonly number[];
    free: readonly number[];
    areas: readonly { areaNo: number; claimed: number; sold: number }[];
    bought: readonly { accountId: AccountId; count: number }[];
  }): Promise<number>;
}
