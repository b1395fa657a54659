import { createHash } from "node:crypto";
import { decode, encode } from "@auth/core/jwt";
import type { Account } from "@onsale/core/account/account";
import type { AccountStore } from "@onsale/core/account/account-store";
import type { Clock } from "@onsale/core/shared/clock";
import { AccountId } from "@onsale/core/shared/ids";
import { z } from "zod";
import { makeAccountLookup } from "./account-lookup.ts";

/**
 * Sessions are the encrypted JWTs that next-auth issues; this reads the same cookie for the tRPC server. The token
 * carries the account's session version: a password change or "sign out everywhere" ends every older session.
 */
export const SESSION_MAX_AGE_S = 12 * 60 * 60;
const Claims = z.object({ sub: AccountId, sv: z.int().min(0), exp: z.number() });
export type SessionClaims = z.infer<typeof Claims>;

/** A session is looked up in Postgres at most this often per process; role changes reach fans within it. */
const ACCOUNT_TTL_MS = 5_000;
const KEPT_MAX = 50_000;

/** `__Host-` binds the cookie to this host and to TLS; over plain http (development) browsers refuse that name. */
export function sessionCookieName(publicUrl: string): string {
  return publicUrl.startsWith("https:") ? "__Host-onsale-session" : "onsale-session";
}

export type SessionReaderDeps = {
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly secret: string;
  readonly cookieName: string;
};

export function makeSessionReader({ accounts, clock, secret, cookieName }: SessionReaderDeps) {
  const lookUp = makeAccountLookup(accounts);
  const claimsByToken = new Map<string, SessionClaims>();
  const accountById = new Map<string, { atMs: number; account: Promise<Account | null> }>();

  async function claimsOf(token: string): Promise<SessionClaims | null> {
    const known = claimsByToken.get(token);
    if (known !== undefined) return known;
    const claims = await decode({ token, secret, salt: cookieName }).then(
      (payload) => Claims.safeParse(payload).data ?? null,
      () => null,
    );
    // What others made up is not remembered: with a new token per request it would fill the memory of this process.
    if (!claims) return null;
    keepBounded(claimsByToken);
    claimsByToken.set(token, claims);
    return claims;
  }

  function accountOf(id: AccountId): Promise<Account | null> {
    const now = clock.nowMs();
    const known = accountById.get(id);
    if (known && now - known.atMs < ACCOUNT_TTL_MS) return known.account;
    const account = lookUp(id);
    keepBounded(accountById);
    accountById.set(id, { atMs: now, account });
    account.catch(() => accountById.delete(id));
    return account;
  }

  return {
    /** The account behind a Cookie header, or null. */
    async read(cookieHeader: string | undefined): Promise<Account | null> {
      const token = cookieHeader ? cookieValue(cookieHeader, cookieName) : null;
      const claims = token ? await claimsOf(token) : null;
      if (!claims || claims.exp * 1_000 <= clock.nowMs()) return null;
      const account = await accountOf(claims.sub);
      return account && account.sessionVersion === claims.sv ? account : null;
    },
    /** For counting by session: the same for the same cookie, and no way back to it. */
    nameOf(cookieHeader: string | undefined): string | null {
      const token = cookieHeader ? cookieValue(cookieHeader, cookieName) : null;
      return token && createHash("sha256").update(token).digest("base64url").slice(0, 22);
    },
    /** What has just changed about an account counts in this process at once. */
    forget(id: AccountId): void {
      accountById.delete(id);
    },
    /** Past the cache: for staff procedures, where a withdrawn role or session must count at once. */
    async fresh(account: Account): Promise<Account | null> {
      const now = await accounts.findById(account.id);
      return now?.sessionVersion === account.sessionVersion ? now : null;
    },
    /** For drills and tests: a session as next-auth would issue it. */
    issue: (account: Account) => issueSession(account, { secret, cookieName }),
  };
}
export type SessionReader = ReturnType<typeof makeSessionReader>;

/** "name=value" for a Cookie header. */
export async function issueSession(
  account: Account,
  how: { secret: string; cookieName: string },
): Promise<string> {
  const token = await encode({
    token: { sub: account.id, sv: account.sessionVersion },
    secret: how.secret,
    salt: how.cookieName,
    maxAge: SESSION_MAX_AGE_S,
  });
  return `${how.cookieName}=${token}`;
}

function cookieValue(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

function keepBounded(map: Map<string, unknown>): void {
  if (map.size < KEPT_MAX) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
