import { makePaymentRounds } from "@onsale/core/checkout/payment-rounds";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import type { OrderDraft } from "@onsale/core/order/order-draft";
import type { OrderStore } from "@onsale/core/order/order-store";
import { ProviderUnavailable, type PaymentProvider } from "@onsale/core/payment/payment-provider";
import type { CheckoutProgress } from "@onsale/contract/checkout";
import { must } from "@onsale/core/shared/assert";
import { type EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { saleWith } from "../testing/sale-with.ts";
import { describeApp, key, seatItems, type TestApp } from "../testing/test-app.ts";

const REPEATS = process.env["TEST_LONG"] ? 20 : 1;
const never = <T>() => new Promise<T>(() => undefined);

/** Does what it is asked for, and the process dies before it hears of it. */
const thenDies =
  <In extends unknown[], Out>(call: (...input: In) => Promise<Out>) =>
  async (...input: In): Promise<Out> => {
    await call(...input);
    return never<Out>();
  };

type Deaths = { orders?: Partial<OrderStore>; provider?: Partial<PaymentProvider> };
const DEATHS: Record<string, (app: TestApp) => Deaths> = {
  "orders written": ({ container: { orders } }) => ({
    orders: {
      commitOrders: thenDies((...input: Parameters<typeof orders.commitOrders>) =>
        orders.commitOrders(...input),
      ),
    },
  }),
  "money reserved": ({ container: { provider } }) => ({
    provider: {
      authorise: thenDies((...input: Parameters<typeof provider.authorise>) => provider.authorise(...input)),
    },
  }),
  "seats sold": ({ container: { orders } }) => ({
    orders: {
      settlePayments: thenDies((...input: Parameters<typeof orders.settlePayments>) =>
        orders.settlePayments(...input),
      ),
    },
  }),
  "money taken": ({ container: { provider } }) => ({
    provider: {
      capture: thenDies((...input: Parameters<typeof provider.capture>) => provider.capture(...input)),
    },
  }),
  "tickets written": ({ container: { orders } }) => ({
    orders: {
      confirmCaptured: thenDies((...input: Parameters<typeof orders.confirmCaptured>) =>
        orders.confirmCaptured(...input),
      ),
    },
  }),
};

/** Workers are driven by hand here: each has a name of its own and does only what it is told. */
describeApp("a worker that dies or loses its event", (app) => {
  type Worker = ReturnType<typeof saleWith>;
  const roundsOf = ({ payments, owner }: Worker) => {
    const { orders } = app().container;
    const onError = (error: unknown) => {
      throw error;
    };
    return makePaymentRounds({ orders, payments, owner, onError });
  };
  const stop = { aborted: false };

  /** What runWorker does once a second. */
  async function beat(worker: Worker, eventIds: readonly EventId[]): Promise<void> {
    const taken = await worker.owner.beat(eventIds);
    await roundsOf(worker).takenOver(taken, stop);
  }
  /** As if this worker had not been heard for the time of its lease. */
  async function silence(name: string): Promise<void> {
    const { sql } = app().container.database;
    await sql`update worker_lease set until = clock_timestamp() - interval '1 second' where worker = ${name}`;
  }
  async function openEvents(count: number): Promise<EventId[]> {
    const events: EventId[] = [];
    while (events.length < count) events.push(await app().openEvent());
    return events;
  }
  async function pressPay(eventId: EventId, seats: readonly [number, number], method = "card_ok") {
    const caller = app().as(await app().account());
    const held = await caller.hold.create({ eventId, operationId: key(), items: seatItems(...seats) });
    const input = {
      eventId,
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method,
    };
    const waiting = app().container.queue.length(eventId);
    const answer: Promise<CheckoutProgress> = caller.checkout.start(input);
    await expect.poll(() => app().container.queue.length(eventId)).toBe((await waiting) + 1);
    return { caller, answer };
  }
  async function until(worker: Worker, eventId: EventId, isDone: () => Promise<boolean>): Promise<void> {
    await expect
      .poll(
        async () => {
          await worker.writer.writeOrders([eventId], 5);
          return isDone();
        },
        { timeout: 10_000 },
      )
      .toBe(true);
  }
  async function books(eventId: EventId) {
    const { sql } = app().container.database;
    const [row] = await sql`
      select (select count(*)::int from orders where event_id = ${eventId} and state = 'paid') as paid,
        (select count(*)::int from orders where event_id = ${eventId}) as orders,
        (select count(*)::int from ticket where event_id = ${eventId}) as tickets,
        (select count(*)::int from ledger_entry where event_id = ${eventId}) as entries,
        (select count(*)::int from sandbox_payment s join orders o on o.id = s.order_id
          where o.event_id = ${eventId} and s.state = 'captured') as captured,
        (select count(*)::int from sandbox_payment s join orders o on o.id = s.order_id
          where o.event_id = ${eventId} and s.state <> 'captured') as others`;
    return { ...row };
  }
  const ONE_SALE = { paid: 1, orders: 1, tickets: 2, entries: 1, captured: 1, others: 0 };
  const findings = async (eventId: EventId) =>
    (await app().container.invariants.checkInvariants(eventId)).filter(({ violations }) => violations > 0);

  test(
    `killed after each stage, ${REPEATS} times: the next worker finishes the order, once`,
    async () => {
      async function dieAfter(stage: string, round: number, eventId: EventId): Promise<void> {
        const death = DEATHS[stage]?.(app()) ?? {};
        const [first, second] = [`first ${stage} ${round}`, `second ${stage} ${round}`];
        const dying = saleWith(app().container, { ...death, worker: first });
        const next = saleWith(app().container, { worker: second });
        await beat(dying, [eventId]);
        const { answer } = await pressPay(eventId, [0, 1]);
        // A round that writes and dies never ends.
        void dying.writer.writeOrders([eventId], 50);
        const isThere = async () => {
          const { paid, tickets, captured, others } = await books(eventId);
          return { stage, at: [paid, tickets, captured, others] };
        };
        const reached = {
          "orders written": [0, 0, 0, 0],
          "money reserved": [0, 0, 0, 1],
          "seats sold": [0, 0, 0, 1],
          "money taken": [0, 0, 1, 0],
          "tickets written": [1, 2, 1, 0],
        }[stage];
        await expect.poll(isThere, { timeout: 10_000 }).toEqual({ stage, at: reached });
        await silence(first);
        await beat(next, [eventId]);
        await until(next, eventId, async () => (await books(eventId))["paid"] === 1);
        await next.writer.settled();
        expect({ stage, ...(await books(eventId)) }).toEqual({ stage, ...ONE_SALE });
        // The answer went with the first worker, or comes from the second; read at its deadline it is the truth.
        expect((await answer).state).toBe("paid");
        expect(await findings(eventId)).toEqual([]);
      }
      for (let round = 0; round < REPEATS; round++) {
        const events = await openEvents(Object.keys(DEATHS).length);
        await Promise.all(
          Object.keys(DEATHS).map((stage, n) => dieAfter(stage, round, must(events[n], "one for each"))),
        );
      }
    },
    REPEATS * 40_000,
  );

  test("two workers share events, and each has one owner at a time", async () => {
    const eventIds = await openEvents(5);
    const [one, other] = ["one of two", "other of two"].map((worker) =>
      saleWith(app().container, { worker }),
    );
    if (!one || !other) throw new Error("two workers");
    await one.owner.beat(eventIds);
    expect(one.owner.owned()).toHaveLength(5);
    await other.owner.beat(eventIds);
    expect(other.owner.owned()).toEqual([]);
    await one.owner.beat(eventIds);
    await other.owner.beat(eventIds);
    await one.owner.beat(eventIds);
    expect([one.owner.owned().length, other.owner.owned().length].toSorted((a, b) => a - b)).toEqual([2, 3]);
    expect([...one.owner.owned(), ...other.owner.owned()].toSorted()).toEqual(eventIds.toSorted());
    expect(eventIds.every((id) => one.owner.isForeign(id) !== other.owner.isForeign(id))).toBe(true);
    await other.owner.leave();
    await one.owner.beat(eventIds);
    expect(one.owner.owned()).toHaveLength(5);
    await one.owner.leave();
  });

  test("a worker that believes to own what it lost writes nothing, and the order is the new owner's", async () => {
    const eventId = await app().openEvent();
    const [old, next] = ["old", "next"].map((worker) => saleWith(app().container, { worker }));
    if (!old || !next) throw new Error("two workers");
    await beat(old, [eventId]);
    const { answer } = await pressPay(eventId, [0, 1]);
    await silence("old");
    await beat(next, [eventId]);
    await old.writer.writeOrders([eventId], 20);
    expect(old.owner.isForeign(eventId)).toBe(true);
    expect(await books(eventId)).toMatchObject({ orders: 0 });
    await until(next, eventId, async () => (await books(eventId))["paid"] === 1);
    expect((await answer).state).toBe("paid");
    expect(await books(eventId)).toEqual(ONE_SALE);
    await next.owner.leave();
  });

  test("an event taken over while a stage of it is being written waits for that stage", async () => {
    const eventId = await app().openEvent();
    const [old, next] = ["slow", "eager"].map((worker) => saleWith(app().container, { worker }));
    if (!old || !next) throw new Error("two workers");
    await beat(old, [eventId]);
    const { answer } = await pressPay(eventId, [0, 1]);
    const { sql } = app().container.database;
    // Whoever writes the sale waits for this row, with its lease in hand.
    const taking = await sql.begin(async (tx) => {
      await tx`select from event where id = ${eventId} for update`;
      await old.writer.writeOrders([eventId], 20);
      await expect
        .poll(
          async () =>
            (
              await sql`select from pg_stat_activity where query like 'select settle_payments%' and wait_event_type = 'Lock' and datname = current_database()`
            ).length,
        )
        .toBe(1);
      await silence("slow");
      const beating = beat(next, [eventId]);
      await expect
        .poll(
          async () =>
            (
              await sql`select from pg_stat_activity where query like 'select own_events%' and wait_event_type = 'Lock' and datname = current_database()`
            ).length,
        )
        .toBe(1);
      return { beating };
    });
    await taking.beating;
    await old.writer.settled();
    await until(next, eventId, async () => (await books(eventId))["paid"] === 1);
    expect(await books(eventId)).toEqual(ONE_SALE);
    expect((await answer).state).toBe("paid");
    await next.owner.leave();
  });

  test("one bad order is parked and its neighbours are sold in the same breath", async () => {
    const eventId = await app().openEvent();
    const { provider } = app().container;
    const refs = new Map<string, number>();
    const worker = saleWith(app().container, {
      worker: "parking",
      provider: {
        authorise: async (input) => {
          const answer = await provider.authorise(input);
          refs.set(input.orderId, refs.size);
          // The provider reserved other money than it was asked for.
          return refs.get(input.orderId) === 1 ? { ...answer, amountMinor: answer.amountMinor - 1 } : answer;
        },
      },
    });
    await beat(worker, [eventId]);
    const all = [
      await pressPay(eventId, [0, 1]),
      await pressPay(eventId, [4, 5]),
      await pressPay(eventId, [8, 9]),
    ];
    await worker.writer.writeOrders([eventId], 20);
    await worker.writer.settled();
    const states = (await Promise.all(all.map(({ answer }) => answer))).map(({ state }) => state);
    expect(states.toSorted()).toEqual(["paid", "paid", "pending"]);
    expect(worker.parked).toHaveLength(1);
    const { orders, database } = app().container;
    expect(
      await database.sql`select stage from parked_order p join orders o on o.id = p.order_id where o.event_id = ${eventId}`,
    ).toMatchObject([{ stage: "settle" }]);
    expect((await orders.unfinished([eventId])).length).toBe(0);
    await worker.owner.leave();
  });

  test("what was reserved for an order that is over goes back by whichever worker takes the job", async () => {
    const eventId = await app().openEvent();
    const { orders, provider, sandboxBook } = app().container;
    const silent = () => Promise.reject(new ProviderUnavailable("away"));
    const owner = saleWith(app().container, { worker: "has it", provider: { voidPayment: silent } });
    const other = saleWith(app().container, { worker: "has it not" });
    const [mine, theirs] = [eventId, await app().openEvent()].toSorted();
    // Each has one of the two.
    await beat(owner, [must(mine, "two"), must(theirs, "two")]);
    await other.owner.beat([must(mine, "two"), must(theirs, "two")]);
    await beat(owner, [must(mine, "two"), must(theirs, "two")]);
    await other.owner.beat([must(mine, "two"), must(theirs, "two")]);
    const [owned] = owner.owner.owned();
    const sold = must(owned, "it has one");
    expect(other.owner.isForeign(sold)).toBe(true);
    const { answer } = await pressPay(sold, [0, 1], "card_3ds");
    await owner.writer.writeOrders([sold], 20);
    const { orderId } = await answer;
    await owner.payments.expire(orderId);
    expect((await sandboxBook.findByOrder(orderId))?.state).toBe("requires_action");
    await other.payments.returnMoney(orderId);
    expect((await sandboxBook.findByOrder(orderId))?.state).toBe("voided");
    expect((await orders.openOrders([orderId]))[0]).toMatchObject({
      state: "cancelled",
      payment: { state: "voided", provider: provider.name },
    });
    await owner.owner.leave();
    await other.owner.leave();
  });

  test("a draft that Postgres will not have is put aside alone, its seats go back, and its batch is written", async () => {
    const eventId = await app().openEvent();
    const { orders, queue, inventory } = app().container;
    let bad: OrderDraft | null = null;
    const worker = saleWith(app().container, {
      worker: "putting aside",
      orders: {
        commitOrders: (batch, fences) => {
          bad ??= batch[1] ?? null;
          // What no column can hold, in one of them.
          return orders.commitOrders(
            batch.map((draft) => (draft.orderId === bad?.orderId ? { ...draft, email: "a\u0000b" } : draft)),
            fences,
          );
        },
      },
    });
    await beat(worker, [eventId]);
    const all = [
      await pressPay(eventId, [0, 1]),
      await pressPay(eventId, [4, 5]),
      await pressPay(eventId, [8, 9]),
    ];
    await worker.writer.writeOrders([eventId], 20);
    await worker.writer.settled();
    const states = await Promise.all(
      all.map(({ answer }) =>
        answer.then(
          ({ state }) => state,
          (error: { cause?: { code?: string } }) => error.cause?.code,
        ),
      ),
    );
    expect(states).toEqual(["paid", "checkout.pending", "paid"]);
    expect(await queue.unreadable(eventId)).toBe(1);
    expect(await queue.length(eventId)).toBe(0);
    const seats = (await inventory.snapshot(eventId))?.seats;
    expect([seats?.[4], seats?.[5]]).toEqual([SEAT_STATE.free, SEAT_STATE.free]);
    expect(await findings(eventId)).toEqual([]);
    await worker.owner.leave();
  });

  test("an answer that is lost is read at its deadline, and is the truth", async () => {
    const eventId = await app().openEvent();
    const lost = { answer: () => Promise.resolve() };
    const worker = saleWith(app().container, { worker: "unheard", queue: lost });
    await beat(worker, [eventId]);
    const { answer } = await pressPay(eventId, [0, 1]);
    await worker.writer.writeOrders([eventId], 20);
    expect((await answer).state).toBe("paid");
    await worker.owner.leave();
  }, 20_000);

  test("a bank that is away keeps the order and its seats, and is asked again under the same key", async () => {
    const eventId = await app().openEvent();
    const { provider } = app().container;
    const keys: string[] = [];
    let isAway = true;
    const worker = saleWith(app().container, {
      worker: "patient",
      provider: {
        authorise: (input) => {
          keys.push(input.idempotencyKey);
          return isAway ? Promise.reject(new ProviderUnavailable("away")) : provider.authorise(input);
        },
      },
    });
    await beat(worker, [eventId]);
    const { answer } = await pressPay(eventId, [0, 1]);
    await worker.writer.writeOrders([eventId], 20);
    expect(await answer).toMatchObject({ state: "pending", waitsFor: "bank" });
    isAway = false;
    const { orders } = app().container;
    for (const orderId of await orders.unfinished([eventId]))
      expect(await worker.payments.goOn(orderId)).toEqual({ kind: "paid" });
    expect(new Set(keys).size).toBe(1);
    expect(await books(eventId)).toEqual(ONE_SALE);
    await worker.owner.leave();
  });
});
