import { AUDIT_WRONGS, type AuditStore } from "@onsale/core/audit/audit-store";
import { cutPage, readCursor, writeCursor } from "@onsale/core/shared/page";
import { z } from "zod";
import { auditAppend } from "./audited.ts";
import type { Database } from "../client.ts";
import { withTx } from "../with-tx.ts";
import { AUDIT_CHAIN_QUERY } from "../reconcile/trail-invariants.ts";

const FAULTS_SHOWN_MAX = 100;
const Entries = z.array(
  z.object({
    seq: z.coerce.number(),
    atMs: z.coerce.number(),
    actor: z.string(),
    action: z.string(),
    detail: z.unknown(),
  }),
);
const Verdict = z.object({
  chains: z.int(),
  entries: z.int(),
  faultCount: z.int(),
  faults: z.array(z.object({ chain: z.string(), seq: z.coerce.number(), wrong: z.enum(AUDIT_WRONGS) })),
});
const Link = z.object({ seq: z.coerce.number(), hash: z.string() });

export function makePgAuditStore({ sql }: Pick<Database, "sql">): AuditStore {
  return {
    append: (actor, entry) => withTx({ sql }, (tx) => auditAppend(tx, actor, entry)),
    async list({ chain, after, limit }) {
      const before = readCursor(after)?.sortKey ?? null;
      const [rows, [counted]] = await Promise.all([
        sql`
          select seq, ms_of(at) as "atMs", actor, action, detail from audit
          where chain = ${chain} and (${before}::bigint is null or seq < ${before}::bigint)
          order by seq desc limit ${limit + 1}`,
        sql`select count(*)::int as total from audit where chain = ${chain}`,
      ]);
      return cutPage(Entries.parse([...rows]), {
        limit,
        total: z.int().parse(counted?.["total"]),
        cursorOf: ({ seq }) => writeCursor(seq, chain),
      });
    },
    async verify(chain) {
      // One statement, so that it sees one snapshot: entries that arrive meanwhile belong to neither side.
      const [row] = await sql.unsafe(
        `with found as materialized (${AUDIT_CHAIN_QUERY})
         select (select count(distinct a.chain)::int from audit a where $1::uuid is null or a.chain = $1) as chains,
           (select count(*)::int from audit a where $1::uuid is null or a.chain = $1) as entries,
           (select count(*)::int from found) as "faultCount",
           (select coalesce(jsonb_agg(to_jsonb(f)), '[]')
              from (select * from found order by chain, seq limit ${FAULTS_SHOWN_MAX}) f) as faults`,
        [chain],
      );
      return Verdict.parse(row);
    },
    async link(chain, seq) {
      const [row] = await sql`
        select seq, encode(hash, 'hex') as hash from audit
        where chain = ${chain} and (${seq}::bigint is null or seq = ${seq}::bigint)
        order by seq desc limit 1`;
      return row ? Link.parse(row) : null;
    },
  };
}
