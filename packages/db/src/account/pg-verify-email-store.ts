import type { StartedCode, VerifyEmailStore } from "@onsale/core/account/verify-email-store";
import type { Database } from "../client.ts";

export function makePgVerifyEmailStore({ sql }: Pick<Database, "sql">): VerifyEmailStore {
  return {
    async start(input) {
      const [row] = await sql<{ started: StartedCode }[]>`
        select start_email_code(${JSON.stringify(input)}::text::jsonb) as started`;
      return row?.started ?? { kind: "not_found" };
    },
    async takeTry(accountId) {
      const [row] = await sql<{ live: { nonce: string; triesLeft: number } | null }[]>`
        select take_email_try(${accountId}) as live`;
      return row?.live ?? null;
    },
    async verify(accountId, nonce) {
      const [row] = await sql<{ done: boolean }[]>`select verify_email(${accountId}, ${nonce}) as done`;
      return row?.done ?? false;
    },
  };
}
