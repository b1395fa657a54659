import type { EventId } from "../shared/ids.ts";
/** One invariant of docs/reliability.md as a question whose right answer is no rows. */
export type Finding = {
  /** "I1" .. "I24". */
  readonly invariant: string;
  readonly title: string;
  /** What is wrong, with ids; at most 20 rows are shown. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly count: number;
};
export type InvariantCheck = {
  readonly id: string;
  readonly title: string;
  readonly violations: number;
  readonly rows: Finding["rows"];
};
export type DriftKind =
  | "sold_but_free"
  | "free_but_taken"
  | "claim_lost"
  | "claim_forgotten"
  | "area_counts"
  | "orders_stranded"
  | "limit_counts"
  | "hold_without_expiry"
  | "epoch_missing";
/** Redis and Postgres disagree. Postgres is right. */
export type Drift = {
  readonly kind: DriftKind;
  readonly eventId: EventId;
  readonly detail: string;
  readonly fixed: boolean;
};
export interface InvariantStore {
  /** Runs every zero-row query; `eventId` null checks all events. */
  checkInvariants(eventId: EventId | null): Promise<InvariantCheck[]>;
}
