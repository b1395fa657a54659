import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import type { InvariantCheck } from "@onsale/core/reconcile/reconcile";
import { EventId } from "@onsale/core/shared/ids";
import type { LineStore } from "@onsale/core/line/line-store";
import { makePgLineStore } from "../line/pg-line-store.ts";
import { joinOf, openLine, waveInputs, waveOf } from "../testing/line-fixture.ts";
import { makePgOrderStore } from "../order/pg-order-store.ts";
import { openPresale } from "../testing/presale-fixture.ts";
import { answerFor, buy, openSale, orderDraft } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { openWaitlist } from "../testing/waitlist-fixture.ts";
import { INVARIANTS, makePgInvariantStore } from "./pg-invariant-store.ts";

/** For each invariant, one wrong thing done to the database behind the back of every constraint and trigger. */
const WRONGS: Record<string, string> = {
  I1: `drop index ticket_seat_once; drop index ticket_item_once;
    insert into ticket select gen_random_uuid(), order_id, event_id, account_id, item_index, seat_no, area_no, place,
      ticket_type, category, face_minor from ticket where seat_no is not null limit 1`,
  I2: `alter table ga_pool drop constraint ga_pool_within_capacity; update ga_pool set sold = capacity + 1`,
  I3: `delete from ticket where id in (select id from ticket limit 1)`,
  I4: `update payment set captured_at = clock_timestamp() - interval '61 seconds';
    update orders set state = 'committed', paid_at = null where state = 'paid'`,
  I5: `update ledger_posting set amount_minor = amount_minor + 1 where line = 2`,
  I6: `drop index one_live_payment_per_order; insert into payment (order_id, attempt, provider, key, method, provider_ref, state, amount_minor, currency, updated_at)
    select id, 2, 'sandbox', 'key', 'card', 'pay_nowhere', 'captured', 1, 'EUR', clock_timestamp() - interval '3 minutes'
    from orders where state = 'awaiting_payment' limit 1`,
  I7: `update seat_claim set expires_at = clock_timestamp() - interval '6 minutes' where state = 'claimed'`,
  I9: `delete from seat_claim where state = 'sold'`,
  I10: `alter table fan_quota drop constraint quota_within_limit; update fan_quota set taken = max_per_fan + 1`,
  I11: `alter table line_wave drop constraint line_wave_within_cap; update line_wave set active_after = 101 where seq = 1`,
  I12: `update line_pass set present_since = admitted_at - interval '3 seconds' where number = 1`,
  I13: `alter table orders drop constraint order_key_once; update orders set idempotency_key = 'same', account_id = event_id`,
  I14: `drop index order_hold_once; update orders set hold_id = event_id`,
  I15: `update orders set state = 'cancelled', reason = 'nobody knows' where state = 'awaiting_payment'`,
  I16: `alter table webhook_event drop constraint webhook_event_once;
    insert into webhook_event (provider, event_id, provider_ref) values ('test', 'e1', 'p'), ('test', 'e1', 'p')`,
  I17: `alter table ticket drop constraint ticket_used_when; update ticket set status = 'used'`,
  I18: `update access_code set uses = uses - 1 where uses > 0`,
  I19: `alter table orders drop constraint order_total_adds_up; update orders set total_minor = total_minor - 1`,
  I20: `update job set run_at = clock_timestamp() - interval '61 seconds'`,
  I21: `update orders set pay_by = clock_timestamp() - interval '6 minutes' where state = 'awaiting_payment'`,
  I22: `update orders set price_version = 7`,
  I23: `update audit set detail = '["nothing happened"]' where seq = 2`,
  I24: `update waitlist_offer set expires_at = clock_timestamp() - interval '61 seconds'`,
  I25: `update payment set state = 'authorised' where state = 'captured'`,
  I26: `update ticket set account_id = event_id`,
  I27: `update job set parked_at = clock_timestamp(), last_error = 'nobody reads this address'`,
  I28: `insert into parked_order (order_id, stage, error) select id, 'confirm', 'no such seat' from orders limit 1`,
};

