import { Role } from "@onsale/core/actor/account";
import { Email } from "@onsale/core/account/email";
import { Password } from "@onsale/core/account/password";
import { SessionId } from "@onsale/core/account/session";
import { EmailCode } from "@onsale/core/account/verify-email";
import { AccountId, Uuid } from "@onsale/core/shared/ids";
import { z } from "zod";

export const Me = z.object({
  id: AccountId,
  email: z.string(),
  name: z.string(),
  role: Role,
  emailVerified: z.boolean(),
  isMember: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const StartedSignUp = z.object({ signUpId: z.string() });
export const CompleteSignUp = z.strictObject({ signUpId: Uuid, code: EmailCode });

/** As somebody remembers it, whatever the rules were then. */
const PresentPassword = z.string().min(1).max(256);
export const ChangePassword = z.strictObject({ current: PresentPassword, next: Password });
export const StartReset = z.strictObject({ email: Email });
export const FinishReset = z.strictObject({ token: z.string().max(100), password: Password });

export const MySession = z.object({
  id: SessionId,
  device: z.string(),
  createdAtMs: z.number(),
  seenAtMs: z.number(),
  endsAtMs: z.number(),
  isThis: z.boolean(),
});
export type MySession = z.infer<typeof MySession>;
export const MySessions = z.array(MySession);
export const EndSession = z.strictObject({ id: SessionId });
export const EndedSession = z.object({ ended: z.boolean() });
export const EndedSessions = z.object({ ended: z.number() });

export const StartedVerifyEmail = z.object({ kind: z.enum(["sent", "verified"]) });
export const ConfirmEmail = z.strictObject({ code: EmailCode });
export const ConfirmedEmail = z.object({ verified: z.literal(true) });
