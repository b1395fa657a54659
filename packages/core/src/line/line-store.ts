import type { Actor } from "../actor/actor.ts";
import type { AccountId, EventId } from "../shared/ids.ts";
import type { Stale } from "../audit/change.ts";
import type { LineId, LineLevers, LineRecord, LineSettings, LineState, PassEnd, Place } from "./line.ts";
import type { Wave, WaveInputs, WaveReason } from "./wave.ts";

export type JoinRequest = {
  readonly lineId: LineId;
  readonly accountId: AccountId;
  /** entryIdOf(): 32 hex digits. */
  readonly entry: string;
  /** personOf(), a UUID: what may stand in the line once. Looked at in lines with one place per address. */
  readonly person: string;
};
export type JoinResult =
  /** `known`: this account stood there before; the place is the old one, whatever nonce came now. */
  | { readonly kind: "joined" | "known"; readonly place: Place }
  /** Another account of the same person stands in this line. */
  | { readonly kind: "person_taken" }
  | { readonly kind: "not_open"; readonly state: LineState }
  | { readonly kind: "not_found" };

export type ConfigureResult =
  | { readonly kind: "done"; readonly line: LineRecord }
  | { readonly kind: "fixed" | "not_found" }
  | Stale;
export type PullResult =
  | { readonly kind: "done"; readonly line: LineRecord }
  | { readonly kind: "not_found" }
  | Stale;
export type MoveLineResult =
  | { readonly kind: "moved"; readonly line: LineRecord }
  | { readonly kind: "refused"; readonly from: LineState }
  | { readonly kind: "not_found" }
  | Stale;
/**
 * Every move and every lever makes a new version of the line. One that names a `version` which is not the newest is
 * "stale" and not done.
 */
type LineMove = { readonly lineId: LineId; readonly version?: number };

export type RecordWaveResult =
  | { readonly kind: "recorded" }
  /** A wave with this number stood there before: the same one, sent again. */
  | { readonly kind: "known" }
  /** Another wave has this number: the room is older than Postgres and must be restored; nothing was written. */
  | { readonly kind: "differs" }
  /** Another controller has taken over; nothing was written. */
  | { readonly kind: "fenced" };

export type WaveRow = Wave & {
  readonly seq: number;
  readonly atMs: number;
  readonly fence: number;
  readonly inputs: WaveInputs;
  readonly reason: WaveReason;
  /** Numbers let in, ascending. */
  readonly numbers: readonly number[];
};

export type Admission = {
  readonly accountId: AccountId;
  readonly number: number;
  /** Since when this fan was present at the front, by the room's clock. */
  readonly presentSinceMs: number;
};

/**
 * The facts of lines, in Postgres: who stands there, with which number, who was let in by which wave. Everything is
 * decided there by constraints and single statements; what happens each second around it lives in the LineRoom.
 */
export interface LineStore {
  /** null: the event has a line for this window already (line_window_once). */
  create(actor: Actor, input: { eventId: EventId; settings: LineSettings }): Promise<LineRecord | null>;
  /** Replaces the settings of `version` while the line is closed and was never open; otherwise "fixed". */
  configure(
    actor: Actor,
    input: { lineId: LineId; version: number; settings: LineSettings },
  ): Promise<ConfigureResult>;
  /** Takes a line away whose lobby was never open; otherwise "fixed". */
  remove(actor: Actor, lineId: LineId): Promise<"removed" | "fixed" | "not_found">;
  pullLevers(actor: Actor, input: LineMove & { levers: LineLevers }): Promise<PullResult>;
  find(lineId: LineId): Promise<LineRecord | null>;
  /** All lines of an event, finished ones included. */
  findByEvent(eventId: EventId): Promise<LineRecord[]>;
  /** Lines that are not finished, of events that are not over. */
  listLive(): Promise<LineRecord[]>;

