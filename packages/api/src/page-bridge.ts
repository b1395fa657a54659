import { TRPCError } from "@trpc/server";
import type { ChallengeOffer } from "@onsale/core/risk/challenge-provider";
import { DEVICE_MAX_AGE_S, deviceCookieName } from "./account/known-devices.ts";
import type { SignInInput, SignInResult } from "./account/sign-in.ts";
import { sessionCookieName } from "./account/session.ts";
import type { SessionClaims } from "./account/session-token.ts";
import { makeBoundedNotes } from "./bounded-notes.ts";
import type { Container } from "./compose/container.ts";
import { noteFault } from "./pages/page-faults.ts";
import { MAILBOX_PATH } from "./http/sandbox-mailbox-page.ts";
import { createCaller } from "./router.ts";
import { expectedOrSame } from "./trpc.ts";

/**
 * How server components reach the API of their own process. Next bundles page code apart from server.ts, so importing
 * the container there would open a second one; pages take this object from a well-known global instead.
 */
export const BRIDGE = Symbol.for("onsale.page-bridge");

export function makePageBridge(container: Container) {
  const cookieName = sessionCookieName(container.config.publicUrl);
  /** Who looks is read before any procedure; a store that is away then is an outage as well, and no fault of ours. */
  async function readSession(cookieHeader: string | undefined) {
    try {
      return await container.sessions.read(cookieHeader);
    } catch (error) {
      const told = expectedOrSame(error);
      if (told instanceof TRPCError) noteFault(told);
      throw told;
    }
  }
  return {
    publicUrl: container.config.publicUrl,
    authSecret: container.config.authSecret,
    sessionCookieName: cookieName,
    signSession: (claims: SessionClaims) => container.sessionTokens.sign(claims),
    /** What a cookie of ours says, while its session is not over; signing in again is the only way to a later end. */
    async liveSession(token: string): Promise<SessionClaims | null> {
      const signedIn = await readSession(`${cookieName}=${token}`);
      return signedIn && container.sessionTokens.read(token);
    },
    async leave(cookieHeader: string | undefined): Promise<void> {
      const signedIn = await readSession(cookieHeader);
      if (!signedIn) return;
      await container.services.sessions.leave(signedIn);
      container.sessions.forget(signedIn.sessionId);
    },

    /**
     * The router without HTTP in between, as the account of this Cookie header and for the visitor at this address.
     * Reads only: pages do not mutate.
     */
    async caller({ cookie, address }: { cookie: string | undefined; address: string }) {
      const signedIn = await readSession(cookie);
      const context = {
        container,
        account: signedIn?.account ?? null,
        sessionId: signedIn?.sessionId ?? null,
        pass: null,
        address,
        session: null,
        client: null,
        challenge: null,
        foreignOrigin: true,
        counted: false,
        setHeader: () => undefined,
      };
      return createCaller(context, { onError: ({ error }) => noteFault(error) });
    },

    signIn: (input: SignInInput): Promise<SignInResult> => container.signIn.signIn(input),
    offerSignInCheck: (email: unknown): Promise<ChallengeOffer> => container.signIn.offerCheck(email),
    noteSignInFault: makeBoundedNotes({
      nowMs: () => container.clock.nowMs(),
      write: (note) => container.log.warn(note, "/api/auth refused a request"),
    }),
    /** Where mails are on a machine that has no mail server; null where they are sent. */
    mailboxPath: container.mailbox ? MAILBOX_PATH : null,
    deviceMaxAgeS: DEVICE_MAX_AGE_S,
    deviceCookieName: deviceCookieName(container.config.publicUrl),
  };
}
export type PageBridge = ReturnType<typeof makePageBridge>;
