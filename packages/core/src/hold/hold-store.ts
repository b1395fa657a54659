import type { TicketItems } from "../pricing/ticket-items.ts";
import type { AccountId, EventId, HoldId, OrderId } from "../shared/ids.ts";
import type { Hold, HoldPlan } from "./hold.ts";

/** Every verb may answer this: the shard lost its data and refuses until it is rebuilt from Postgres. */
export type EpochMissing = { readonly kind: "epoch_missing" };

export type AcquireResult =
  /** `replayed`: this operation had already run; nothing was changed or extended. */
  | { readonly kind: "acquired"; readonly hold: Hold; readonly replayed: boolean }
  | { readonly kind: "taken"; readonly seatNos: readonly number[]; readonly areaNos: readonly number[] }
  | { readonly kind: "limit"; readonly max: number; readonly held: number; readonly bought: number }
  /** The sale has a line, and this fan has no pass that is valid now. */
  | { readonly kind: "no_pass" }
  /** The sale has a line whose room is lost, and all passes with it, until they are set up again from Postgres. */
  | { readonly kind: "line_lost" }
  /** Too many holds were made and not paid for; `againInMs` until one more is allowed. */
  | { readonly kind: "cycles"; readonly max: number; readonly againInMs: number }
  /** This fan has held places for as long as one may within an hour; `againInMs` until a hold is possible again. */
  | { readonly kind: "time"; readonly maxMs: number; readonly againInMs: number }
  /** The operation ran before and its hold is over. */
  | { readonly kind: "ended" }
  | EpochMissing;

export type ReleaseResult =
  | { readonly kind: "released"; readonly seats: number }
  | { readonly kind: "not_found" }
  /** The hold is in checkout: Postgres decides its end. */
  | { readonly kind: "claimed" }
  | EpochMissing;

export type ExtendResult =
  | { readonly kind: "extended"; readonly hold: Hold }
  | { readonly kind: "not_found" }
  | { readonly kind: "no_extension_left" }
  | EpochMissing;

export type RepriceResult =
  | { readonly kind: "repriced"; readonly hold: Hold }
  | { readonly kind: "not_found" }
  | EpochMissing;

export type JoinResult =
  | { readonly kind: "joined"; readonly hold: Hold }
  /** One of them is not as it was read; nothing was changed. */
  | { readonly kind: "changed" }
  | EpochMissing;

/** An order as it travels through the shard's FIFO stream to the order writer. JSON; see order/order-draft.ts. */
export type ClaimResult =
  /** The hold became a claim and the order stands in the stream, in one step. `replayed`: it already did. */
  | { readonly kind: "queued"; readonly replayed: boolean; readonly queueLength: number }
  | { readonly kind: "not_found" }
  /** The price the fan agreed to is not the one locked in the hold. */
  | { readonly kind: "price_changed"; readonly quoteHash: string }
  /** The stream is longer than it may be; nothing was changed. */
  | { readonly kind: "busy"; readonly queueLength: number }
  /** This hold is already in checkout under another key. */
  | { readonly kind: "claimed_elsewhere" }
  | EpochMissing;

/**
 * Promises with a time limit. Each verb is atomic, all or nothing, takes its time from the store and is safe to run
 * twice. Losing a race is an answer, not an exception.
 */
export interface HoldStore {
  acquire(plan: HoldPlan): Promise<AcquireResult>;
  find(eventId: EventId, holdId: HoldId): Promise<Hold | null>;
  /** Live holds of one fan, oldest first. */
  findByAccount(eventId: EventId, accountId: AccountId): Promise<Hold[]>;
  /** For operators; at most `limit`, oldest expiry first. */
  list(eventId: EventId, limit: number): Promise<Hold[]>;
  /** Ids of all holds in checkout. Goes through every hold of the shard in parts; not for the path of a fan. */
  claims(eventId: EventId): Promise<HoldId[]>;
  /** `accountId` null: an operator releases it. */
  release(hold: { eventId: EventId; holdId: HoldId; accountId: AccountId | null }): Promise<ReleaseResult>;
  extend(hold: {
    eventId: EventId;
    holdId: HoldId;
    accountId: AccountId;
    ttlMs: number;
  }): Promise<ExtendResult>;
  /** Same places, other ticket types: replaces items, quote hash and total under the same price version. */
  reprice(hold: {
    eventId: EventId;
    holdId: HoldId;
    accountId: AccountId;
    items: TicketItems;
    quoteHash: string;
    totalMinor: number;
  }): Promise<RepriceResult>;
  /**
   * Active holds of one fan become the first of them, `into` as it is then. It ends when the first of all would have; a
   * replay of what made one of the others answers with it.
   */
  join(join: {
    into: Pick<
      Hold,
      "id" | "eventId" | "accountId" | "items" | "priceVersion" | "quoteHash" | "totalMinor" | "windowKey"
    >;
    /** As they were read, `into` among them. */
    holds: readonly Pick<Hold, "id" | "quoteHash">[];
  }): Promise<JoinResult>;
  /** Hold -> claim and order -> stream, atomically. */
  claim(claim: {
    eventId: EventId;
    holdId: HoldId;
    accountId: AccountId;
    quoteHash: string;
    /** The order's id; derived from account and idempotency key, so a retry carries the same one. */
    orderId: OrderId;
    payload: string;
    queueMax: number;
  }): Promise<ClaimResult>;
  /** Postgres sold the claimed places: seats become sold, the hold ends. */
  settleSold(holds: readonly { eventId: EventId; holdId: HoldId }[]): Promise<void>;
  /** Postgres let the claim go (declined, expired, lost): seats become free, the hold ends. */
  settleFreed(holds: readonly { eventId: EventId; holdId: HoldId }[]): Promise<void>;
  /** Ends up to `limit` holds that ran out; returns how many, so that the caller can go on while it is full. */
  sweep(eventId: EventId, limit: number): Promise<number>;
}