  /** closed -> lobby, with the commitment; the seed is kept apart until the draw. */
  openLobby(actor: Actor, input: LineMove & { seed: string; commitment: string }): Promise<MoveLineResult>;
  /** lobby -> drawing. From then on the entries of the draw are fixed, and `drawn` is their number. */
  closeLobby(actor: Actor, input: LineMove): Promise<MoveLineResult>;
  setEntriesRoot(actor: Actor, input: { lineId: LineId; entriesRoot: string }): Promise<void>;
  /** null: another value stands there already, none was named, or the line is not drawing. */
  setPublicValue(actor: Actor, input: { lineId: LineId; publicValue: string }): Promise<LineRecord | null>;
  /** The entries of the draw in ascending byte order, in pages: those after `after`. */
  drawEntries(input: { lineId: LineId; after: string | null; limit: number }): Promise<string[]>;
  /** The committed seed; only for the draw itself. */
  seedForDraw(lineId: LineId): Promise<string | null>;
  /** Gives the numbers first, first + 1 ... to these entries; again is harmless. Only while drawing. */
  numberEntries(input: { lineId: LineId; first: number; entries: readonly string[] }): Promise<void>;
  /** drawing -> open, and the seed is revealed. Refused while an entry has no number (line_all_drawn). */
  finishDraw(actor: Actor, lineId: LineId): Promise<MoveLineResult>;
  /** The drawn entries in drawn order, in pages: numbers from `first` on. Only after the draw. */
  drawnEntries(input: { lineId: LineId; first: number; limit: number }): Promise<string[]>;
  /** Any other move of LINE_NEXT; to "closed" sets finishedAt. */
  move(
    actor: Actor,
    input: LineMove & { from: readonly LineState[]; to: LineState },
  ): Promise<MoveLineResult>;

  /**
   * Puts a fan in the line: without a number in the lobby, else with the next one. Many calls of one moment become one
   * statement. An account that stands there gets its place back.
   */
  join(request: JoinRequest): Promise<JoinResult>;
  /** Many entries at once, for drills and benches; those that exist stay as they are. Returns how many were new. */
  joinMany(lineId: LineId, requests: readonly Omit<JoinRequest, "lineId">[]): Promise<number>;
  /**
   * Puts a fan whose number was passed, or whose pass is over, at the end again. null: the fan has no place or is
   * inside, or nobody may join now. `seen` is the number that the caller looked at: a fan who has another one by now,
   * from a double click, keeps it.
   */
  rejoin(input: { lineId: LineId; accountId: AccountId; seen?: number | null }): Promise<Place | null>;
  /** null: not in this line. Many calls of one moment become one statement. */
  place(input: { lineId: LineId; accountId: AccountId }): Promise<Place | null>;
  /** The place after one more extension, or null when there is none left or nobody inside. */
  grantMoreTime(input: { lineId: LineId; accountId: AccountId }): Promise<Place | null>;

  /** The one controller of all lines: a lease with a fence that grows with each new holder. null: somebody else has it. */
  takeLease(input: { holder: string; leaseMs: number }): Promise<{ fence: number } | null>;
  /** Writes the wave and marks who was let in, in one step; idempotent by line and seq; refused under an old fence. */
  recordWave(input: {
    lineId: LineId;
    wave: Omit<WaveRow, "numbers">;
    admitted: readonly Admission[];
  }): Promise<RecordWaveResult>;
  /** Passes that ended; the first reason stays. */
  endPasses(
    lineId: LineId,
    ends: readonly { accountId: AccountId; reason: PassEnd; atMs: number }[],
  ): Promise<void>;
  /** Let in and not ended, for a room that was lost. */
  openPasses(
    lineId: LineId,
  ): Promise<{ accountId: AccountId; number: number; admittedAtMs: number; extensions: number }[]>;
  /** Newest first. */
  waves(input: { lineId: LineId; limit: number; beforeSeq?: number }): Promise<WaveRow[]>;
  /** For the live view: how many joined, were let in, and how their passes ended. */
  counts(lineId: LineId): Promise<LineCounts>;
}

export type LineCounts = {
  readonly joined: number;
  readonly admitted: number;
  readonly inside: number;
  /** The highest number let in. */
  readonly servedTo: number;
  readonly ended: Readonly<Record<PassEnd, number>>;
  /** Tickets sold to fans of this line since it opened. */
  readonly tickets: number;
};
