import { AppError } from "@onsale/core/shared/errors";
import { Email } from "@onsale/core/account/account";
import { sessionCookieName } from "./account/session.ts";
import type { Container } from "./container.ts";
import { createCaller } from "./router.ts";

/**
 * How server components reach the API of their own process. Next bundles page code apart from server.ts, so importing
 * the container there would open a second one; pages take this object from a well-known global instead.
 */
export const BRIDGE = Symbol.for("onsale.page-bridge");

export function makePageBridge(container: Container) {
  return {
    publicUrl: container.config.publicUrl,
    authSecret: container.config.authSecret,
    sessionCookieName: sessionCookieName(container.config.publicUrl),

    /** The router without HTTP in between, as the account of this Cookie header. Reads only: pages do not mutate. */
    async caller(cookieHeader: string | undefined) {
      const account = await container.sessions.read(cookieHeader);
      return createCaller({
        container,
        account,
        pass: null,
        address: "page",
        session: null,
        client: null,
        challenge: null,
        foreignOrigin: true,
        setHeader: () => undefined,
      });
    },

    /** null when address and password do not match; throws AppError rate.limited. Two buckets: per peer and per mailbox. */
    async signIn(input: { email: unknown; password: unknown; address: string }) {
      const email = Email.safeParse(input.email);
      if (!email.success || typeof input.password !== "string" || input.password.length > 256) return null;
      await container.rateLimits.take("signIn", { account: `mailbox:${email.data}`, address: input.address });
      try {
        return await container.services.accounts.signIn(email.data, input.password);
      } catch (error) {
        if (error instanceof AppError && error.code === "account.bad_credentials") return null;
        throw error;
      }
    },
  };
}
export type PageBridge = ReturnType<typeof makePageBridge>;
