import { TESTER } from "@onsale/core/actor/testing/staff";
import { type PaymentProvider, ProviderUnavailable } from "@onsale/core/payment/payment-provider";
import { EventId, HoldId, type OrderId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { ordersKey } from "@onsale/redis/shard";
import { describeApp, type TestApp, key, seatItems } from "./testing/test-app.ts";
import { composeWorker } from "./compose/worker.ts";
import { saleWith } from "./testing/sale-with.ts";
import { runWorker } from "./worker/worker.ts";

type Caller = ReturnType<TestApp["as"]>;
type Held = Awaited<ReturnType<Caller["hold"]["create"]>>;

/** No worker runs here: what is not done by these tests is not done. */
describeApp("an event that is over between a hold and the bank", (app) => {
  async function holding(...seatNos: number[]) {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const items = { ...seatItems(...seatNos), areas: [{ areaNo: 0, ticketType: "adult", quantity: 1 }] };
    return { eventId, caller, held: await caller.hold.create({ eventId, operationId: key(), items }) };
  }
  const pay = (caller: Caller, held: Held, method: string) =>
    caller.checkout.start({
      eventId: EventId.parse(held.hold.eventId),
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method,
    });
  const close = (eventId: EventId, to: "ended" | "cancelled") =>
    app().container.services.events.move(TESTER, { idOrSlug: eventId, to });
  const stop = { aborted: false };
  const rounds = () => composeWorker(app().container).payments;

  /** An order in Postgres whose fan has been sent to the bank. */
  async function waitingOrder() {
    const { eventId, caller, held } = await holding(0, 1);
    const starting = pay(caller, held, "card_3ds");
    await expect.poll(() => app().writeOrders(eventId), { timeout: 10_000 }).toBe(true);
    const { orderId, actionUrl } = await starting;
    const providerRef = actionUrl?.split("/").at(-1) ?? "";
    return { eventId, caller, orderId, providerRef };
  }
  const approve = (providerRef: string) =>
    app().container.sandboxBook.move(providerRef, ["requires_action"], "authorised");
  const standing = async (orderId: OrderId) => {
    const { orders, sandboxBook } = app().container;
    const found = await orders.find(orderId);
    return {
      order: found?.order.state,
      reason: found?.order.reason,
      bank: (await sandboxBook.findByOrder(orderId))?.state,
    };
  };
  const stockOf = async (eventId: EventId) => {
    const { sql } = app().container.database;
    const [claims] = await sql`select count(*)::int as n from seat_claim where event_id = ${eventId}`;
    const [pool] = await sql`select claimed, sold from ga_pool where event_id = ${eventId}`;
    const [quota] = await sql`select taken from fan_quota where event_id = ${eventId}`;
    return {
      claims: claims?.["n"],
      claimed: pool?.["claimed"],
      sold: pool?.["sold"],
      taken: quota?.["taken"],
    };
  };
  const NOTHING = { claims: 0, claimed: 0, sold: 0, taken: 0 };

  test.each([
    ["cancelled", "event_cancelled"],
    ["ended", "event_ended"],
  ] as const)("money is not taken when the event is %s before the bank says yes", async (to, reason) => {
    const { eventId, orderId, providerRef } = await waitingOrder();
    await close(eventId, to);
    await approve(providerRef);
    const { payments } = app().container.services;
    expect(await payments.goOn(orderId)).toEqual({ kind: "over", reason });
    expect(await standing(orderId)).toEqual({ order: "cancelled", reason, bank: "voided" });
    expect(await stockOf(eventId)).toEqual(NOTHING);
  });

  test("seats are not sold by the statement itself once the event is over, whoever looked before", async () => {
    const { eventId, orderId, providerRef } = await waitingOrder();
    const { orders, provider } = app().container;
    await approve(providerRef);
    const answer = await provider.find(providerRef);
    if (!answer) throw new Error("the bank knows its payment");
    await close(eventId, "cancelled");
    expect(await orders.settlePayments([{ orderId, paid: { attempt: 1, answer } }])).toMatchObject([
      { state: "awaiting_payment", payment: { state: "authorised" } },
    ]);
  });

  test("cancelled while seats were being sold: each order is paid, or charged nothing; twenty times", async () => {
    for (let i = 0; i < 20; i++) {
      const { eventId, orderId, providerRef } = await waitingOrder();
      await approve(providerRef);
      const { payments } = app().container.services;
      await Promise.all([payments.goOn(orderId), close(eventId, "cancelled")]);
      await payments.goOn(orderId);
      const { order, bank } = await standing(orderId);
      expect(["paid/captured", "cancelled/voided", "failed/voided"]).toContain(`${order}/${bank}`);
    }
  });

  test("an order whose seats were sold but not charged gives both back when the event is cancelled", async () => {
    const { eventId, orderId, providerRef } = await waitingOrder();
    await approve(providerRef);
    const { provider } = app().container;
    const slow: PaymentProvider = {
      ...provider,
      capture: () => Promise.reject(new ProviderUnavailable("no answer")),
    };
    const flow = saleWith(app().container, { provider: slow }).payments;
    expect(await flow.goOn(orderId)).toMatchObject({ kind: "pending" });
    expect(await standing(orderId)).toMatchObject({ order: "committed" });
    await close(eventId, "cancelled");
    await rounds().ofClosedEvents(stop);
    expect(await standing(orderId)).toEqual({ order: "failed", reason: "event_cancelled", bank: "voided" });
    expect(await stockOf(eventId)).toEqual(NOTHING);
  });

  test("an order that was charged before the event was cancelled has its tickets, to be refunded", async () => {
    const { eventId, orderId, providerRef } = await waitingOrder();
    await approve(providerRef);
    const { provider } = app().container;
    // The money is taken and the answer is lost, in the moment before the event is cancelled.
    const lossy: PaymentProvider = {
      ...provider,
      capture: (input) => provider.capture(input).then(() => Promise.reject(new ProviderUnavailable("lost"))),
    };
    const flow = saleWith(app().container, { provider: lossy }).payments;
    await flow.goOn(orderId);
    await close(eventId, "cancelled");
    await rounds().ofClosedEvents(stop);
    expect(await standing(orderId)).toMatchObject({ order: "paid", bank: "captured" });
  });

  test("open orders of a cancelled event end without anybody asking, and what was reserved goes back", async () => {
    const { eventId, orderId } = await waitingOrder();
    await close(eventId, "cancelled");
    await rounds().ofClosedEvents(stop);
    expect(await standing(orderId)).toEqual({
      order: "cancelled",
      reason: "event_cancelled",
      bank: "voided",
    });
  });
});

describeApp("orders queued when their event leaves the sale", (app) => {
  /** Fifteen orders in the stream of an event, each with what its fan is told in the end. */
  async function queued(eventId: EventId): Promise<Promise<string>[]> {
    // All at once in the end: a checkout waits for its answer only for so long.
    const starts: (() => Promise<string>)[] = [];
    // In pairs: the rule about single seats goes by what was heard of the stock, which may be late.
    for (let seatNo = 0; seatNo < 30; seatNo += 2) {
      const caller = app().as(await app().account());
      const held = await caller.hold.create({
        eventId,
        operationId: key(),
        items: seatItems(seatNo, seatNo + 1),
      });
      const holdId = HoldId.parse(held.hold.id);
      const order = { eventId, holdId, quoteHash: held.quote.hash, idempotencyKey: key(), method: "card_ok" };
      starts.push(() =>
        caller.checkout.start(order).then(
          ({ state }) => state,
          (error: unknown) => (error as { cause?: { code?: string } }).cause?.code ?? String(error),
        ),
      );
    }
    const told = starts.map((start) => start());
    await expect.poll(() => app().container.queue.length(eventId), { timeout: 20_000 }).toBe(15);
    return told;
  }

  test("that nobody could read are seen by reconciliation, also when the event is over for long", async () => {
    const { queue, redis, config, services } = app().container;
    const eventId = await app().openEvent();
    const stream = ordersKey({ prefix: config.redisKeyPrefix }, eventId);
    await redis.commands.xadd(stream, "*", "hold", "none", "order", "none", "draft", "{");
    await queue.read({ eventIds: [eventId], limit: 1, blockMs: 1 });
    const seen = async () =>
      (await services.reconcile.run({ eventId: null, fix: true })).drift.filter(
        (one) => one.eventId === eventId && one.kind === "entries_set_aside",
      );
    const found = { kind: "entries_set_aside", details: { entries: 1 }, eventId, fixed: false };
    expect(await seen()).toEqual([found]);
    await services.events.move(TESTER, { idOrSlug: eventId, to: "ended" });
    await app().container.closingEvents.markDrained(eventId, 0);
    expect(await seen()).toEqual([found]);
  });

  test("are seen by reconciliation, and all answered once a worker runs; the stream is empty then", async () => {
    const { queue, services } = app().container;
    for (const to of ["ended", "cancelled"] as const) {
      const eventId = await app().openEvent({ rows: 3, seats: 10 });
      const told = await queued(eventId);
      await services.events.move(TESTER, { idOrSlug: eventId, to });
      const { drift } = await services.reconcile.run({ eventId, fix: true });
      expect(drift).toContainEqual(expect.objectContaining({ kind: "orders_stranded", fixed: false }));
      const stop = new AbortController();
      const worker = runWorker(composeWorker(app().container), { signal: stop.signal });
      const answered = await Promise.all(told);
      stop.abort();
      await worker;
      expect(new Set(answered)).toEqual(new Set(["event.not_on_sale"]));
      expect(await queue.length(eventId)).toBe(0);
    }
  });

  test("an event is left once nothing of it is open, and not before it is closed long enough", async () => {
    const { closingEvents, services } = app().container;
    const eventId = await app().openEvent();
    expect(await closingEvents.markDrained(eventId, 0)).toBe(false);
    await services.events.move(TESTER, { idOrSlug: eventId, to: "ended" });
    expect(await closingEvents.list()).toContain(eventId);
    expect(await closingEvents.markDrained(eventId, 60_000)).toBe(false);
    expect(await closingEvents.markDrained(eventId, 0)).toBe(true);
    expect(await closingEvents.list()).not.toContain(eventId);
  });
});
