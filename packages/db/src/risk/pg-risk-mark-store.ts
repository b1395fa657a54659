import type { RiskMark, RiskMarkState, RiskMarkStore } from "@onsale/core/risk/risk-mark";
import type { AccountId } from "@onsale/core/shared/ids";
import { audited } from "../audit/audited.ts";
import type { Database } from "../client.ts";

type Row = {
  account_id: AccountId;
  state: RiskMarkState;
  reason: string;
  marked_by: string;
  at_ms: number;
};
/** More marks than staff can make by hand; beyond it the newest count. */
const STATES_MAX = 100_000;

const markOf = (row: Row): RiskMark => ({
  accountId: row.account_id,
  state: row.state,
  reason: row.reason,
  by: row.marked_by,
  atMs: Math.floor(row.at_ms),
});

export function makePgRiskMarkStore({ sql }: Pick<Database, "sql">): RiskMarkStore {
  const columns = sql`account_id, state, reason, marked_by, extract(epoch from marked_at)::float8 * 1000 as at_ms`;
  return {
    async set(actor, mark) {
      const [row] = await sql<Row[]>`select ${columns} from mark_risk(${audited(actor, mark)}::text::jsonb)`;
      return row ? markOf(row) : null;
    },
    async find(accountId) {
      const [row] = await sql<Row[]>`select ${columns} from risk_mark where account_id = ${accountId}`;
      return row ? markOf(row) : null;
    },
    async list(limit) {
      return (await sql<Row[]>`select ${columns} from risk_mark order by marked_at desc limit ${limit}`).map(
        markOf,
      );
    },
    async states() {
      const rows = await sql<{ id: string; state: RiskMarkState }[]>`
        select account_id as id, state from risk_mark order by marked_at desc limit ${STATES_MAX}`;
      return new Map(rows.map(({ id, state }) => [id, state]));
    },
    async history(accountId, limit) {
      return (
        await sql<Row[]>`
          select chain as account_id, split_part(action, '.', 2) as state, detail ->> 'reason' as reason,
            actor as marked_by, extract(epoch from at)::float8 * 1000 as at_ms
          from audit where chain = ${accountId} and action in ('account.cleared', 'account.blocked')
          order by seq desc limit ${limit}`
      ).map(markOf);
    },
  };
}
