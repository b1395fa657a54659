import type { Container } from "@onsale/api/compose/container";
import type { Account } from "@onsale/core/actor/account";

const ACCOUNTS_AT_ONCE = 2_000;

/** A signed-in account: its session as a Cookie header. */
export type DrillAccount = { readonly account: Account; readonly cookie: string };

/** Accounts for a crowd and a session for each, in the order of their numbers: "fan-0.<drill>@drill.invalid" and so on. */
export async function signInCrowd(
  container: Container,
  { drill, name, count }: { drill: string; name: "fan" | "bot"; count: number },
): Promise<DrillAccount[]> {
  const signedIn: DrillAccount[] = [];
  while (signedIn.length < count) {
    const first = signedIn.length;
    const size = Math.min(ACCOUNTS_AT_ONCE, count - first);
    // .invalid is reserved (RFC 2606): no mail can ever reach somebody.
    const emails = Array.from({ length: size }, (_, n) => `${name}-${first + n}.${drill}@drill.invalid`);
    const accounts = await container.accounts.createMany(emails);
    const cookies = await container.sessions.issueMany(accounts);
    signedIn.push(...accounts.map((account, n) => ({ account, cookie: cookies[n] ?? "" })));
  }
  return signedIn;
}