/** Each part of what an order, its payment, its tickets and its work may be, and the words it is found with. */
const ORDER_WRONGS: readonly (readonly [id: string, found: string, wrong: string])[] = [
  [
    "I21",
    "not_captured",
    `update orders set committed_at = now() - interval '3 minutes' where state = 'committed'`,
  ],
  [
    "I21",
    "past_its_time",
    `update orders set pay_by = now() - interval '6 minutes' where state = 'awaiting_payment'`,
  ],
  ["I25", "without_payment", `delete from payment where state = 'captured'`],
  ["I25", "not_captured", `update payment set state = 'voided' where state = 'captured'`],
  ["I25", "not_captured", `update payment set state = 'authorised' where state = 'captured'`],
  ["I26", "other_account", `update ticket set account_id = event_id`],
  ["I26", "other_event", `update ticket set event_id = (select max(id::text)::uuid from orders)`],
  ["I26", "other_place", `update ticket set seat_no = seat_no + 5 where seat_no is not null`],
  ["I26", "other_place", `update ticket set area_no = 3 where area_no is not null`],
  ["I27", "parked", `update job set parked_at = now()`],
  ["I27", "fails_again", `update job set attempts = 10, last_error = 'no mail server'`],
  [
    "I28",
    "parked",
    `insert into parked_order (order_id, stage, error) select id, 'end', 'taken' from orders limit 1`,
  ],
];

/** Each part of I24, and the words it is found with. */
const WAITLIST_WRONGS: readonly (readonly [found: string, wrong: string])[] = [
  [
    "several_open_offers",
    `drop index waitlist_offer_open_once;
      insert into waitlist_offer (id, entry_id, event_id, account_id, hold_id, items, expires_at)
      select gen_random_uuid(), entry_id, event_id, account_id, gen_random_uuid(), items, expires_at from waitlist_offer`,
  ],
  ["wait_and_offer_differ", `update waitlist_entry set state = 'waiting'`],
  [
    "wait_and_offer_differ",
    `update waitlist_offer set state = 'lapsed', ended_at = clock_timestamp(); delete from waitlist_seat`,
  ],
  ["open_past_its_time", `update waitlist_offer set expires_at = clock_timestamp() - interval '61 seconds'`],
  [
    "bought_without_sale",
    `update waitlist_offer set state = 'bought', ended_at = clock_timestamp(),
      order_id = (select id from orders where state = 'paid' limit 1)`,
  ],
  ["seat_of_no_open_offer", `update waitlist_offer set state = 'withdrawn', ended_at = clock_timestamp()`],
];

/** Each half of I11 and I12, and the words it is found with. */
const LINE_WRONGS: readonly (readonly [id: string, found: string, wrong: string])[] = [
  [
    "I11",
    "above_cap",
    `alter table line_wave drop constraint line_wave_within_cap; update line_wave set active_after = 101 where seq = 1`,
  ],
  [
    "I11",
    "above_inflow",
    `alter table line_wave drop constraint line_wave_within_inflow;
      update line_wave set inputs = inputs || '{"inflowPerSecond": 1}' where seq = 1`,
  ],
  ["I11", "above_inflow", `update line_wave set at = '2026-01-01T00:00:00.5Z'`],
  [
    "I12",
    "overtaken",
    `update line_pass set present_since = admitted_at - interval '3 seconds' where number = 1`,
  ],
  ["I12", "let_in_twice", `update line_wave set numbers = '{2}' where seq = 2`],
  ["I12", "wave_and_pass_differ", `delete from line_pass where number = 3`],
  ["I12", "wave_and_pass_differ", `update line_pass set number = 4 where number = 3`],
  ["I12", "given_twice", `drop index line_number_once; update line_entry set number = 2 where number = 3`],
  ["I12", "given_twice", `update line_entry set drawn_as = 2 where number = 5`],
  [
    "I12",
    "given_twice",
    `drop index line_drawn_once; update line_entry set drawn_as = number, number = number + 10 where number in (2, 3);
      update line_entry set drawn_as = 2 where drawn_as = 3`,
  ],
  ["I12", "above_last_number", `update line set last_number = 4`],
  ["I12", "draw_incomplete", `delete from line_entry where number = 2`],
];

