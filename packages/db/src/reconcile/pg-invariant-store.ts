import { z } from "zod";
import type { InvariantCheck, InvariantStore } from "@onsale/core/reconcile/reconcile";
import type { Database } from "../client.ts";
import { ACCESS_INVARIANTS } from "./access-invariants.ts";
import type { Invariant } from "./invariant.ts";
import { LINE_INVARIANTS } from "./line-invariants.ts";
import { MONEY_INVARIANTS } from "./money-invariants.ts";
import { STOCK_INVARIANTS } from "./stock-invariants.ts";
import { TRAIL_INVARIANTS } from "./trail-invariants.ts";
import { WAITLIST_INVARIANTS } from "./waitlist-invariants.ts";

const ROWS_SHOWN_MAX = 20;

const numberOf = (invariant: Invariant) => Number(invariant.id.slice(1));
export const INVARIANTS: readonly Invariant[] = [
  ...STOCK_INVARIANTS,
  ...MONEY_INVARIANTS,
  ...LINE_INVARIANTS,
  ...TRAIL_INVARIANTS,
  ...ACCESS_INVARIANTS,
  ...WAITLIST_INVARIANTS,
].toSorted((a, b) => numberOf(a) - numberOf(b));

const Answer = z.object({ violations: z.int(), rows: z.array(z.record(z.string(), z.unknown())) });

/** Each invariant is one statement, so it looks at one snapshot; the sale may go on between two of them. */
export function makePgInvariantStore({ sql }: Pick<Database, "sql">): InvariantStore {
  async function check({ id, title, query }: Invariant, eventId: string | null): Promise<InvariantCheck> {
    const [row] = await sql.unsafe(
      `with found as materialized (${query})
       select (select count(*) from found)::int as violations,
         coalesce((select jsonb_agg(to_jsonb(shown)) from (select * from found limit ${ROWS_SHOWN_MAX}) shown), '[]') as rows`,
      [eventId],
    );
    return { id, title, ...Answer.parse(row) };
  }
  return {
    async checkInvariants(eventId) {
      const checks: InvariantCheck[] = [];
      for (const invariant of INVARIANTS) checks.push(await check(invariant, eventId));
      return checks;
    },
  };
}
