import { Role } from "@onsale/core/actor/account";
import { SignUp } from "@onsale/core/account/sign-up";
import { Email } from "@onsale/core/account/email";
import { Password } from "@onsale/core/account/password";
import { SessionId } from "@onsale/core/account/session";
import { EmailCode } from "@onsale/core/account/verify-email";
import { addressKey } from "@onsale/core/risk/address-ranges";
import { Uuid } from "@onsale/core/shared/ids";
import { z } from "zod";
import { fanProcedure, publicProcedure, router } from "../trpc.ts";

const Me = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: Role,
  emailVerified: z.boolean(),
  isMember: z.boolean(),
});
const Done = z.object({ done: z.literal(true) });
const done = { done: true } as const;
/** As somebody remembers it, whatever the rules were then. */
const PresentPassword = z.string().min(1).max(256);

const passwordRouter = router({
  change: fanProcedure
    .meta({ limit: "changePassword" })
    .input(z.strictObject({ current: PresentPassword, next: Password }))
    .output(Done)
    .mutation(async ({ ctx: { services, sessions, actor, sessionId }, input }) => {
      await services.passwords.change(actor, { ...input, keep: sessionId });
      sessions.forget(null);
      return done;
    }),

  /** The same for every address. */
  startReset: publicProcedure
    .meta({ limit: "resetPassword" })
    .input(z.strictObject({ email: Email }))
    .output(Done)
    .mutation(async ({ ctx: { services, actor }, input }) => {
      await services.passwords.startReset(actor, input.email);
      return done;
    }),

  finishReset: publicProcedure
    .meta({ limit: "verifyConfirm" })
    .input(z.strictObject({ token: z.string().max(100), password: Password }))
    .output(Done)
    .mutation(async ({ ctx: { services, sessions, actor }, input }) => {
      await services.passwords.finishReset(actor, input);
      sessions.forget(null);
      return done;
    }),
});

const sessionsRouter = router({
  list: fanProcedure
    .meta({ limit: "read" })
    .output(
      z.array(
        z.object({
          id: z.string(),
          device: z.string(),
          createdAtMs: z.number(),
          seenAtMs: z.number(),
          endsAtMs: z.number(),
          isThis: z.boolean(),
        }),
      ),
    )
    .query(({ ctx: { services, actor, sessionId } }) => services.sessions.list(actor, sessionId)),

  /** false: it was over already. */
  end: fanProcedure
    .meta({ limit: "sessions" })
    .input(z.strictObject({ id: SessionId }))
    .output(z.object({ ended: z.boolean() }))
    .mutation(async ({ ctx: { services, sessions, actor }, input }) => {
      const ended = await services.sessions.end(actor, input.id);
      sessions.forget(input.id);
      return { ended };
    }),

  /** Also the one that asks. */
  endAll: fanProcedure
    .meta({ limit: "sessions" })
    .output(z.object({ ended: z.number() }))
    .mutation(async ({ ctx: { services, sessions, actor, sessionId } }) => {
      const ended = await services.sessions.endAll(actor);
      sessions.forget(sessionId);
      return { ended };
    }),
});

export const accountRouter = router({
  /** The same for every address. What comes next is in its mail. */
  signUp: publicProcedure
    .meta({ limit: "signUp" })
    .input(SignUp)
    .output(z.object({ signUpId: z.string() }))
    .mutation(
      ({
        ctx: {
          services,
          admission,
          actor,
          call: { address },
        },
        input,
      }) => {
        const keys = { account: `${input.email} from ${addressKey(address)}`, address };
        return services.signUps.start(actor, input, () => admission.take("signUpMail", keys));
      },
    ),

  /** The account is there from now on; signing in to it is the next call. */
  completeSignUp: publicProcedure
    .meta({ limit: "verifyConfirm" })
    .input(z.strictObject({ signUpId: Uuid, code: EmailCode }))
    .output(Done)
    .mutation(async ({ ctx: { services, actor }, input }) => {
      await services.signUps.complete(actor, input);
      return done;
    }),

  password: passwordRouter,
  sessions: sessionsRouter,

  verifyEmail: router({
    /** Sends six digits to the account's address, or says that it is confirmed already. */
    start: fanProcedure
      .meta({ limit: "verifyStart" })
      .output(z.object({ kind: z.enum(["sent", "verified"]) }))
      .mutation(({ ctx: { services, actor } }) => services.verifyEmail.start(actor)),

    confirm: fanProcedure
      .meta({ limit: "verifyConfirm" })
      .input(z.strictObject({ code: EmailCode }))
      .output(z.object({ verified: z.literal(true) }))
      .mutation(async ({ ctx: { services, sessions, actor, sessionId }, input }) => {
        await services.verifyEmail.confirm(actor, input.code);
        sessions.forget(sessionId);
        return { verified: true };
      }),
  }),

  me: publicProcedure
    .output(Me.nullable())
    .query(({ ctx: { actor } }) => (actor.kind === "fan" ? actor.account : null)),
});
