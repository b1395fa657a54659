import type { AccountId } from "../shared/ids.ts";
import type { Account, Role } from "../actor/account.ts";
import type { SessionId } from "./session.ts";

export interface AccountStore {
  /** null: the address is taken (decided by the unique constraint). */
  create(input: {
    email: string;
    name: string;
    passwordHash: string | null;
    role: Role;
  }): Promise<Account | null>;
  findById(id: AccountId): Promise<Account | null>;
  /** Those that exist, in any order; one query whatever their number. */
  findMany(ids: readonly AccountId[]): Promise<Account[]>;
  /** A disabled account has no password that fits. */
  findForSignIn(email: string): Promise<{ account: Account; passwordHash: string | null } | null>;
  /** Ends every session but `keep`; false: the password was not `from` any more. */
  changePassword(input: {
    id: AccountId;
    from: string | null;
    to: string;
    keep: SessionId | null;
  }): Promise<boolean>;
  /** Many fans without passwords at once, for drills; returns them in order. */
  createMany(emails: readonly string[]): Promise<Account[]>;
}
