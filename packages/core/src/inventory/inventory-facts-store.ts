import type { Actor } from "../actor/actor.ts";
import type { EventId } from "../shared/ids.ts";
import type { InventoryFacts } from "./inventory.ts";

/** A counter of Postgres that was wrong. `of`: the account, the number of the standing area, or the key of the presale. */
export type Recounted = {
  readonly counter: "fan" | "area_claimed" | "area_sold" | "presale";
  readonly of: string;
  readonly before: number;
  readonly after: number;
};

/** What Postgres knows of an event's stock: the facts behind the live one. */
export interface InventoryFactsStore {
  /** From which a shard is rebuilt; one snapshot of the database. */
  read(eventId: EventId): Promise<InventoryFacts>;
  /** Counts anew, from its orders, what the event's counters say; what was wrong of them. Of an event that is not there: nothing. */
  recount(actor: Actor, eventId: EventId): Promise<Recounted[]>;
  setBlocked(
    actor: Actor,
    input: { eventId: EventId; seatNos: readonly number[]; blocked: boolean; reason: string },
  ): Promise<void>;
}
