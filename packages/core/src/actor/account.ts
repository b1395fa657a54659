import { z } from "zod";
import type { AccountId } from "../shared/ids.ts";

/** What an account is in this installation. Who works for an organization is a member of it. */
export const Role = z.enum(["fan", "operator"]);
export type Role = z.infer<typeof Role>;

export type Account = {
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** The address is known to be the account's own. */
  readonly emailVerified: boolean;
  /** Of at least one organization; what it may do there is asked anew for every call. */
  readonly isMember: boolean;
};