/** Four fans and one who came later; the second and third are let in first, then, a second later, the first. */
async function runLine(store: LineStore, eventId: EventId): Promise<void> {
  const { lineId, admission } = await openLine(store, eventId, { fans: 4, settings: { inflowPerSecond: 2 } });
  await store.join(joinOf(lineId));
  const inputs = waveInputs({ inflowPerSecond: 2 });
  await store.recordWave(waveOf(lineId, [admission(2), admission(3)], { atMs: 10_500, inputs }));
  await store.recordWave(
    waveOf(lineId, [admission(1, 10_500)], { seq: 2, atMs: 11_500, activeAfter: 3, inputs }),
  );
}

describeWithDatabase("invariants", (database) => {
  let eventId: EventId;
  beforeAll(async () => {
    eventId = await openSale(database(), { seats: 10, standing: 10, houseSeats: 1 });
    const orders = makePgOrderStore(database());
    await buy(orders, orderDraft(eventId, { seats: [0, 1], places: 1 }));
    await orders.commitOrders([orderDraft(eventId, { seats: [2], places: 2 })]);
    const ended = orderDraft(eventId, { seats: [3], places: 1 });
    await orders.commitOrders([ended]);
    await orders.endOrders({ orderIds: [ended.orderId], to: "failed", reason: "declined" });
    await openPresale(database(), eventId);
    await orders.commitOrders([orderDraft(eventId, { seats: [5, 6] }, { windowKey: "fans" })]);
    const sold = orderDraft(eventId, { seats: [4] });
    await orders.commitOrders([sold]);
    await orders.settlePayments([answerFor(sold, "authorised")]);
    await runLine(makePgLineStore(database()), eventId);
    await openWaitlist(database(), eventId, 8);
  });

  it("find nothing in a sound database, for one event and for all", async () => {
    const store = makePgInvariantStore(database());
    for (const scope of [null, eventId, EventId.parse(randomUUID())]) {
      const checks = await store.checkInvariants(scope);
      expect(checks.filter((check) => check.violations > 0)).toEqual([]);
      expect(checks.map((check) => check.id)).toEqual(INVARIANTS.map((invariant) => invariant.id));
    }
  });

  it("each has a wrong that it must find", () => {
    expect(Object.keys(WRONGS)).toEqual(INVARIANTS.map((invariant) => invariant.id));
  });

  /** What the store finds while the wrong stands; all of it is undone. */
  async function checksAfter(wrong: string, scopes: readonly (EventId | null)[]): Promise<InvariantCheck[]> {
    const undo = new Error("undo");
    const found: InvariantCheck[] = [];
    const { sql } = database().owner;
    const attempt = sql.begin(async (tx) => {
      // Triggers and foreign keys sleep in this session; what is left are the indexes and checks that `wrong` drops.
      await tx.unsafe(`set local session_replication_role = replica; ${wrong}`);
      const store = makePgInvariantStore({ sql: tx as unknown as typeof sql });
      for (const scope of scopes) found.push(...(await store.checkInvariants(scope)));
      throw undo;
    });
    await attempt.catch((error: unknown) => {
      if (error !== undo) throw error;
    });
    return found;
  }

  it("I6 finds money that the provider still holds for an order that is over", async () => {
    const wrong = `update orders set ended_at = clock_timestamp() - interval '3 minutes' where state = 'failed';
      insert into sandbox_payment (provider_ref, idempotency_key, order_id, state, method, amount_minor, currency, return_url,
        created_at)
      select 'sbx_kept', 'kept', id, 'authorised', 'card_3ds', 1, 'EUR', '', ended_at from orders where state = 'failed' limit 1`;
    const checks = (await checksAfter(wrong, [null, eventId])).filter((check) => check.id === "I6");
    expect(checks.map(({ rows }) => rows.map((row) => row["provider_ref"]))).toEqual([
      ["sbx_kept"],
      ["sbx_kept"],
    ]);
  });

  it.each([
    ["a code used more often than it may be", "update access_code set max_uses = 0"],
    ["a grant that no use was counted for", "delete from access_grant where code_id is not null"],
    ["a grant by a code of another presale", "update access_grant set window_key = 'sponsors'"],
    ["places of a presale that nobody ordered", "update window_allotment set taken = taken + 1"],
    ["orders of a presale that nobody counted", "delete from window_allotment"],
    ["more sold than the allotment", "update window_allotment set allotment = taken - 1"],
  ])("I18 finds %s", async (_, wrong) => {
    const unbound = `alter table access_code drop constraint access_code_within_uses,
        drop constraint access_code_max_uses_check;
      alter table window_allotment drop constraint window_allotment_within;`;
    const checks = (await checksAfter(`${unbound} ${wrong}`, [null, eventId])).filter(
      ({ id }) => id === "I18",
    );
    expect(checks.map(({ violations }) => violations > 0)).toEqual([true, true]);
  });

  it.each([
    ["I2", "miscounted", "update ga_pool set sold = capacity + 1"],
    ["I2", "beyond_capacity", "update ga_pool set capacity = 2"],
    ["I10", "miscounted", "update fan_quota set taken = max_per_fan + 1"],
    ["I10", "miscounted", "delete from fan_quota"],
    ["I10", "beyond_limit", "update fan_quota set max_per_fan = 1"],
    ["I18", "presale_miscounted", "update window_allotment set taken = allotment + 1"],
    ["I18", "presale_beyond_allotment", "update window_allotment set allotment = 1"],
  ])(
    "%s calls %s what the orders say, so that a wrong counter is one to count anew (%s)",
    async (id, found, wrong) => {
      const unbound = `alter table ga_pool drop constraint ga_pool_within_capacity;
      alter table fan_quota drop constraint quota_within_limit;
      alter table window_allotment drop constraint window_allotment_within;`;
      const checks = (await checksAfter(`${unbound} ${wrong}`, [eventId])).filter((check) => check.id === id);
      expect(checks.flatMap(({ rows }) => rows.map((row) => row.wrong))).toContain(found);
    },
  );

  it.each(LINE_WRONGS)("%s finds what is %s", async (id, found, wrong) => {
    const checks = (await checksAfter(wrong, [null, eventId])).filter((check) => check.id === id);
    expect(checks.map(({ rows }) => rows.some((row) => row["wrong"] === found))).toEqual([true, true]);
  });

  it.each(ORDER_WRONGS)("%s finds what is %s and names the order", async (id, found, wrong) => {
    const scopes = found === "other_event" ? [null] : [null, eventId];
    const checks = (await checksAfter(wrong, scopes)).filter((check) => check.id === id);
    const told = checks.map(({ rows }) =>
      rows.some((row) => row["wrong"] === found && /^[A-Z0-9-]+$/.test(String(row["reference"]))),
    );
    expect(told).toEqual(scopes.map(() => true));
  });

  it.each(WAITLIST_WRONGS)("I24 finds what is %s", async (found, wrong) => {
    const checks = (await checksAfter(wrong, [null, eventId])).filter((check) => check.id === "I24");
    expect(checks.map(({ rows }) => rows.some((row) => row["wrong"] === found))).toEqual([true, true]);
  });

  it.each(Object.entries(WRONGS))("%s finds what no constraint stopped", async (id, wrong) => {
    const checks = (await checksAfter(wrong, [null, eventId])).filter((check) => check.id === id);
    expect(checks.map((check) => check.violations > 0 && check.rows.length > 0)).toEqual([true, true]);
  });

  it.each(["I3", "I4", "I15", "I21", "I25", "I26"])(
    "%s names the order and the event as people know them",
    async (id) => {
      const [check] = (await checksAfter(WRONGS[id] ?? "", [eventId])).filter((one) => one.id === id);
      const orders = await database().sql`select reference from orders where event_id = ${eventId}`;
      const references = orders.map(({ reference }) => String(reference));
      const [event] = await database().sql`select slug from event where id = ${eventId}`;
      const named = check?.rows.map(({ reference, event: slug }) => [
        references.includes(reference ?? ""),
        slug,
      ]);
      expect(named).toContainEqual([true, event?.["slug"]]);
      expect(named?.every(([isKnown]) => isKnown)).toBe(true);
    },
  );
});
