import type { Account, Role } from "./account.ts";

export type NewStaffAccount = {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly role: Role;
  /** Who makes it, for the audit. */
  readonly actor: string;
};

export type FirstOperator =
  | { readonly kind: "created"; readonly account: Account }
  /** There is an operator already, this one or another. */
  | { readonly kind: "exists" }
  /** The address belongs to an account with another role. */
  | { readonly kind: "taken"; readonly role: Role };

/** Accounts as those see them who run the house. Each change writes the audit in the same transaction. */
export interface AccountAdminStore {
  /** Its address counts as confirmed. null: it is taken. */
  create(input: NewStaffAccount): Promise<Account | null>;
  /** Only while there is no operator, also when several processes start at once. */
  createFirstOperator(input: Omit<NewStaffAccount, "role">): Promise<FirstOperator>;
  hasOperator(): Promise<boolean>;
}
