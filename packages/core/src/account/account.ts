import { z } from "zod";
import type { AccountId } from "../shared/ids.ts";

export const Role = z.enum(["fan", "organizer", "operator"]);
export type Role = z.infer<typeof Role>;

/** Lower-cased and trimmed: one mailbox, one account. */
export const Email = z.string().trim().toLowerCase().pipe(z.email().max(254));
/** Long beats complicated; 256 bounds the cost of hashing (reliability 4.4). */
export const Password = z.string().min(10, "at least 10 characters").max(256);

export const SignUp = z.strictObject({
  email: Email,
  password: Password,
  name: z.string().trim().min(1).max(100),
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
