import { AppError } from "@onsale/core/shared/errors";
import { Email } from "@onsale/core/account/email";
import type { OpenedSession } from "@onsale/core/account/session-service";
import { sessionCookieName } from "./account/session.ts";
import type { SessionClaims } from "./account/session-token.ts";
import type { Container } from "./container.ts";
import { noteFault } from "./pages/page-faults.ts";
import { createCaller } from "./router.ts";

/**
 * How server components reach the API of their own process. Next bundles page code apart from server.ts, so importing
 * the container there would open a second one; pages take this object from a well-known global instead.
 */
export const BRIDGE = Symbol.for("onsale.page-bridge");

export type SignInTry = {
  readonly email: unknown;
  readonly password: unknown;
  readonly address: string;
  readonly userAgent: string | null;
};

export function makePageBridge(container: Container) {
  const cookieName = sessionCookieName(container.config.publicUrl);
  return {
    publicUrl: container.config.publicUrl,
    authSecret: container.config.authSecret,
    sessionCookieName: cookieName,
    signSession: (claims: SessionClaims) => container.sessionTokens.sign(claims),
    /** What a cookie of ours says, while its session is not over; signing in again is the only way to a later end. */
    async liveSession(token: string): Promise<SessionClaims | null> {
      const signedIn = await container.sessions.read(`${cookieName}=${token}`);
      return signedIn && container.sessionTokens.read(token);
    },
    async leave(cookieHeader: string | undefined): Promise<void> {
      const signedIn = await container.sessions.read(cookieHeader);
      if (!signedIn) return;
      await container.services.sessions.leave(signedIn);
      container.sessions.forget(signedIn.sessionId);
    },

    /**
     * The router without HTTP in between, as the account of this Cookie header and for the visitor at this address.
     * Reads only: pages do not mutate.
     */
    async caller({ cookie, address }: { cookie: string | undefined; address: string }) {
      const signedIn = await container.sessions.read(cookie);
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

    /** null when address and password do not match; throws AppError rate.limited. Two buckets: per peer and per mailbox. */
    async signIn(input: SignInTry): Promise<OpenedSession | null> {
      const email = Email.safeParse(input.email);
      if (!email.success || typeof input.password !== "string" || input.password.length > 256) return null;
      await container.rateLimits.take("signIn", { account: `mailbox:${email.data}`, address: input.address });
      try {
        const found = await container.services.accounts.signIn(email.data, input.password);
        return await container.services.sessions.open({ ...found, userAgent: input.userAgent });
      } catch (error) {
        if (error instanceof AppError && error.code === "account.bad_credentials") return null;
        throw error;
      }
    },
  };
}
export type PageBridge = ReturnType<typeof makePageBridge>;
