import type { AccountId, EventId, HoldId } from "../shared/ids.ts";
import type {
  HoldPromise,
  InventoryDelta,
  InventoryFacts,
  InventorySnapshot,
  SeatState,
} from "./inventory.ts";

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
  /** What each living hold has. Holds made or ended meanwhile may be in it or not. */
  promises(eventId: EventId): Promise<HoldPromise[]>;
  /**
   * Makes single places agree with Postgres after drift. `sold` seats become sold whatever they were. Any other seat that
   * still is as it was `seen` becomes its living hold's (the shard knows whose it is; `holdId`: who else lists it), or
   * `state` where none has it. Of areas, what is held and in checkout is counted anew from living holds and from `claims`
   * that the shard has lost, and what is sold is set unless it moved since it was seen. Purchase counts of fans are set.
   * Returns how many places changed. Never touches what is not named.
   */
  repair(input: {
    eventId: EventId;
    sold: readonly number[];
    seats: readonly { seatNo: number; seen: number | null; state: SeatState; holdId: HoldId | null }[];
    areas: readonly { areaNo: number; seenSold: number; sold: number }[];
    claims: readonly { holdId: HoldId; areaNo: number; quantity: number }[];
    bought: readonly { accountId: AccountId; count: number }[];
  }): Promise<number>;
}
