import type { AccountId, EventId } from "../shared/ids.ts";
import type { LineId, LineRecord, PassEnd } from "./line.ts";
import type { Admission } from "./line-store.ts";

export type RoomKey = { readonly lineId: LineId; readonly eventId: EventId };

export const roomKey = ({ id, eventId }: Pick<LineRecord, "id" | "eventId">): RoomKey => ({
  lineId: id,
  eventId,
});

export type RoomState = {
  /** Changes when the room was lost and set up again; then everybody near the front checks in anew. */
  readonly room: string;
  /** The highest number let in so far. */
  readonly servedTo: number;
  /** Numbers up to this one are asked to be present. */
  readonly calledTo: number;
  /** Valid passes, and fans present at the front. */
  readonly active: number;
  readonly front: number;
};

export type CheckInResult =
  | { readonly kind: "present" }
  /** A pass of this account is valid already. */
  | { readonly kind: "inside" }
  /** This number was let in before and its pass is over: a number goes in once. The fan may join again at the end. */
  | { readonly kind: "over" }
  | { readonly kind: "not_called"; readonly calledTo: number }
  /** Passed more than the grace time ago. */
  | { readonly kind: "lapsed" }
  | { readonly kind: "room_lost" };

export type AdmitRequest = RoomKey & {
  readonly fence: number;
  readonly cap: number;
  readonly inflowPerSecond: number;
  /** What planWave() allows now; the script lowers it to what cap and inflow leave at that very moment. */
  readonly size: number;
  /** How many present fans the front should have; more numbers are called while it has fewer. */
  readonly frontTarget: number;
  /** The highest number given, so that nobody is called who does not exist. */
  readonly lastNumber: number;
  readonly passTtlMs: number;
  readonly graceMs: number;
  /** The wave that Postgres has by now: the room may forget it. 0 for none. */
  readonly recordedSeq: number;
  /** Of the ended passes that the last answer named, so many are in Postgres by now, counted from the first. */
  readonly endsRecorded: number;
};

export type RoomWave = {
  readonly seq: number;
  readonly atMs: number;
  /** The limits that this wave was made under; the levers may have moved since. */
  readonly cap: number;
  readonly inflowPerSecond: number;
  readonly admitted: readonly Admission[];
  readonly activeAfter: number;
};

export type AdmitResult =
  | {
      readonly kind: "admitted";
      readonly state: RoomState;
      /**
       * The wave that Postgres must write next: this one, or an older one that was not acknowledged; until it is,
       * nobody else is let in. null: nobody was let in.
       */
      readonly wave: RoomWave | null;
      /** Passes that ended and that Postgres has not heard of, oldest first, at most 1,000. */
      readonly ends: readonly {
        readonly accountId: AccountId;
        readonly reason: PassEnd;
        readonly atMs: number;
      }[];
    }
  | { readonly kind: "fenced" }
  | { readonly kind: "room_lost" };

export type RenewResult =
  | { readonly kind: "renewed"; readonly untilMs: number }
  /** It ran out, was given back, or was never given. */
  | { readonly kind: "over" }
  | { readonly kind: "room_lost" };

/**
 * The live part of a line, in Redis: who is present at the front, whose pass is valid, how far the line is. Each verb is
 * one atomic script with the store's clock. Losing it loses nothing but presence: it is set up again from LineStore.
 */
export interface LineRoom {
  /** null: lost, or never set up. */
  look(key: RoomKey): Promise<RoomState | null>;
  /**
   * Sets the room up from facts, unless another fence did since. Nobody is let in for `settleMs`, so that those at the
   * front can come back before numbers behind them are served.
   */
  restore(
    input: RoomKey & {
      fence: number;
      room: string;
      servedTo: number;
      lastSeq: number;
      /** [when, served up to], oldest first: what decides who was passed too long ago. */
      served: readonly (readonly [atMs: number, servedTo: number])[];
      passes: readonly { accountId: AccountId; untilMs: number }[];
      /** Numbers let in within the grace time, with when: older ones have lapsed anyway. */
      letIn: readonly (readonly [number: number, atMs: number])[];
      settleMs: number;
    },
  ): Promise<"restored" | "fenced">;
  /** A sign of life of a fan near the front; puts them there by number. */
  checkIn(
    input: RoomKey & { accountId: AccountId; number: number; presentMs: number },
  ): Promise<CheckInResult>;
  /** Ends what is over, then lets in min(size, cap - active, inflow left in this second) of those present, lowest number first. */
  admit(request: AdmitRequest): Promise<AdmitResult>;
  /** Extends a valid pass to now + ttlMs, at most to `maxUntilMs`. */
  renew(input: RoomKey & { accountId: AccountId; ttlMs: number; maxUntilMs: number }): Promise<RenewResult>;
  /** Gives a pass back, or takes a waiting fan off the front. */
  leave(input: RoomKey & { accountId: AccountId; reason: PassEnd }): Promise<"ended" | "not_inside">;
  /** The public document, as every API process serves it. */
  publish(key: RoomKey, document: string): Promise<void>;
  published(key: RoomKey): Promise<string | null>;
}
