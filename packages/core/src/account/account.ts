import { z } from "zod";
import { PersonName } from "../shared/human-text.ts";
import type { AccountId } from "../shared/ids.ts";
import { Email } from "./email.ts";
import { Password } from "./password.ts";

export const Role = z.enum(["fan", "organizer", "operator"]);
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
};

/** Who does something, for authorisation and audit, whatever edge it comes through. */
export type Actor =
  | { readonly kind: "account"; readonly account: Account }
  | { readonly kind: "anonymous" }
  | { readonly kind: "system"; readonly name: string };
