import { describe, expect, it } from "vitest";
import type { EventId } from "@onsale/core/shared/ids";
import { brokenConstraint, type Constraint } from "../pg-errors.ts";
import { buy, openSale, orderDraft } from "../testing/sale-fixture.ts";
import { makeTestDatabase, type TestDatabase, testServerUrl } from "../testing/template-db.ts";
import { withTx } from "../with-tx.ts";
import { makePgOrderStore } from "./pg-order-store.ts";

/**
 * Negative controls: each wrong is refused by exactly one constraint, and goes through when that one is gone. So a green
 * race test says something about the constraint, and a migration that loses it turns this file red.
 */
type Mutant = { name: string; constraint: Constraint; drop: string; wrong: string };

const COPY_TICKET = `
  insert into ticket (id, order_id, event_id, account_id, item_index, seat_no, place, ticket_type, category, face_minor)
  select gen_random_uuid(), order_id, event_id, account_id, item_index + 50, seat_no, place, ticket_type, category, face_minor
  from ticket where event_id = $1 limit 1`;
/** The order once more, not paid yet, under another id and reference, and with another hold or key. */
const COPY_ORDER = (other: string) => `
  insert into orders select copy.* from orders o cross join lateral jsonb_populate_record(o, jsonb_build_object(
    'id', gen_random_uuid(), 'reference', gen_random_uuid(), '${other}', gen_random_uuid(),
    'state', 'awaiting_payment', 'paid_at', null)) copy
  where o.event_id = $1 limit 1`;

const MUTANTS: Mutant[] = [
  {
    name: "two live tickets for one seat (mutant M1)",
    constraint: "ticket_seat_once",
    drop: "drop index ticket_seat_once",
    wrong: COPY_TICKET,
  },
  {
    name: "two claims of one seat (mutant M1)",
    constraint: "seat_claim_once",
    drop: "alter table seat_claim drop constraint seat_claim_once",
    wrong: `insert into seat_claim (event_id, seat_no, state, order_id, hold_id)
      select event_id, seat_no, 'sold', gen_random_uuid(), gen_random_uuid() from seat_claim where event_id = $1 limit 1`,
  },
  {
    name: "two orders under one idempotency key (mutant M6)",
    constraint: "order_key_once",
    drop: "alter table orders drop constraint order_key_once",
    wrong: COPY_ORDER("hold_id"),
  },
  {
    name: "two orders of one hold",
    constraint: "order_hold_once",
    drop: "drop index order_hold_once",
    wrong: COPY_ORDER("idempotency_key"),
  },
  {
    name: "more tickets than a fan may have (mutant M14)",
    constraint: "quota_within_limit",
    drop: "alter table fan_quota drop constraint quota_within_limit",
    wrong: "update fan_quota set taken = max_per_fan + 1 where event_id = $1",
  },
  {
    name: "more standing places than there are",
    constraint: "ga_pool_within_capacity",
    drop: "alter table ga_pool drop constraint ga_pool_within_capacity",
    wrong: "update ga_pool set sold = capacity + 1 where event_id = $1",
  },
  {
    name: "a second capture of one order (mutant M11)",
    constraint: "one_live_payment_per_order",
    drop: "drop index one_live_payment_per_order",
    wrong: `insert into payment (order_id, attempt, provider, key, method, provider_ref, state, amount_minor, currency)
      select id, 2, 'test', 'key', 'card', gen_random_uuid()::text, 'captured', 1, 'EUR' from orders where event_id = $1 limit 1`,
  },
  {
    name: "a paid order without its tickets",
    constraint: "paid_has_tickets",
    drop: "drop trigger paid_has_tickets on orders",
    wrong: `with gone as (update ticket set status = 'void' where event_id = $1)
      update orders set state = 'paid' where event_id = $1`,
  },
  {
    name: "a ledger entry that does not sum to zero",
    constraint: "ledger_sums_to_zero",
    drop: "drop trigger ledger_sums_to_zero on ledger_posting",
    wrong: `insert into ledger_posting select id, 9, 'provider:test', 1 from ledger_entry where event_id = $1 limit 1`,
  },
  {
    name: "an order that comes back from its end",
    constraint: "order_moves",
    drop: "drop trigger order_moves on orders",
    wrong: "update orders set state = 'awaiting_payment', paid_at = null where event_id = $1",
  },
  {
    name: "an audit entry that is rewritten",
    constraint: "audit_append_only",
    drop: "drop trigger audit_append_only on audit",
    wrong: `update audit set action = 'nothing' where chain = $1`,
  },
];

const missing = testServerUrl() === null;

describe.skipIf(missing)("without its constraint", () => {
  async function attempt(
    database: TestDatabase,
    wrong: string,
    eventId: EventId,
  ): Promise<Constraint | null | "done"> {
    return withTx(database.owner, async (tx) => {
      await tx.unsafe(wrong, [eventId]);
      return "done" as const;
    }).catch(brokenConstraint);
  }

  it.each(MUTANTS)("$name: refused by $constraint, possible without", async ({ constraint, drop, wrong }) => {
    await using database = await makeTestDatabase({ poolMax: 2 });
    const eventId = await openSale(database, { seats: 5, standing: 5 });
    await buy(makePgOrderStore(database), orderDraft(eventId, { seats: [0] }));
    expect(await attempt(database, wrong, eventId)).toBe(constraint);
    await database.owner.sql.unsafe(drop);
    expect(await attempt(database, wrong, eventId)).toBe("done");
  });

  it("the race for one seat has several winners when claims do not look for each other (mutant M1)", async () => {
    await using database = await makeTestDatabase();
    const { sql } = database.owner;
    const [source] = await sql<{ text: string }[]>`
      select pg_get_functiondef(oid) as text from pg_proc where proname = 'commit_orders'`;
    // The claims' ON CONFLICT needs its constraint, so both go; and a lone order may not look before it writes.
    const conflict = /ON CONFLICT \(event_id, seat_no\) DO UPDATE[\s\S]*?(?=;\s*GET DIAGNOSTICS)/;
    expect(source?.text).toMatch(conflict);
    await sql.unsafe(
      (source?.text ?? "").replace(conflict, "").replace("cardinality(v_all) > 10 OR", "true OR"),
    );
    const eventId = await openSale(database, { seats: 2 });
    await sql.unsafe("alter table seat_claim drop constraint seat_claim_once");
    const orders = makePgOrderStore(database);
    const outcomes = (
      await Promise.all(
        Array.from({ length: 20 }, () => orders.commitOrders([orderDraft(eventId, { seats: [1] })])),
      )
    ).flat();
    expect(outcomes.filter((outcome) => outcome.kind === "committed").length).toBeGreaterThan(1);
  });
});
