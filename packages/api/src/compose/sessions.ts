import type { Clock } from "@onsale/core/shared/clock";
import type { Config } from "../config.ts";
import type { Stores } from "./stores.ts";
import { makeSessionReader, sessionCookieName } from "../account/session.ts";
import { keysFor, SESSIONS } from "../keys/installation-keys.ts";
import { makeSessionTokens } from "../account/session-token.ts";

export function composeSessions(
  config: Config,
  {
    stores: { accounts, sessionRows },
    clock,
  }: { stores: Pick<Stores, "accounts" | "sessionRows">; clock: Clock },
) {
  const sessionTokens = makeSessionTokens(keysFor(SESSIONS, config.authSecrets));
  const sessions = makeSessionReader({
    sessions: sessionRows,
    accounts,
    tokens: sessionTokens,
    clock,
    cookieName: sessionCookieName(config.publicUrl),
  });
  return { sessionTokens, sessions };
}
