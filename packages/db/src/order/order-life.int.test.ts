import { must } from "@onsale/core/shared/assert";
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { OrderDraft } from "@onsale/core/order/order-draft";
import type { OrderStore } from "@onsale/core/order/order-store";
import { type EventId, OrderId, TicketId } from "@onsale/core/shared/ids";
import { makeDatabase } from "../client.ts";
import { makePgInventoryFactsStore } from "../inventory/pg-inventory-facts-store.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { makePgInvariantStore } from "../reconcile/pg-invariant-store.ts";
import { answerFor, buy, openSale, orderDraft, ticketIdsFor } from "../testing/sale-fixture.ts";
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
    await orders.recordPayment(answerFor(draft, "authorised"));
    return draft;
  }
  async function captured(eventId: EventId, want: Parameters<typeof orderDraft>[1]) {
    const draft = await authorised(eventId, want);
    await orders.commitSeats([draft.orderId]);
    await orders.recordPayment(answerFor(draft, "captured"));
    return draft;
  }

  describe("recordPayment", () => {
    it("moves forward, skips lost answers and never goes back", async () => {
      const eventId = await openSale(database());
      const draft = orderDraft(eventId, { seats: [0] });
      await orders.commitOrders([draft]);
      const waiting = await orders.recordPayment(answerFor(draft, "requires_action"));
      expect(waiting).toMatchObject({ state: "requires_action", actionUrl: "https://bank.example/confirm" });
      expect(await orders.recordPayment(answerFor(draft, "captured"))).toMatchObject({
        state: "captured",
        actionUrl: null,
      });
      expect(await orders.recordPayment(answerFor(draft, "authorised"))).toMatchObject({
        id: waiting.id,
        state: "captured",
      });
      expect(await orders.recordPayment(answerFor(draft, "declined"))).toMatchObject({ state: "captured" });
      expect((await orders.findByProviderRef("test", `pay_${draft.orderId}`))?.payment?.state).toBe(
        "captured",
      );
    });

    it("refuses another amount for the same payment, and an order nobody knows", async () => {
      const eventId = await openSale(database());
      const draft = await authorised(eventId, { seats: [0] });
      const more = answerFor(draft, "captured");
      const attempt = orders.recordPayment({
        ...more,
        answer: { ...more.answer, amountMinor: draft.totalMinor + 1 },
      });
      expect(await attempt.catch(brokenConstraint)).toBe("payment_unchanged");
      await expect(
        orders.recordPayment({
          ...more,
          orderId: OrderId.parse(randomUUID()),
          answer: { ...more.answer, providerRef: "other" },
        }),
      ).rejects.toMatchObject({ code: "order.not_found" });
    });

    it("lets a second card speak for the order after the first was declined, and captures one of them", async () => {
      const eventId = await openSale(database());
      const draft = orderDraft(eventId, { seats: [0] });
      await orders.commitOrders([draft]);
      await orders.recordPayment(answerFor(draft, "declined"));
      const second = answerFor(draft, "captured");
      const other = (ref: string) => ({
        ...second,
        answer: { ...second.answer, providerRef: ref + draft.orderId },
      });
      await orders.recordPayment(other("second_"));
      expect((await orders.find(draft.orderId))?.payment?.state).toBe("captured");
      expect(await orders.recordPayment(other("third_")).catch(brokenConstraint)).toBe(
        "one_capture_per_order",
      );
    });
  });

  describe("commitSeats", () => {
    it("sells the claimed seats and places once, with one capture job", async () => {
      const eventId = await openSale(database(), { standing: 5 });
      const draft = await authorised(eventId, { seats: [1, 2], places: 2 });
      expect(await orders.commitSeats([draft.orderId])).toEqual([
        { kind: "committed", orderId: draft.orderId, replayed: false },
      ]);
      expect(await orders.commitSeats([draft.orderId])).toEqual([
        { kind: "committed", orderId: draft.orderId, replayed: true },
      ]);
      expect(await facts(eventId)).toMatchObject({
        sold: [1, 2],
        claimed: [],
        areas: [{ claimed: 0, sold: 2 }],
      });
      expect(await jobs(draft)).toEqual([{ kind: "capture" }]);
      expect((await orders.uncaptured(0, 100)).map((found) => found.order.id)).toContain(draft.orderId);
    });

    it("honours a claim that ran out while nobody else wanted the seat", async () => {
      const eventId = await openSale(database());
      const draft = await authorised(eventId, { seats: [1] });
      await expireClaims(eventId);
      expect(await orders.commitSeats([draft.orderId])).toMatchObject([{ kind: "committed" }]);
    });

    it("loses all seats when one was taken over, and leaves the new owner in peace (mutants M2, M3)", async () => {
      const eventId = await openSale(database());
      const late = await authorised(eventId, { seats: [1, 2] });
      await expireClaims(eventId);
      const next = await authorised(eventId, { seats: [2] });
      expect(await orders.commitSeats([late.orderId, next.orderId])).toEqual([
        { kind: "seats_lost", orderId: late.orderId },
        { kind: "committed", orderId: next.orderId, replayed: false },
      ]);
      expect((await facts(eventId)).sold).toEqual([2]);
      await orders.endOrders({ orderIds: [late.orderId], to: "failed", reason: "seats_lost" });
      expect(await facts(eventId)).toMatchObject({ sold: [2], claimed: [] });
    });

    it("and endOrders at the same moment agree on one outcome, 20 times", async () => {
      const eventId = await openSale(database(), { seats: 20 });
      for (let seat = 0; seat < 20; seat++) {
        const draft = await authorised(eventId, { seats: [seat] });
        const [[outcome], ended] = await Promise.all([
          orders.commitSeats([draft.orderId]),
          orders.endOrders({ orderIds: [draft.orderId], to: "cancelled", reason: "expired" }),
        ]);
        expect(outcome?.kind).toBe(ended.length === 0 ? "committed" : "seats_lost");
        expect(await state(draft)).toBe(ended.length === 0 ? "committed" : "cancelled");
      }
    });

    it("refuses an order without an authorised payment over its total (mutant M11)", async () => {
      const eventId = await openSale(database());
      const draft = orderDraft(eventId, { seats: [1] });
      await orders.commitOrders([draft]);
      expect(await orders.commitSeats([draft.orderId]).catch(brokenConstraint)).toBe("order_not_authorised");
    });

    it("answers for an unknown order that its seats are lost", async () => {
      const orderId = OrderId.parse(randomUUID());
      expect(await orders.commitSeats([orderId])).toEqual([{ kind: "seats_lost", orderId }]);
    });
  });

  async function jobs(draft: OrderDraft) {
    return [
      ...(await database()
        .sql`select kind from job where payload ->> 'orderId' = ${draft.orderId} order by id`),
    ];
  }

  describe("confirmPaid", () => {
    it("issues tickets, books the money and orders the mail, once", async () => {
      const eventId = await openSale(database(), { standing: 5 });
      const draft = await captured(eventId, { seats: [1, 2], places: 1 });
      const ticketIds = ticketIdsFor(draft);
      expect(await orders.confirmPaid([{ orderId: draft.orderId, ticketIds }])).toEqual([
        { orderId: draft.orderId, replayed: false },
      ]);
      expect(await orders.confirmPaid([{ orderId: draft.orderId, ticketIds: ticketIdsFor(draft) }])).toEqual([
        { orderId: draft.orderId, replayed: true },
      ]);
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
      expect(await jobs(draft)).toEqual([{ kind: "capture" }, { kind: "mail.order_paid" }]);
    });

    it("by ten workers at once is one confirmation", async () => {
      const eventId = await openSale(database());
      const draft = await captured(eventId, { seats: [1, 2] });
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          orders.confirmPaid([{ orderId: draft.orderId, ticketIds: ticketIdsFor(draft) }]),
        ),
      );
      expect(answers.flat().filter((answer) => !answer.replayed)).toHaveLength(1);
      expect(await orders.ticketsOf(draft.orderId)).toHaveLength(2);
    });

    it("refuses an order whose money was not captured, and too few ticket ids", async () => {
      const eventId = await openSale(database());
      const draft = await authorised(eventId, { seats: [1, 2] });
      await orders.commitSeats([draft.orderId]);
      const confirm = (ticketIds: TicketId[]) =>
        orders.confirmPaid([{ orderId: draft.orderId, ticketIds }]).catch(brokenConstraint);
      expect(await confirm(ticketIdsFor(draft))).toBe("order_not_captured");
      await orders.recordPayment(answerFor(draft, "captured"));
      expect(await confirm([TicketId.parse(randomUUID())])).toBe("order_ticket_ids");
      expect(await state(draft)).toBe("committed");
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
      await orders.recordPayment(answerFor(taken, "captured"));
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
    const overdue = (await orders.overdue(100)).map((found) => found.order.id);
    expect(overdue).toContain(late.orderId);
    expect(overdue).not.toContain(young.orderId);
    const mine = async () => (await orders.unpaid(0, 100)).map((found) => found.order.id);
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
