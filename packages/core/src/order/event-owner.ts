import type { EventId } from "../shared/ids.ts";
import { EventLost, type Fences } from "./order-store.ts";

/** A worker that is not heard for so long has lost its events; it says that it lives once a second. */
export const OWNER_LEASE_MS = 3_500;

export type OwnedEvent = { readonly eventId: EventId; readonly fence: number };

export interface EventOwnerStore {
  /**
   * Renews the worker's lease and shares these events out among the workers that live. `taken` are those it did not own
   * before; `foreign` belong to others that live.
   */
  own(input: {
    worker: string;
    eventIds: readonly EventId[];
    leaseMs: number;
  }): Promise<{ owned: readonly OwnedEvent[]; taken: readonly EventId[]; foreign: readonly EventId[] }>;
  /** It ends as it should: its events are free at once. */
  leave(worker: string): Promise<void>;
}

/**
 * Which events this worker does the orders of. Only one does at a time, so batches are whole and nobody waits for locks;
 * that nothing goes wrong when two believe it for a moment is what the fence is for, in each stage's transaction.
 */
export function makeEventOwner({ store, worker }: { store: EventOwnerStore; worker: string }) {
  let owned = new Map<EventId, number>();
  let foreign = new Set<EventId>();

  return {
    /** The events that are new to this worker: what their last owner left unfinished is gone on with. */
    async beat(eventIds: readonly EventId[]): Promise<readonly EventId[]> {
      const now = await store.own({ worker, eventIds, leaseMs: OWNER_LEASE_MS });
      owned = new Map(now.owned.map(({ eventId, fence }) => [eventId, fence]));
      foreign = new Set(now.foreign);
      return now.taken;
    },
    owned: (): EventId[] => [...owned.keys()],
    isForeign: (eventId: EventId): boolean => foreign.has(eventId),
    /** Throws EventLost for an event of somebody else; null: nobody has it. */
    fencesOf(eventId: EventId): Fences {
      if (foreign.has(eventId)) throw new EventLost();
      const fence = owned.get(eventId);
      return fence === undefined ? null : [{ eventId, fence }];
    },
    /** A stage found out before the next beat did. */
    lost(eventId: EventId): void {
      owned.delete(eventId);
      foreign.add(eventId);
    },
    async leave(): Promise<void> {
      owned = new Map();
      await store.leave(worker);
    },
  };
}
export type EventOwner = ReturnType<typeof makeEventOwner>;
