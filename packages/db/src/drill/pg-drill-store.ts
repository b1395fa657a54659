import { z } from "zod";
import type { DrillStore } from "@onsale/core/drill/drill-store";
import { PassEnd } from "@onsale/core/line/line";
import { AccountId } from "@onsale/core/shared/ids";
import type { Database } from "../client.ts";

const Admissions = z.array(
  z.object({
    number: z.int(),
    wave: z.int(),
    accountId: AccountId,
    presentSinceMs: z.coerce.number(),
    admittedAtMs: z.coerce.number(),
    ended: PassEnd.nullable(),
    extensions: z.int(),
  }),
);
const Tickets = z.array(z.object({ accountId: AccountId, tickets: z.int() }));

/** Read once, after a drill. */
export function makePgDrillStore({ sql }: Pick<Database, "sql">): DrillStore {
  return {
    async admissions(lineId) {
      const rows = await sql`
        select p.number, p.wave, p.account_id as "accountId", ms_of(p.present_since) as "presentSinceMs",
          ms_of(p.admitted_at) as "admittedAtMs", p.ended, p.extensions
        from line_pass p join line l using (line_no) where l.id = ${lineId} order by p.number`;
      return Admissions.parse([...rows]);
    },
    async ticketsByAccount(eventId) {
      const rows = await sql`
        select account_id as "accountId", count(*)::int as tickets from ticket
        where event_id = ${eventId} and status <> 'void' group by account_id`;
      return Tickets.parse([...rows]);
    },
    async missingTickets(eventId, ticketIds) {
      const [row] = await sql`
        select count(*)::int as missing from unnest(${[...ticketIds]}::uuid[]) shown (id)
        where not exists (select from ticket t
          where t.id = shown.id and t.event_id = ${eventId} and t.status <> 'void')`;
      return z.int().parse(row?.["missing"]);
    },
    async cutConnections() {
      const [row] = await sql`
        select count(*) filter (where pg_terminate_backend(pid))::int as cut from pg_stat_activity
        where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`;
      return z.int().parse(row?.["cut"]);
    },
  };
}
