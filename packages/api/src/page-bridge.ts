import { VISITOR } from "@onsale/core/actor/actor";
import { insideCall } from "@onsale/core/actor/call";
import { TRPCError } from "@trpc/server";
import type { ChallengeOffer } from "@onsale/core/risk/challenge-provider";
import { DEVICE_MAX_AGE_S, deviceCookieName } from "./account/known-devices.ts";
import type { SignInCall, SignInInput, SignInResult } from "./account/sign-in.ts";
import { sessionCookieName } from "./account/session.ts";
import type { SessionClaims, SessionTokens } from "./account/session-token.ts";
import { makeBoundedNotes } from "./bounded-notes.ts";
import { type ProcessContext, processContext } from "./context.ts";
import type { SignIn } from "./account/sign-in.ts";
import type { Config } from "./config.ts";
import type { Logger } from "./log.ts";
import { noteFault } from "./pages/page-faults.ts";
import { MAILBOX_PATH } from "./http/sandbox-mailbox-page.ts";
import { createCaller } from "./router.ts";
import { expectedOrSame } from "./trpc.ts";

/**
 * How server components reach the API of their own process. Next bundles page code apart from server.ts, so importing
 * the container there would open a second one; pages take this object from a well-known global instead.
 */
export const BRIDGE = Symbol.for("onsale.page-bridge");

export type PageBridgeParts = ProcessContext & {
  readonly config: Config;
  readonly log: Logger;
  readonly sessionTokens: SessionTokens;
  readonly signIn: SignIn;
  /** null: mails are sent. */
  readonly mailbox: unknown;
};

export function makePageBridge(parts: PageBridgeParts) {
  const cookieName = sessionCookieName(parts.config.publicUrl);
  /** Who looks is read before any procedure; a store that is away then is an outage as well, and no fault of ours. */
  async function readSession(cookieHeader: string | undefined) {
    try {
      return await parts.sessions.read(cookieHeader);
    } catch (error) {
      const told = expectedOrSame(error);
      if (told instanceof TRPCError) noteFault(told);
      throw told;
    }
  }
  return {
    publicUrl: parts.config.publicUrl,
    /** The forms of next-auth are made and sent back within minutes; sessions are not its to sign. */
    authSecret: parts.config.authSecrets[0],
    sessionCookieName: cookieName,
    signSession: (claims: SessionClaims) => parts.sessionTokens.sign(claims),
    /** What a cookie of ours says, while its session is not over; signing in again is the only way to a later end. */
    async liveSession(token: string): Promise<SessionClaims | null> {
      const signedIn = await readSession(`${cookieName}=${token}`);
      return signedIn && parts.sessionTokens.read(token);
    },
    async leave(cookieHeader: string | undefined): Promise<void> {
      const signedIn = await readSession(cookieHeader);
      if (!signedIn) return;
      await parts.services.sessions.leave(signedIn.actor, signedIn.sessionId);
      parts.sessions.forget(signedIn.sessionId);
    },

    /**
     * The router without HTTP in between, as the account of this Cookie header and for the visitor at this address.
     * Reads only: pages do not mutate.
     */
    async caller({ cookie, address }: { cookie: string | undefined; address: string }) {
      const signedIn = await readSession(cookie);
      const context = {
        ...processContext(parts),
        actor: signedIn?.actor ?? VISITOR,
        call: { ...insideCall(), address },
        sessionId: signedIn?.sessionId ?? null,
        foreignOrigin: true,
        counted: false,
        setHeader: () => undefined,
      };
      return createCaller(context, { onError: ({ error }) => noteFault(error) });
    },

    /** Whoever signs in is nobody yet, whichever session the browser still has. */
    signIn: (call: SignInCall, input: SignInInput): Promise<SignInResult> =>
      parts.signIn.signIn(VISITOR, call, input),
    offerSignInCheck: (email: unknown): Promise<ChallengeOffer> => parts.signIn.offerCheck(email),
    noteSignInFault: makeBoundedNotes({
      nowMs: () => parts.clock.nowMs(),
      write: (note) => parts.log.warn(note, "/api/auth refused a request"),
    }),
    /** Where mails are on a machine that has no mail server; null where they are sent. */
    mailboxPath: parts.mailbox ? MAILBOX_PATH : null,
    deviceMaxAgeS: DEVICE_MAX_AGE_S,
    deviceCookieName: deviceCookieName(parts.config.publicUrl),
  };
}
export type PageBridge = ReturnType<typeof makePageBridge>;
