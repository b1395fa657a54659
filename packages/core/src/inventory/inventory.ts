import type { HoldId, AccountId } from "../shared/ids.ts";
/**
 * State of an event's stock. One byte per seat in the shard (see docs/architecture.md, "Facts and promises");
 * what fans see has four values, which is two bits per seat on the wire.
 */
export const SEAT_STATE = {
  free: 0,
  /** In somebody's hold; a promise with a time limit. */
  held: 1,
  /** In checkout; Postgres decides its end. Fans see it as held. */
  claimed: 2,
  sold: 3,
  /** House seats and blocked ones. Fans see them as sold. */
  blocked: 4,
} as const;
export type SeatState = (typeof SEAT_STATE)[keyof typeof SEAT_STATE];

export type SeatChange = { readonly seatNo: number; readonly state: SeatState };
export type AreaStock = {
  readonly areaNo: number;
  readonly capacity: number;
  readonly held: number;
  readonly claimed: number;
  readonly sold: number;
};

/** One entry of a shard's delta stream. `id` is the stream id ("1732200000000-0") and orders all changes. */
export type InventoryDelta = {
  readonly id: string;
  readonly seats: readonly SeatChange[];
  /** New totals, not differences: applying one twice is harmless. */
  readonly areas: readonly AreaStock[];
};

export type InventorySnapshot = {
  /** Deltas after this id are not in the snapshot yet. */
  readonly id: string;
  readonly epoch: string;
  /** One SEAT_STATE per seat number. */
  readonly seats: Uint8Array;
  readonly areas: readonly AreaStock[];
};

/** What one living hold has of the stock. A seat that two list is in the one's that the shard names as its holder. */
export type HoldPromise = {
  readonly holdId: HoldId;
  /** Of its seats: held, or claimed. */
  readonly state: typeof SEAT_STATE.held | typeof SEAT_STATE.claimed;
  readonly seatNos: readonly number[];
  readonly areas: readonly { readonly areaNo: number; readonly quantity: number }[];
};

/** What Postgres knows, from which a lost shard is rebuilt. */
export type InventoryFacts = {
  readonly seatCount: number;
  readonly sold: readonly number[];
  /** In checkout with an order that is still awaiting payment. */
  readonly claimed: readonly {
    readonly seatNo: number;
    readonly holdId: HoldId;
    /** Lets a claim that is freed after a rebuild give its fan's limit back. */
    readonly accountId?: AccountId;
  }[];
  /** The same for standing places; their sum per area is what `areas[].claimed` says. */
  readonly claimedAreas?: readonly {
    readonly areaNo: number;
    readonly quantity: number;
    readonly holdId: HoldId;
    readonly accountId?: AccountId;
  }[];
  readonly blocked: readonly number[];
  readonly areas: readonly Omit<AreaStock, "held">[];
  /** Tickets bought or in checkout per account, for the purchase limit. */
  readonly bought: readonly { readonly accountId: AccountId; readonly count: number }[];
};
