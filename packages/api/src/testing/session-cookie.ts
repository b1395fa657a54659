import type { Account } from "@onsale/core/account/account";
import type { SessionId } from "@onsale/core/account/session";
import { must } from "@onsale/core/shared/assert";
import type { House } from "./test-house.ts";

/** A session of this account as a browser has it. */
export async function cookieOf(
  { container: { sessions } }: House,
  account: Account,
): Promise<{ cookie: string; sessionId: SessionId }> {
  const cookie = await sessions.issue(account);
  const signedIn = must(await sessions.read(cookie), "a session that was just issued is live");
  return { cookie, sessionId: must(signedIn.sessionId, "it came by a cookie") };
}
