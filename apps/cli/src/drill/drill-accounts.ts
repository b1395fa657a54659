import type { Container } from "@onsale/api/container";

const ACCOUNTS_AT_ONCE = 2_000;

/** Accounts for the crowd and a signed-in session (a Cookie header) for each, in the order of their numbers. */
export async function signInCrowd(container: Container, drill: string, fans: number): Promise<string[]> {
  const cookies: string[] = [];
  while (cookies.length < fans) {
    const first = cookies.length;
    const count = Math.min(ACCOUNTS_AT_ONCE, fans - first);
    // .invalid is reserved (RFC 2606): no mail can ever reach somebody.
    const emails = Array.from({ length: count }, (_, n) => `fan-${first + n}.${drill}@drill.invalid`);
    const accounts = await container.accounts.createMany(emails);
    cookies.push(...(await Promise.all(accounts.map((account) => container.sessions.issue(account)))));
  }
  return cookies;
}
