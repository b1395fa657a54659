import type { Account } from "@onsale/core/actor/account";
import type { PendingSignUp, SignUpStore } from "@onsale/core/account/sign-up-store";
import type { Database } from "../client.ts";
import { brokenConstraint } from "../pg-errors.ts";

export function makePgSignUpStore({ sql }: Pick<Database, "sql">): SignUpStore {
  return {
    async start(signUp) {
      const [row] = await sql<{ waitMs: number }[]>`
        select start_sign_up(${JSON.stringify(signUp)}::text::jsonb)::float8 as "waitMs"`;
      const retryInMs = row?.waitMs ?? 0;
      return retryInMs === 0 ? { kind: "started" } : { kind: "too_many", retryInMs };
    },
    async find(id) {
      const [row] = await sql<PendingSignUp[]>`
        select id, email, name from sign_up where id = ${id} and expires_at > clock_timestamp()`;
      return row ?? null;
    },
    async takeTry(id) {
      const [row] = await sql<{ triesLeft: number | null }[]>`select take_sign_up_try(${id}) as "triesLeft"`;
      return row?.triesLeft == null ? null : { triesLeft: row.triesLeft };
    },
    async complete(id) {
      try {
        const [account] = await sql<Account[]>`
          select id, email, name, role, true as "emailVerified", false as "isMember" from complete_sign_up(${id})`;
        return account ? { kind: "done", account } : { kind: "over" };
      } catch (error) {
        if (brokenConstraint(error) === "account_email_once") return { kind: "taken" };
        throw error;
      }
    },
    async forget() {
      const signUps = await sql`delete from sign_up where expires_at < clock_timestamp() - interval '1 day'`;
      const resets =
        await sql`delete from password_reset where expires_at < clock_timestamp() - interval '30 days'`;
      return signUps.count + resets.count;
    },
  };
}
