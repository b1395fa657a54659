import type { AccountId } from "../shared/ids.ts";
import type { Account, Role } from "./account.ts";

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
  findForSignIn(email: string): Promise<{ account: Account; passwordHash: string | null } | null>;
  setPassword(id: AccountId, passwordHash: string): Promise<void>;
  /** Many fans without passwords at once, for drills; returns them in order. */
  createMany(emails: readonly string[]): Promise<Account[]>;
}
