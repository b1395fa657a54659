import { hash, randomUUID } from "node:crypto";
import type { Account } from "@onsale/core/actor/account";
import { fan } from "@onsale/core/actor/actor";
import type { AccountStore } from "@onsale/core/account/account-store";
import { SessionId, type SignedIn } from "@onsale/core/account/session";
import type { SessionStore } from "@onsale/core/account/session-store";
import { AppError } from "@onsale/core/shared/errors";
import type { Clock } from "@onsale/core/shared/clock";
import { makeLiveSessions } from "./live-sessions.ts";
import type { SessionClaims, SessionTokens } from "./session-token.ts";

/** `__Host-` binds the cookie to this host and to TLS; over plain http (development) browsers refuse that name. */
export function sessionCookieName(publicUrl: string): string {
  return publicUrl.startsWith("https:") ? "__Host-onsale-session" : "onsale-session";
}

export type SessionReaderDeps = {
  readonly sessions: SessionStore;
  readonly accounts: Pick<AccountStore, "findById">;
  readonly tokens: SessionTokens;
  readonly clock: Clock;
  readonly cookieName: string;
};

export function makeSessionReader({ sessions, accounts, tokens, clock, cookieName }: SessionReaderDeps) {
  const live = makeLiveSessions({ sessions, clock });

  function claimsOf(cookieHeader: string | undefined): SessionClaims | null {
    const token = cookieHeader ? cookieValue(cookieHeader, cookieName) : null;
    const claims = token ? tokens.read(token) : null;
    return claims && claims.endsAtMs > clock.nowMs() ? claims : null;
  }

  return {
    /** Who is behind a Cookie header, or null. */
    async read(cookieHeader: string | undefined): Promise<SignedIn | null> {
      const claims = claimsOf(cookieHeader);
      if (!claims) return null;
      const account = await live.accountOf(claims.id);
      return account && account.id === claims.accountId
        ? { actor: fan(account), sessionId: claims.id }
        : null;
    },
    /** For counting by session: the same for the same cookie, and no way back to it. */
    nameOf(cookieHeader: string | undefined): string | null {
      const token = cookieHeader ? cookieValue(cookieHeader, cookieName) : null;
      return token && hash("sha256", token, "base64url").slice(0, 22);
    },
    /** What has just changed about a session or its account counts in this process at once; null: about whichever. */
    forget: (id: SessionId | null): void => live.forget(id),
    /** Past what is remembered: for staff procedures, where a withdrawn role or session must count at once. */
    async fresh({ actor, sessionId }: SignedIn): Promise<Account | null> {
      if (sessionId === null) return accounts.findById(actor.account.id);
      return (await sessions.findLive([sessionId])).get(sessionId) ?? null;
    },
    /** For drills and tests: a session as signing in opens it, as "name=value" for a Cookie header. */
    async issue(account: Pick<Account, "id">): Promise<string> {
      const [cookie] = await issueMany([account]);
      if (cookie === undefined) throw new AppError("account.not_found");
      return cookie;
    },
    issueMany,
  };

  async function issueMany(owners: readonly Pick<Account, "id">[]): Promise<string[]> {
    const opening = owners.map(({ id }) => ({
      id: SessionId.parse(randomUUID()),
      accountId: id,
      device: "Another device",
    }));
    const opened = await sessions.openMany(opening);
    const issuedAtMs = clock.nowMs();
    return opening.map((session, n) => {
      const endsAtMs = opened[n]?.endsAtMs ?? issuedAtMs;
      return `${cookieName}=${tokens.sign({ ...session, issuedAtMs, endsAtMs })}`;
    });
  }
}
export type SessionReader = ReturnType<typeof makeSessionReader>;

function cookieValue(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
