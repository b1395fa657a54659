import { createHash } from "node:crypto";
import type { PasswordResetStore } from "@onsale/core/account/password-reset-store";
import type { Database } from "../client.ts";

const hashOf = (token: string) => createHash("sha256").update(token).digest();

export function makePgPasswordResetStore({ sql }: Pick<Database, "sql">): PasswordResetStore {
  return {
    async ask({ id, email }) {
      await sql`
        insert into job (kind, effect, payload)
        values ('mail.password_reset', ${`mail.password_reset:${id}`}, ${JSON.stringify({ id, email })}::text::jsonb)`;
    },
    async start({ token, ...reset }) {
      const p = JSON.stringify({ ...reset, tokenHash: hashOf(token).toString("hex") });
      const [row] = await sql<{ good: boolean }[]>`select start_password_reset(${p}::text::jsonb) as good`;
      return row?.good ?? false;
    },
    async ownerOf(token) {
      const [row] = await sql<{ email: string; name: string }[]>`
        select a.email, a.name from password_reset r join account a on a.id = r.account_id
        where r.token_hash = ${hashOf(token)} and r.used_at is null and r.expires_at > clock_timestamp()
          and a.disabled_at is null`;
      return row ?? null;
    },
    async use(token, passwordHash) {
      const [row] = await sql<{ account: string | null }[]>`
        select use_password_reset(${hashOf(token)}, ${passwordHash}) as account`;
      return row?.account != null;
    },
  };
}
