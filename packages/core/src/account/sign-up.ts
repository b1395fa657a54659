import { z } from "zod";
import { PersonName } from "../shared/human-text.ts";
import { Email } from "./email.ts";
import { Password } from "./password.ts";

export const SignUp = z.strictObject({
  email: Email,
  password: Password,
  name: PersonName,
});
export type SignUp = z.infer<typeof SignUp>;
