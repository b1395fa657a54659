import type { Actor } from "../actor/actor.ts";
import type { AccountId } from "../shared/ids.ts";
import type { Page, PageAsk } from "../shared/page.ts";
import type { Account, Role } from "../actor/account.ts";

export type NewStaffAccount = {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly role: Role;
};

export type FirstOperator =
  | { readonly kind: "created"; readonly account: Account }
  /** There is an operator already, this one or another. */
  | { readonly kind: "exists" }
  /** The address belongs to an account with another role. */
  | { readonly kind: "taken"; readonly role: Role };

export type AccountRow = {
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAtMs: number;
  /** null: it may sign in. */
  readonly disabledAtMs: number | null;
};

export type AccountChange = {
  /** Address or id. */
  readonly key: string;
  readonly reason: string;
};

/** Accounts as those see them who run the installation. Each change writes the audit in the same transaction. */
export interface AccountAdminStore {
  /** Its address counts as confirmed. null: it is taken. */
  create(actor: Actor, input: NewStaffAccount): Promise<Account | null>;
  /** Only while there is no operator, also when several processes start at once. */
  createFirstOperator(actor: Actor, input: Omit<NewStaffAccount, "role">): Promise<FirstOperator>;
  hasOperator(): Promise<boolean>;
  /** Ends its sessions when the role is another one. null: there is no such account. */
  setRole(actor: Actor, change: AccountChange & { readonly role: Role }): Promise<AccountRow | null>;
  /** Ends its sessions; nobody signs in until it is enabled. null: there is no such account. */
  setDisabled(
    actor: Actor,
    change: AccountChange & { readonly disabled: boolean },
  ): Promise<AccountRow | null>;
  /** By address. */
  list(ask: PageAsk & { readonly roles: readonly Role[] }): Promise<Page<AccountRow>>;
}
