import type { AccountId } from "../shared/ids.ts";
import type { Account } from "../actor/account.ts";
import type { SessionId, SessionRow } from "./session.ts";

/** Why a session ended before its time. A changed password, a changed role and a disabled account end sessions by themselves. */
export type SessionEnd = "signed_out" | "elsewhere";

export type NewSession = { readonly id: SessionId; readonly accountId: AccountId; readonly device: string };

export interface SessionStore {
  /**
   * When it ends; null: the account is gone or disabled, or its password is not `passwordHash` any more, so that who signed
   * in with the old one at that moment is not in.
   */
  open(session: NewSession & { readonly passwordHash?: string }): Promise<{ endsAtMs: number } | null>;
  /** For crowds of drills, in their order; all or nothing. */
  openMany(sessions: readonly NewSession[]): Promise<{ endsAtMs: number }[]>;
  /** The accounts of those that are not over, one query whatever their number. Also notes that they were seen. */
  findLive(ids: readonly SessionId[]): Promise<ReadonlyMap<SessionId, Account>>;
  /** Sessions that ended in the last `withinMs`, by Postgres' clock. */
  endedLately(withinMs: number): Promise<SessionId[]>;
  listOf(accountId: AccountId): Promise<SessionRow[]>;
  /** false: the account has no such session, or it is over. */
  end(session: { accountId: AccountId; id: SessionId; by: SessionEnd }): Promise<boolean>;
  /** Every session of the account but `except`; returns how many. */
  endAll(which: { accountId: AccountId; except: SessionId | null; by: SessionEnd }): Promise<number>;
  /** Deletes rows that have been over for longer than this; returns how many. */
  forget(olderThanMs: number): Promise<number>;
}
