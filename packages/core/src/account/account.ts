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
