import { must } from "@onsale/core/shared/assert";
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { OrderDraft } from "@onsale/core/order/order-draft";
import type { OrderStore } from "@onsale/core/order/order-store";
import { type EventId, OrderId, TicketId } from "@onsale/core/shared/ids";
import { makeDatabase } from "../client.ts";
import { makePgInventoryFactsStore } from "../inventory/pg-inventory-facts-store.ts";
import { makePgInvariantStore } from "../reconcile/pg-invariant-store.ts";
import { answerFor, buy, onlyRecord, openSale, orderDraft, ticketIdsFor } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgOrderStore } from "./pg-order-store.ts";

describeWithDatabase("an order's life", (database) => {
  let orders: OrderStore;
  beforeAll(() => {
    orders = makePgOrderStore(database());
  });
  const facts = (eventId: EventId) => makePgInventoryFactsStore(database()).read(eventId);
  const state = async (draft: OrderDraft) => (await orders.find(draft.orderId))?.order.state;
  const expireClaims = (eventId: EventId) =>
    database().sql.begin(async (tx) => {
      await tx`select guard_tx()`;
      await tx`update seat_claim set expires_at = clock_timestamp() where event_id = ${eventId} and state = 'claimed'`;
    });
  async function authorised(
    eventId: EventId,
    want: Parameters<typeof orderDraft>[1],
    overrides: Partial<OrderDraft> = {},
  ) {
    const draft = orderDraft(eventId, want, overrides);
    await orders.commitOrders([draft]);
    await onlyRecord(database(), answerFor(draft, "authorised"));
    return draft;
  }
  const settle = (...drafts: OrderDraft[]) =>
    orders.settlePayments(drafts.map((draft) => answerFor(draft, "authorised")));
  const confirm = (draft: OrderDraft, ticketIds = ticketIdsFor(draft)) =>
    orders.confirmCaptured([{ ...answerFor(draft, "captured"), ticketIds }]);
  async function sold(eventId: EventId, want: Parameters<typeof orderDraft>[1]) {
    const draft = orderDraft(eventId, want);
    await orders.commitOrders([draft]);
    await settle(draft);
    return draft;
  }

  describe("what the provider says", () => {
    const paymentAfter = async (...answers: ReturnType<typeof answerFor>[]) => {
      for (const answer of answers) await onlyRecord(database(), answer);
      return (await orders.find(must(answers[0], "one at least").orderId))?.payment;
    };

    it("moves a payment forward, skips lost answers and never goes back", async () => {
      const eventId = await openSale(database());
      const draft = orderDraft(eventId, { seats: [0] });
      await orders.commitOrders([draft]);
      expect((await orders.find(draft.orderId))?.payment).toMatchObject({ attempt: 1, state: "created" });
      const waiting = await paymentAfter(answerFor(draft, "requires_action"));
      expect(waiting).toMatchObject({ state: "requires_action", actionUrl: "https://bank.example/confirm" });
      const captured = { id: waiting?.id, state: "captured", actionUrl: null };
      expect(await paymentAfter(answerFor(draft, "captured"))).toMatchObject(captured);
      expect(await paymentAfter(answerFor(draft, "authorised"))).toMatchObject(captured);
      expect(await paymentAfter(answerFor(draft, "declined"))).toMatchObject(captured);
      const ref = `pay_${draft.orderId}`;
      expect((await orders.findByProviderRef("test", ref))?.payment?.state).toBe("captured");
    });

    it("about other money, or another payment under the same key, changes nothing", async () => {
      const eventId = await openSale(database());
      const draft = await authorised(eventId, { seats: [0] });
      const { orderId, paid } = answerFor(draft, "captured");
      const but = (answer: Partial<(typeof paid)["answer"]>) => ({
        orderId,
        paid: { ...paid, answer: { ...paid.answer, ...answer } },
      });
      for (const wrong of [
        but({ amountMinor: draft.totalMinor - 1 }),
        but({ currency: "CHF" }),
        but({ providerRef: "x" }),
      ])
        expect((await paymentAfter(wrong))?.state).toBe("authorised");
    });
  });

  describe("another attempt to pay", () => {
    const next = (draft: OrderDraft, attempt: number, method = "card_two") =>
      orders.openAttempt({
        orderId: draft.orderId,
        attempt,
        provider: "test",
        key: `key ${draft.orderId} ${attempt}`,
        method,
      });
    const attempts = async ({ orderId }: OrderDraft) =>
      (
        await database().sql`select attempt, state from payment where order_id = ${orderId} order by attempt`
      ).map(({ attempt, state: at }) => `${attempt} ${at}`);

    it("begins once, and only after the one before was declined or voided", async () => {
      const eventId = await openSale(database());
      const draft = orderDraft(eventId, { seats: [0] });
      await orders.commitOrders([draft]);
      await next(draft, 2);
      expect(await attempts(draft)).toEqual(["1 created"]);
      const [declined] = await orders.settlePayments([answerFor(draft, "declined")]);
      expect(declined).toMatchObject({
        state: "awaiting_payment",
        payment: { state: "declined", attempt: 1 },
      });
      await next(draft, 3);
      await Promise.all([next(draft, 2), next(draft, 2, "card_three"), next(draft, 2)]);
      expect(await attempts(draft)).toEqual(["1 declined", "2 created"]);
      expect(await facts(eventId)).toMatchObject({ claimed: [{ seatNo: 0 }] });
    });

    it("never begins for an order that is over, late or paid", async () => {
      const eventId = await openSale(database());
      const [over, late, paid] = [0, 1, 2].map((seat) => orderDraft(eventId, { seats: [seat] }));
      if (!over || !late || !paid) throw new Error("three drafts");
      await orders.commitOrders([over, late]);
      await buy(orders, paid);
      await orders.settlePayments([answerFor(over, "declined"), answerFor(late, "declined")]);
      await orders.endOrders({ orderIds: [over.orderId], to: "cancelled", reason: "expired" });
      await database().sql.begin(async (tx) => {
        await tx`select guard_tx()`;
        await tx`update orders set pay_by = clock_timestamp() where id = ${late.orderId}`;
      });
      for (const draft of [over, late, paid]) {
        await next(draft, 2);
        expect(await attempts(draft)).toHaveLength(1);
      }
    });
  });

  describe("settlePayments", () => {
    it("sells the claimed seats and places once", async () => {
      const eventId = await openSale(database(), { standing: 5 });
      const draft = await authorised(eventId, { seats: [1, 2], places: 2 });
      const committed = [{ orderId: draft.orderId, state: "committed", payment: { state: "authorised" } }];
      expect(await settle(draft)).toMatchObject(committed);
      expect(await settle(draft)).toMatchObject(committed);
      expect(await facts(eventId)).toMatchObject({
        sold: [1, 2],
        claimed: [],
        areas: [{ claimed: 0, sold: 2 }],
      });
      expect(await jobs(draft)).toEqual([]);
      expect(await orders.uncaptured(0, 100)).toContain(draft.orderId);
    });

    it("honours a claim that ran out while nobody else wanted the seat", async () => {
      const eventId = await openSale(database());
      const draft = await authorised(eventId, { seats: [1] });
      await expireClaims(eventId);
      expect(await settle(draft)).toMatchObject([{ state: "committed" }]);
    });

    it("loses all seats when one was taken over, and leaves the new owner in peace (mutants M2, M3)", async () => {
      const eventId = await openSale(database());
      const late = await authorised(eventId, { seats: [1, 2] });
      await expireClaims(eventId);
      const next = await authorised(eventId, { seats: [2] });
      expect(await settle(late, next)).toMatchObject([
        { orderId: late.orderId, state: "awaiting_payment" },
        { orderId: next.orderId, state: "committed" },
      ]);
      expect((await facts(eventId)).sold).toEqual([2]);
      await orders.endOrders({ orderIds: [late.orderId], to: "failed", reason: "seats_lost" });
      expect(await facts(eventId)).toMatchObject({ sold: [2], claimed: [] });
    });

    it("and endOrders at the same moment agree on one outcome, 20 times", async () => {
      const eventId = await openSale(database(), { seats: 20 });
      for (let seat = 0; seat < 20; seat++) {
        const draft = await authorised(eventId, { seats: [seat] });
        const [[now], ended] = await Promise.all([
          settle(draft),
          orders.endOrders({ orderIds: [draft.orderId], to: "cancelled", reason: "expired" }),
        ]);
        expect(now?.state).toBe(ended.length === 0 ? "committed" : "cancelled");
        expect(await state(draft)).toBe(ended.length === 0 ? "committed" : "cancelled");
      }
    });

    it("leaves an order without an authorised payment over its total as it is, and sells the others (mutant M11)", async () => {
      const eventId = await openSale(database());
      const [bare, short, good] = [1, 2, 3].map((seat) => orderDraft(eventId, { seats: [seat] }));
      if (!bare || !short || !good) throw new Error("three drafts");
      await orders.commitOrders([bare, short, good]);
      const { orderId, paid } = answerFor(short, "authorised");
      const less = { ...paid, answer: { ...paid.answer, amountMinor: short.totalMinor - 1 } };
      const batch = [
        { orderId: bare.orderId, paid: null },
        { orderId, paid: less },
        answerFor(good, "authorised"),
      ];
      expect((await orders.settlePayments(batch)).map((now) => now.state)).toEqual([
        "awaiting_payment",
        "awaiting_payment",
        "committed",
      ]);
      expect((await facts(eventId)).sold).toEqual([3]);
    });

    it("sells what costs nothing without a payment", async () => {
      const eventId = await openSale(database());
      const free = orderDraft(eventId, { seats: [1] }, { faceMinor: 0, feeMinor: 0, totalMinor: 0 });
      await orders.commitOrders([free]);
      const nothing = { orderId: free.orderId, paid: null };
      expect(await orders.settlePayments([nothing])).toMatchObject([{ state: "committed", payment: null }]);
      expect(await orders.confirmCaptured([{ ...nothing, ticketIds: ticketIdsFor(free) }])).toMatchObject([
        { state: "paid", payment: null },
      ]);
    });

    it("says nothing of an unknown order", async () => {
      expect(await orders.settlePayments([{ orderId: OrderId.parse(randomUUID()), paid: null }])).toEqual([]);
    });
  });

  async function jobs(draft: OrderDraft) {
    return [
      ...(await database()
        .sql`select kind from job where payload ->> 'orderId' = ${draft.orderId} order by id`),
    ];
  }

  describe("confirmCaptured", () => {
    it("issues tickets, books the money and orders the mail, once", async () => {
      const eventId = await openSale(database(), { standing: 5 });
      const draft = await sold(eventId, { seats: [1, 2], places: 1 });
      const ticketIds = ticketIdsFor(draft);
      const paid = [{ orderId: draft.orderId, state: "paid", payment: { state: "captured" } }];
      expect(await confirm(draft, ticketIds)).toMatchObject(paid);
      expect(await confirm(draft)).toMatchObject(paid);
      const issued = await orders.ticketsOf(draft.orderId);
      expect(
        issued.map((ticket) => [ticket.id, ticket.itemIndex, ticket.seatNo, ticket.areaNo, ticket.status]),
      ).toEqual([
        [ticketIds[0], 0, 1, null, "issued"],
        [ticketIds[1], 1, 2, null, "issued"],
        [ticketIds[2], 2, null, 0, "issued"],
      ]);
      const pageOf = (after: string | null) => orders.listTickets(draft.accountId, { after, limit: 2 });
      const first = await pageOf(null);
      expect([first.items.length, first.total]).toEqual([2, 3]);
      expect((await pageOf(first.next)).items).toHaveLength(1);
      expect(await orders.findTicket(must(ticketIds[0], "three were issued"))).toMatchObject({
        orderId: draft.orderId,
        accountId: draft.accountId,
      });
      expect((await orders.find(draft.orderId))?.order).toMatchObject({
        state: "paid",
        paidAtMs: expect.any(Number),
      });
      const booked = await database().sql`
        select p.account, p.amount_minor::int as minor from ledger_posting p join ledger_entry e on e.id = p.entry_id
        where e.order_id = ${draft.orderId} order by line`;
      expect([...booked]).toEqual([
        { account: "provider:test", minor: draft.totalMinor },
        { account: `event:${eventId}:face`, minor: -draft.faceMinor },
        { account: `event:${eventId}:fees`, minor: -draft.feeMinor },
      ]);
      expect(await jobs(draft)).toEqual([{ kind: "mail.order_paid" }]);
    });

    it("by ten workers at once is one confirmation", async () => {
      const eventId = await openSale(database());
      const draft = await sold(eventId, { seats: [1, 2] });
      const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(draft)));
      expect(answers.flat().every((now) => now.state === "paid")).toBe(true);
      expect(await jobs(draft)).toHaveLength(1);
      expect(await orders.ticketsOf(draft.orderId)).toHaveLength(2);
    });

    it("leaves an order whose money was not captured, or that has too few ticket ids, and pays the others", async () => {
      const eventId = await openSale(database());
      const [bare, few, good] = [
        await sold(eventId, { seats: [1] }),
        await sold(eventId, { seats: [2, 3] }),
        await sold(eventId, { seats: [4] }),
      ];
      const after = await orders.confirmCaptured([
        { orderId: bare.orderId, paid: null, ticketIds: ticketIdsFor(bare) },
        { ...answerFor(few, "captured"), ticketIds: [TicketId.parse(randomUUID())] },
        { ...answerFor(good, "captured"), ticketIds: ticketIdsFor(good) },
      ]);
      expect(after.map((now) => now.state)).toEqual(["committed", "committed", "paid"]);
    });
  });

  describe("endOrders", () => {
    it("gives seats, places and limit back once, and only what is still the order's", async () => {
      const eventId = await openSale(database(), { standing: 5 });
      const draft = orderDraft(eventId, { seats: [1, 2], places: 2 });
      await orders.commitOrders([draft]);
      const end = () => orders.endOrders({ orderIds: [draft.orderId], to: "failed", reason: "declined" });
      const ended = (await Promise.all([end(), end(), end(), end(), end()])).flat();
      expect(ended).toEqual([{ eventId, holdId: draft.holdId }]);
      expect(await facts(eventId)).toMatchObject({
        claimed: [],
        areas: [{ claimed: 0, sold: 0 }],
        bought: [],
      });
      expect((await orders.find(draft.orderId))?.order).toMatchObject({
        state: "failed",
        reason: "declined",
      });
      expect(await orders.commitOrders([orderDraft(eventId, { seats: [1, 2] })])).toMatchObject([
        { kind: "committed" },
      ]);
    });

    it("leaves an order alone whose money was captured, and one that is sold", async () => {
      const eventId = await openSale(database());
      const paid = orderDraft(eventId, { seats: [1] });
      await buy(orders, paid);
      const taken = await authorised(eventId, { seats: [2] });
      await onlyRecord(database(), answerFor(taken, "captured"));
      const end = { orderIds: [paid.orderId, taken.orderId], to: "cancelled", reason: "expired" } as const;
      expect(await orders.endOrders(end)).toEqual([]);
      expect([await state(paid), await state(taken)]).toEqual(["paid", "awaiting_payment"]);
    });
  });

  it("overdue and unpaid find the orders that need somebody", async () => {
    const eventId = await openSale(database());
    const [late, young] = [orderDraft(eventId, { seats: [1] }), orderDraft(eventId, { seats: [2] })];
    await orders.commitOrders([late, young]);
    await database().sql.begin(async (tx) => {
      await tx`select guard_tx()`;
      await tx`update orders set pay_by = clock_timestamp() where id = ${late.orderId}`;
    });
    const overdue = await orders.overdue(100);
    expect(overdue).toContain(late.orderId);
    expect(overdue).not.toContain(young.orderId);
    const mine = () => orders.unpaid(0, 100);
    expect(await mine()).toContain(young.orderId);
    expect(await mine()).not.toContain(late.orderId);
    expect(await orders.unpaid(60_000, 100)).toEqual([]);
  });

  it("a webhook delivered ten times at once is new once (mutant M8)", async () => {
    const eventId = randomUUID();
    const seen = await Promise.all(
      Array.from({ length: 10 }, () => orders.recordWebhook("test", eventId, "pay_1")),
    );
    expect(seen.filter(Boolean)).toHaveLength(1);
  });

  it("backends killed under a storm of orders: every answer is the truth and nothing is half, 20 kills", async () => {
    const eventId = await openSale(database(), { seats: 400 });
    const pool = makeDatabase(database().url, { poolMax: 4, applicationName: "victim" });
    const victim = makePgOrderStore(pool);
    const drafts = Array.from({ length: 200 }, (_, n) => orderDraft(eventId, { seats: [2 * n, 2 * n + 1] }));
    let next = 0;
    let killed = 0;
    const killer = (async () => {
      while (next < drafts.length && killed < 20) {
        const gone = await database().sql`
          select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'victim %' and state <> 'idle' limit 1`;
        killed += gone.length;
      }
    })();
    // A client that gets no answer sends the same order again, as the stream's consumer does.
    const client = async () => {
      for (let draft = drafts[next++]; draft; draft = drafts[next++]) {
        const mine = draft;
        for (let attempt = 0; attempt < 50; attempt++) {
          const answer = await victim.commitOrders([mine]).catch(() => null);
          if (answer === null) continue;
          expect(answer[0]).toMatchObject({ kind: "committed", orderId: mine.orderId });
          break;
        }
      }
    };
    await Promise.all([client(), client(), client(), client(), killer]);
    await pool.close();
    expect(killed).toBeGreaterThan(0);
    expect((await facts(eventId)).claimed).toHaveLength(400);
    const checks = await makePgInvariantStore(database()).checkInvariants(eventId);
    expect(checks.filter((check) => check.violations > 0)).toEqual([]);
  });
});
