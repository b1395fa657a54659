import {
  ChangePassword,
  CompleteSignUp,
  ConfirmedEmail,
  ConfirmEmail,
  EndedSession,
  EndedSessions,
  EndSession,
  FinishReset,
  Me,
  MySessions,
  StartedSignUp,
  StartedVerifyEmail,
  StartReset,
} from "@onsale/contract/account";
import { Done } from "@onsale/contract/shared";
import { SignUp } from "@onsale/core/account/sign-up";
import { addressKey } from "@onsale/core/risk/address-ranges";
import { fanProcedure, publicProcedure, router } from "../trpc.ts";

const done = { done: true } as const;

const passwordRouter = router({
  change: fanProcedure
    .meta({ limit: "changePassword" })
    .input(ChangePassword)
    .output(Done)
    .mutation(async ({ ctx: { services, sessions, actor, sessionId }, input }) => {
      await services.passwords.change(actor, { ...input, keep: sessionId });
      sessions.forget(null);
      return done;
    }),

  /** The same for every address. */
  startReset: publicProcedure
    .meta({ limit: "resetPassword" })
    .input(StartReset)
    .output(Done)
    .mutation(async ({ ctx: { services, actor }, input }) => {
      await services.passwords.startReset(actor, input.email);
      return done;
    }),

  finishReset: publicProcedure
    .meta({ limit: "verifyConfirm" })
    .input(FinishReset)
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
    .output(MySessions)
    .query(({ ctx: { services, actor, sessionId } }) => services.sessions.list(actor, sessionId)),

  /** false: it was over already. */
  end: fanProcedure
    .meta({ limit: "sessions" })
    .input(EndSession)
    .output(EndedSession)
    .mutation(async ({ ctx: { services, sessions, actor }, input }) => {
      const ended = await services.sessions.end(actor, input.id);
      sessions.forget(input.id);
      return { ended };
    }),

  /** Also the one that asks. */
  endAll: fanProcedure
    .meta({ limit: "sessions" })
    .output(EndedSessions)
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
    .output(StartedSignUp)
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
    .input(CompleteSignUp)
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
      .output(StartedVerifyEmail)
      .mutation(({ ctx: { services, actor } }) => services.verifyEmail.start(actor)),

    confirm: fanProcedure
      .meta({ limit: "verifyConfirm" })
      .input(ConfirmEmail)
      .output(ConfirmedEmail)
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
