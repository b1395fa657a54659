import type { EventId, HoldId } from "../shared/ids.ts";
import type { Finding, InvariantId } from "./findings.ts";

/** What did not answer, so that nobody has looked at what it alone knows. */
export type Away = "redis" | "provider";

/** One invariant of docs/reliability.md as a question whose right answer is no rows. */
export type InvariantCheck = {
  readonly id: InvariantId;
  readonly title: string;
  /** How many rows there are; the first 20 of them are in `rows`. */
  readonly violations: number;
  readonly rows: readonly Finding[];
  /** Not asked, since it takes what did not answer: no rows, and no promise that there are none. */
  readonly away: Away | null;
};
export type AreaCounts = { readonly held: number; readonly claimed: number; readonly sold: number };
/** What may differ between Redis and Postgres, which is right, and the facts of each kind. Numbers of seats are the shard's. */
export type DriftDetails = {
  /** The shard has no epoch: it is rebuilt from Postgres. */
  readonly epoch_missing: Record<never, never>;
  /** Sold in Postgres; `shard`: the byte that stands there, null where none does. */
  readonly sold_but_free: { readonly seatNo: number; readonly shard: number | null };
  /** Sold in the shard, and not in Postgres. */
  readonly free_but_taken: { readonly seatNo: number };
  /** Free in Postgres and in no living hold, and marked otherwise in the shard; `shard` may be a state there is not. */
  readonly lost_for_sale: { readonly seatNo: number; readonly shard: number | null };
  /** A living hold's, and marked otherwise in the shard. */
  readonly hold_overwritten: {
    readonly seatNo: number;
    readonly shard: number | null;
    readonly holdId: HoldId;
  };
  /** Blocked in Postgres, in no living hold, and marked otherwise in the shard. */
  readonly should_be_blocked: { readonly seatNo: number; readonly shard: number | null };
  /** In checkout in Postgres. */
  readonly claim_lost: { readonly seatNo: number; readonly shard: number | null };
  /** In checkout in the shard, and decided in Postgres. */
  readonly claim_forgotten: { readonly holdId: HoldId; readonly sold: boolean };
  readonly area_counts: {
    readonly areaNo: number;
    /** Sold in Postgres; held and in checkout by living holds, and in checkout in Postgres alone. */
    readonly right: AreaCounts;
    readonly shard: AreaCounts | null;
  };
  /** They wait in the stream of an event that is over. */
  readonly orders_stranded: { readonly waiting: number };
  /** Entries of the stream that no worker could read. */
  readonly entries_set_aside: { readonly entries: number };
};
export type DriftKind = keyof DriftDetails;
/** A difference as a look at one event finds it. */
export type FoundDrift = {
  [K in DriftKind]: { readonly kind: K; readonly details: DriftDetails[K] };
}[DriftKind];
export type Drift = FoundDrift & { readonly eventId: EventId; readonly fixed: boolean };

export interface InvariantStore {
  /** Runs every zero-row query; `eventId` null checks all events. */
  checkInvariants(eventId: EventId | null): Promise<InvariantCheck[]>;
}
