import { z } from "zod";
import { type InvariantId, WRONGS } from "@onsale/core/reconcile/findings";
import type { InvariantCheck, InvariantStore } from "@onsale/core/reconcile/reconcile";
import { ProviderUnavailable } from "@onsale/core/payment/payment-provider";
import type { SandboxEntry } from "@onsale/core/payment/sandbox-book";
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

const answerTo = (id: InvariantId) =>
  z.object({
    violations: z.int(),
    rows: z.array(
      z.looseObject({
        wrong: z.enum(WRONGS[id]),
        reference: z.string().nullish(),
        event: z.string().nullish(),
      }),
    ),
  });

/** A row with the names that people know its order and its event by. */
const NAMED = `
  select row || jsonb_strip_nulls(jsonb_build_object('reference', o.reference, 'event', e.slug)) as row
  from (select to_jsonb(f) as row from found f limit ${ROWS_SHOWN_MAX}) shown
  cross join lateral (select
    coalesce(row ->> 'order_id', row ->> 'id') as order_id, coalesce(row ->> 'event_id', row ->> 'chain') as event_id) about
  left join orders o on row ->> 'reference' is null
    and o.id = case when about.order_id ~ '^[0-9a-f-]{36}$' then about.order_id::uuid end
  left join event e on e.id = coalesce(about.event_id::uuid, o.event_id)`;

/** The books of a sandbox that is a process of its own; read anew for each look. */
export type ReadSandboxBooks = () => Promise<
  readonly Pick<SandboxEntry, "providerRef" | "orderId" | "state" | "openedAtMs">[]
>;

/** No books, which are a list: whoever keeps them does not answer. */
const AWAY = "away";

/** Stands before the table of that name in a statement: the books of a third party are compared as those beside ours. */
const BOOKS_FROM_OUTSIDE = `sandbox_payment as materialized (
  select * from jsonb_to_recordset($2::text::jsonb)
    as book (provider_ref text, order_id uuid, state text, created_at timestamptz)),`;

/** Each invariant is one statement, so it looks at one snapshot; the sale may go on between two of them. */
export function makePgInvariantStore(
  { sql }: Pick<Database, "sql">,
  { readBooks = null }: { readBooks?: ReadSandboxBooks | null } = {},
): InvariantStore {
  /** null: they stand beside ours, or the question is not about them. */
  async function booksFor({ query }: Invariant): Promise<string | null> {
    if (!readBooks || !query.includes("sandbox_payment")) return null;
    const books = await readBooks().catch((error: unknown) => {
      if (error instanceof ProviderUnavailable) return null;
      throw error;
    });
    if (books === null) return AWAY;
    const rows = books.map(({ providerRef, orderId, state, openedAtMs }) => ({
      provider_ref: providerRef,
      order_id: orderId,
      state,
      created_at: new Date(openedAtMs).toISOString(),
    }));
    return JSON.stringify(rows);
  }

  async function check(invariant: Invariant, eventId: string | null): Promise<InvariantCheck> {
    const { id, title, query } = invariant;
    const books = await booksFor(invariant);
    if (books === AWAY) return { id, title, violations: 0, rows: [], away: "provider" };
    const [row] = await sql.unsafe(
      `with ${books === null ? "" : BOOKS_FROM_OUTSIDE} found as materialized (${query})
       select (select count(*) from found)::int as violations,
         coalesce((select jsonb_agg(named.row) from (${NAMED}) named), '[]') as rows`,
      books === null ? [eventId] : [eventId, books],
    );
    return { id, title, ...answerTo(id).parse(row), away: null };
  }
  return {
    async checkInvariants(eventId) {
      const checks: InvariantCheck[] = [];
      for (const invariant of INVARIANTS) checks.push(await check(invariant, eventId));
      return checks;
    },
  };
}
