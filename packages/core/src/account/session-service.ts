import { AppError } from "../shared/errors.ts";
import type { Account } from "../actor/account.ts";
import type { Fan } from "../actor/actor.ts";
import { deviceWords, type SessionId, type SessionRow } from "./session.ts";
import type { SessionStore } from "./session-store.ts";

export type SessionServiceDeps = { readonly sessions: SessionStore; readonly newId: () => SessionId };
export type OpenedSession = { readonly id: SessionId; readonly account: Account; readonly endsAtMs: number };

/** Where an account is signed in, and how that ends. */
export function makeSessionService({ sessions, newId }: SessionServiceDeps) {
  return {
    /** Throws account.bad_credentials where the account or its password changed since `passwordHash` was compared. */
    async open(
      { account }: Fan,
      { passwordHash, userAgent }: { passwordHash: string; userAgent: string | null },
    ): Promise<OpenedSession> {
      const id = newId();
      const device = deviceWords(userAgent);
      const opened = await sessions.open({ id, accountId: account.id, device, passwordHash });
      if (!opened) throw new AppError("account.bad_credentials");
      return { id, account, endsAtMs: opened.endsAtMs };
    },

    async list({ account }: Fan, sessionId: SessionId | null): Promise<(SessionRow & { isThis: boolean })[]> {
      const rows = await sessions.listOf(account.id);
      return rows.map((row) => ({ ...row, isThis: row.id === sessionId }));
    },

    /** One that is over already, or somebody else's, ends nothing: false. */
    end: ({ account }: Fan, id: SessionId): Promise<boolean> =>
      sessions.end({ accountId: account.id, id, by: "elsewhere" }),

    /** The cookie's own session, which its holder leaves. */
    leave: ({ account }: Fan, sessionId: SessionId | null): Promise<boolean> =>
      sessionId === null
        ? Promise.resolve(false)
        : sessions.end({ accountId: account.id, id: sessionId, by: "signed_out" }),

    /** "Sign out everywhere", this browser too. */
    endAll: ({ account }: Fan): Promise<number> =>
      sessions.endAll({ accountId: account.id, except: null, by: "elsewhere" }),
  };
}
export type SessionService = ReturnType<typeof makeSessionService>;
