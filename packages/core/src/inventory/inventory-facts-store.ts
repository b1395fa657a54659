import type { Actor } from "../actor/actor.ts";
import type { EventId } from "../shared/ids.ts";
import type { InventoryFacts } from "./inventory.ts";

/** What Postgres knows of an event's stock: the facts behind the live one. */
export interface InventoryFactsStore {
  /** From which a shard is rebuilt; one snapshot of the database. */
  read(eventId: EventId): Promise<InventoryFacts>;
  setBlocked(
    actor: Actor,
    input: { eventId: EventId; seatNos: readonly number[]; blocked: boolean; reason: string },
  ): Promise<void>;
}
