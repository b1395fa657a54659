import type { Account } from "@onsale/core/actor/account";
import {
  FAN_SESSION_MS,
  type SessionId,
  type SessionRow,
  STAFF_SESSION_MS,
} from "@onsale/core/account/session";
import type { NewSession, SessionStore } from "@onsale/core/account/session-store";
import { must } from "@onsale/core/shared/assert";
import type { Database } from "../client.ts";

/** The list of sessions says when each was last used, to this. */
const SEEN_EVERY_MS = 5 * 60_000;
const LIFETIMES = { fanMs: FAN_SESSION_MS, staffMs: STAFF_SESSION_MS };

export function makePgSessionStore({ sql }: Pick<Database, "sql">): SessionStore {
  return {
    async open(session) {
      const [row] = await sql<{ endsAtMs: number | null }[]>`
        select (extract(epoch from open_session(${JSON.stringify({ ...session, ...LIFETIMES })}::text::jsonb)) * 1000)::float8
          as "endsAtMs"`;
      return row?.endsAtMs == null ? null : { endsAtMs: row.endsAtMs };
    },

    async openMany(sessions) {
      const all = sessions.map((session: NewSession) => ({ ...session, ...LIFETIMES }));
      const rows = await sql<{ endsAtMs: number | null }[]>`
        select (extract(epoch from open_session(s.p)) * 1000)::float8 as "endsAtMs"
        from jsonb_array_elements(${JSON.stringify(all)}::text::jsonb) with ordinality s (p, n) order by s.n`;
      return rows.map(({ endsAtMs }) => ({
        endsAtMs: must(endsAtMs, "an account that was just made is not disabled"),
      }));
    },

    async findLive(ids) {
      const rows = await sql<{ session: SessionId; isDue: boolean; account: Account }[]>`
        select s.id as session,
          s.seen_at < clock_timestamp() - ${SEEN_EVERY_MS} * interval '1 millisecond' as "isDue",
          json_build_object('id', a.id, 'email', a.email, 'name', a.name, 'role', a.role,
            'emailVerified', a.email_verified_at is not null,
            'isMember', exists (select from organization_member m where m.account_id = a.id)) as account
        from session s join account a on a.id = s.account_id
        where s.id = any(${[...ids]}::uuid[]) and s.ended_at is null and s.ends_at > clock_timestamp()
          and a.disabled_at is null`;
      const due = rows.filter(({ isDue }) => isDue).map(({ session }) => session);
      if (due.length > 0)
        await sql`update session set seen_at = clock_timestamp() where id = any(${due}::uuid[]) and ended_at is null`;
      return new Map(rows.map(({ session, account }) => [session, account]));
    },

    async endedLately(withinMs) {
      const rows = await sql<{ id: SessionId }[]>`
        select id from session where ended_at > clock_timestamp() - ${withinMs} * interval '1 millisecond'`;
      return rows.map(({ id }) => id);
    },

    async listOf(accountId) {
      return await sql<SessionRow[]>`
        select id, device, ms_of(created_at)::float8 as "createdAtMs", ms_of(seen_at)::float8 as "seenAtMs",
          ms_of(ends_at)::float8 as "endsAtMs"
        from session where account_id = ${accountId} and ended_at is null and ends_at > clock_timestamp()
        order by seen_at desc, id`;
    },

    async end({ accountId, id, by }) {
      const ended = await sql`
        update session set ended_at = clock_timestamp(), ended_by = ${by}
        where id = ${id} and account_id = ${accountId} and ended_at is null and ends_at > clock_timestamp()`;
      return ended.count > 0;
    },

    async endAll({ accountId, except, by }) {
      const ended = await sql`
        update session set ended_at = clock_timestamp(), ended_by = ${by}
        where account_id = ${accountId} and ended_at is null and ends_at > clock_timestamp()
          and id is distinct from ${except}`;
      return ended.count;
    },

    async forget(olderThanMs) {
      const gone = await sql`
        delete from session where ends_at < clock_timestamp() - ${olderThanMs} * interval '1 millisecond'
          or ended_at < clock_timestamp() - ${olderThanMs} * interval '1 millisecond'`;
      return gone.count;
    },
  };
}
