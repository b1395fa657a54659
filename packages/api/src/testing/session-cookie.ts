import type { Account } from "@onsale/core/actor/account";
import type { SessionId } from "@onsale/core/account/session";
import { must } from "@onsale/core/shared/assert";
import type { TestApp } from "./test-app.ts";

/** A session of this account as a browser has it. */
export async function cookieOf(
  { container: { sessions } }: TestApp,
  account: Account,
): Promise<{ cookie: string; sessionId: SessionId }> {
  const cookie = await sessions.issue(account);
  const signedIn = must(await sessions.read(cookie), "a session that was just issued is live");
  return { cookie, sessionId: must(signedIn.sessionId, "it came by a cookie") };
}
