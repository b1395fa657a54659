import { z } from "zod";
import { PersonName } from "../shared/human-text.ts";
import type { AccountId } from "../shared/ids.ts";
import { Email } from "./email.ts";
import { Password } from "./password.ts";

/** What an account is in the house. Who works for an organization is a member of it. */
export const Role = z.enum(["fan", "operator"]);
export type Role = z.infer<typeof Role>;

export const SignUp = z.strictObject({
  email: Email,
  password: Password,
  name: PersonName,
});
export type SignUp = z.infer<typeof SignUp>;

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
