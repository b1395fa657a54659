import "server-only";
import type { SessionClaims } from "@onsale/api/account/session-token";
import { readClientSigns } from "@onsale/core/risk/client-signs";
import NextAuth, { CredentialsSignin } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { cookies, headers } from "next/headers";
import { authLogger } from "./auth-logger";
import { pageBridge } from "./bridge";

class CheckNeeded extends CredentialsSignin {
  override code = "check_needed";
}
class TooManyAttempts extends CredentialsSignin {
  override code = "too_many_attempts";
}

/** How long a browser keeps the cookie. What is in it ends when its session does, which no cookie can put off. */
const COOKIE_MAX_AGE_S = 30 * 24 * 60 * 60;

/** null from authorize is "that address and password do not match". */
const passwords = Credentials({
  credentials: { email: {}, password: {}, answer: {} },
  async authorize({ email, password, answer }) {
    const bridge = pageBridge();
    const [sent, jar] = [await headers(), await cookies()];
    const call = {
      address: sent.get("x-onsale-peer") ?? "unknown",
      client: readClientSigns(Object.fromEntries(sent)),
      answer: typeof answer === "string" && answer !== "" ? answer : null,
    };
    const result = await bridge
      .signIn(call, {
        email,
        password,
        deviceCookie: jar.get(bridge.deviceCookieName)?.value ?? null,
      })
      .catch(() => {
        throw new TooManyAttempts();
      });
    if (result.kind === "check") throw new CheckNeeded();
    if (result.kind === "mismatch") return null;
    jar.set(bridge.deviceCookieName, result.deviceCookie, {
      httpOnly: true,
      sameSite: "lax",
      path: "/",
      secure: bridge.publicUrl.startsWith("https:"),
      maxAge: bridge.deviceMaxAgeS,
    });
    const { id, account, endsAtMs } = result.session;
    const session = { id, accountId: account.id, issuedAtMs: Date.now(), endsAtMs } satisfies SessionClaims;
    return { id: account.id, session };
  },
});

/**
 * next-auth carries the cookie; what is in it and whether it counts is ours (packages/api/src/account/session-token.ts). A
 * session that is over is not decoded by any of its endpoints, and one that is not is written back as it was.
 */
export const { handlers, signIn, signOut } = NextAuth(() => {
  const bridge = pageBridge();
  const secure = bridge.publicUrl.startsWith("https:");
  return {
    secret: bridge.authSecret,
    trustHost: true,
    session: { strategy: "jwt", maxAge: COOKIE_MAX_AGE_S },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: {
        name: bridge.sessionCookieName,
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    logger: authLogger(bridge.noteSignInFault),
    jwt: {
      encode: ({ token }) => {
        const claims = claimsIn(token);
        if (!claims) throw new Error("only what signing in made is written into a session cookie");
        return bridge.signSession(claims);
      },
      decode: async ({ token }) => {
        const session = token ? await bridge.liveSession(token) : null;
        return session && { sub: session.accountId, session };
      },
    },
    providers: [passwords],
    callbacks: {
      jwt({ token, user }) {
        // Only at sign-in is there a user; later calls carry on what was signed then.
        return user?.id ? { sub: user.id, session: (user as { session?: SessionClaims }).session } : token;
      },
      session({ session, token }) {
        const claims = claimsIn(token);
        return {
          user: { id: token.sub ?? "" },
          expires: claims ? new Date(claims.endsAtMs).toISOString() : session.expires,
        };
      },
      redirect: ({ url, baseUrl }) => (sameSite(url, baseUrl) ? url : baseUrl),
    },
    events: {
      async signOut(message) {
        const claims = "token" in message ? claimsIn(message.token ?? undefined) : null;
        if (claims) await bridge.leave(`${bridge.sessionCookieName}=${bridge.signSession(claims)}`);
      },
    },
  };
});

const claimsIn = (token: Record<string, unknown> | undefined): SessionClaims | null =>
  (token?.["session"] as SessionClaims | undefined) ?? null;

/** Only paths of this site: "//evil.test", "/\evil.test" and other hosts go home instead. */
function sameSite(url: string, baseUrl: string): boolean {
  try {
    return new URL(url, baseUrl).origin === new URL(baseUrl).origin;
  } catch {
    return false;
  }
}
