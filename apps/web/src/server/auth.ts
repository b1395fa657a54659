import "server-only";
import NextAuth, { CredentialsSignin } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { headers } from "next/headers";
import { pageBridge } from "./bridge";

class TooManyAttempts extends CredentialsSignin {
  override code = "too_many_attempts";
}

const SESSION_MAX_AGE_S = 12 * 60 * 60;

/** Sessions are encrypted JWTs in one cookie that the tRPC server reads too; see packages/api/src/account/session.ts. */
export const { handlers, auth, signIn, signOut } = NextAuth(() => {
  const bridge = pageBridge();
  const secure = bridge.publicUrl.startsWith("https:");
  return {
    secret: bridge.authSecret,
    trustHost: true,
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE_S, updateAge: 60 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: {
        name: bridge.sessionCookieName,
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize({ email, password }) {
          const address = (await headers()).get("x-onsale-peer") ?? "unknown";
          const account = await pageBridge()
            .signIn({ email, password, address })
            .catch(() => {
              throw new TooManyAttempts();
            });
          return (
            account && {
              id: account.id,
              email: account.email,
              name: account.name,
              sessionVersion: account.sessionVersion,
            }
          );
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        // Only at sign-in is there a user; later calls renew what was signed then.
        if (user?.id)
          return { ...token, sub: user.id, sv: (user as { sessionVersion?: number }).sessionVersion ?? 0 };
        return token;
      },
      session({ session, token }) {
        if (token.sub) session.user.id = token.sub;
        return session;
      },
      redirect: ({ url, baseUrl }) => (sameSite(url, baseUrl) ? url : baseUrl),
    },
  };
});

/** Only paths of this site: "//evil.test", "/\evil.test" and other hosts go home instead. */
function sameSite(url: string, baseUrl: string): boolean {
  try {
    return new URL(url, baseUrl).origin === new URL(baseUrl).origin;
  } catch {
    return false;
  }
}
