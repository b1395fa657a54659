import { Role, SignUp } from "@onsale/core/account/account";
import { z } from "zod";
import { EmailCode } from "@onsale/core/account/verify-email";
import { fanProcedure, publicProcedure, router } from "../trpc.ts";

const Me = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: Role,
  emailVerified: z.boolean(),
});

export const accountRouter = router({
  signUp: publicProcedure
    .meta({ limit: "signUp" })
    .input(SignUp)
    .output(Me)
    .mutation(async ({ ctx: { container }, input }) => {
      const account = await container.services.accounts.signUp(input);
      // The account is there whatever becomes of its first mail; the fan can ask for another.
      await container.services.verifyEmail
        .start(account)
        .catch((error: unknown) => container.log.warn({ err: error }, "the first code was not sent"));
      return account;
    }),

  verifyEmail: router({
    /** Sends six digits to the account's address, or says that it is confirmed already. */
    start: fanProcedure
      .meta({ limit: "verifyStart" })
      .output(z.object({ kind: z.enum(["sent", "verified"]) }))
      .mutation(({ ctx: { container, account } }) => container.services.verifyEmail.start(account)),

    confirm: fanProcedure
      .meta({ limit: "verifyConfirm" })
      .input(z.strictObject({ code: EmailCode }))
      .output(z.object({ verified: z.literal(true) }))
      .mutation(async ({ ctx: { container, account, sessionId }, input }) => {
        await container.services.verifyEmail.confirm(account, input.code);
        container.sessions.forget(sessionId);
        return { verified: true };
      }),
  }),

  me: publicProcedure.output(Me.nullable()).query(({ ctx: { account } }) => account),
});
