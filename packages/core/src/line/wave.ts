import type { LineState } from "./line.ts";

/** What the controller knew when it decided how many to let in; stored with each wave. */
export type WaveInputs = {
  readonly state: LineState;
  readonly cap: number;
  readonly inflowPerSecond: number;
  readonly pacePct: number;
  readonly active: number;
  readonly front: number;
  /** Orders waiting for the writer. */
  readonly ordersWaiting: number;
  readonly databaseMs: number;
  /** Of the last payment calls; 0 when there were none. */
  readonly providerMs: number;
  readonly free: number;
  /** In baskets or in checkout: may come back. */
  readonly held: number;
  /** Tickets per fan who was let in and is done, so far; a guess while nobody is. */
  readonly ticketsPerPass: number;
};

/** What set the size of a wave: the tightest limit. */
export type WaveReason =
  | "inflow"
  | "cap"
  | "pace"
  | "nobody_present"
  | "orders_waiting"
  | "database_slow"
  | "provider_slow"
  | "stock_low"
  | "stock_gone"
  | "paused"
  | "settling"
  | "not_open";

export type Wave = {
  /** How many were let in. */
  readonly admitted: number;
  /** Valid passes after it. */
  readonly activeAfter: number;
};
