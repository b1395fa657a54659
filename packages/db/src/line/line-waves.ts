import { z } from "zod";
import { PassEnd } from "@onsale/core/line/line";
import type { LineCounts, LineStore, WaveRow } from "@onsale/core/line/line-store";
import { must } from "@onsale/core/shared/assert";
import type { Database } from "../client.ts";
import { scopeOf } from "../organization/scope.ts";
import { retryConflicts } from "../retry.ts";

const Recorded = z.enum(["recorded", "known", "differs", "fenced"]);
const Counts = z.object({
  joined: z.int(),
  admitted: z.int(),
  inside: z.int(),
  servedTo: z.int(),
  ended: z.partialRecord(PassEnd, z.int()),
  tickets: z.int(),
});
const NONE_ENDED: LineCounts["ended"] = { bought: 0, left: 0, expired: 0, removed: 0 };

/** The controller's lease, the waves it let in and how their passes ended. */
export function lineWaves(database: Database) {
  const { sql } = database;
  const ofOwnEvent = scopeOf(database).andEvent(sql`l.event_id`);
  return {
    async takeLease({ holder, leaseMs }) {
      const [row] = await sql<{ fence: number }[]>`
        insert into line_controller as c (holder, fence, until)
        values (${holder}, 1, clock_timestamp() + ${leaseMs} * interval '1 millisecond')
        on conflict (single) do update
          set holder = excluded.holder, until = excluded.until,
            fence = c.fence + case when c.holder = excluded.holder then 0 else 1 end
          where c.holder = excluded.holder or c.until <= clock_timestamp()
        returning c.fence::float8 as fence`;
      return row ?? null;
    },
    async recordWave(input) {
      const [row] = await retryConflicts(
        () => sql`select record_wave(${JSON.stringify(input)}::text::jsonb) as outcome`,
      );
      return { kind: Recorded.parse(row?.["outcome"]) };
    },
    async endPasses(lineId, ends) {
      if (ends.length === 0) return;
      await retryConflicts(() => sql`select end_passes(${lineId}, ${JSON.stringify(ends)}::text::jsonb)`);
    },
    async openPasses(lineId) {
      type Row = Awaited<ReturnType<LineStore["openPasses"]>>[number];
      return sql<Row[]>`
        select p.account_id as "accountId", p.number, ms_of(p.admitted_at)::float8 as "admittedAtMs", p.extensions
        from line l join line_pass p on p.line_no = l.line_no
        where l.id = ${lineId} and p.ended is null order by p.number`;
    },
    async waves({ lineId, limit, beforeSeq }) {
      return sql<WaveRow[]>`
        select w.seq, ms_of(w.at)::float8 as "atMs", w.fence::float8 as fence, w.admitted,
          w.active_after as "activeAfter", w.inputs, w.reason, w.numbers
        from line l join line_wave w on w.line_no = l.line_no
        where l.id = ${lineId} and (${beforeSeq ?? null}::integer is null or w.seq < ${beforeSeq ?? null}::integer)
          ${ofOwnEvent}
        order by w.line_no desc, w.seq desc limit ${limit}`;
    },
    async counts(lineId) {
      const [row] = await sql`
        select (select count(*)::int from line_entry e where e.line_no = l.line_no) as joined,
          coalesce(p.admitted, 0) as admitted, coalesce(p.inside, 0) as inside, coalesce(p.ended, '{}') as ended,
          (select coalesce(max(number), 0) from line_pass s where s.line_no = l.line_no) as "servedTo",
          (select count(*)::int from ticket t
            where t.event_id = l.event_id and t.status in ('issued', 'used') and t.issued_at >= l.opened_at
              and exists (select from line_pass p where p.line_no = l.line_no and p.account_id = t.account_id)) as tickets
        from line l left join lateral (
          select sum(n)::int as admitted, (sum(n) filter (where ended is null))::int as inside,
            jsonb_object_agg(ended, n) filter (where ended is not null) as ended
          from (select ended, count(*) as n from line_pass where line_no = l.line_no group by ended) by_end) p on true
        where l.id = ${lineId} ${ofOwnEvent}`;
      const counts = Counts.parse(must(row, "whoever counts knows the line"));
      return { ...counts, ended: { ...NONE_ENDED, ...counts.ended } };
    },
  } satisfies Partial<LineStore>;
}
