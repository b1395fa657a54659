import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { must } from "@onsale/core/shared/assert";
import { type EventId, HoldId, OrderId } from "@onsale/core/shared/ids";
import type { OrderStore } from "@onsale/core/order/order-store";
import { makePgEventStore } from "../event/pg-event-store.ts";
import { makePgInventoryFactsStore } from "../inventory/pg-inventory-facts-store.ts";
import { newAccountId, openSale, orderDraft } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgOrderStore } from "./pg-order-store.ts";

/** How often each race is run: a rare interleaving deserves more than one chance, where nobody waits for it. */
const REPETITIONS = inject("isLong") ? 20 : 1;
const times = inject("isLong") ? `, ${REPETITIONS} times` : "";

describeWithDatabase("commitOrders", (database) => {
  let orders: OrderStore;
  beforeAll(() => {
    orders = makePgOrderStore(database());
  });
  const kinds = async (...drafts: Parameters<OrderStore["commitOrders"]>[0]) =>
    (await orders.commitOrders(drafts)).map((outcome) => outcome.kind);
  const facts = (eventId: EventId) => makePgInventoryFactsStore(database()).read(eventId);
  describe("one order", () => {
    it("claims its seats and places, counts the fan and can be found", async () => {
      const eventId = await openSale(database(), { seats: 10, standing: 5 });
      const draft = orderDraft(eventId, { seats: [3, 2], places: 2 }, { locale: "de-CH" });
      expect(await orders.commitOrders([draft])).toEqual([
        { kind: "committed", orderId: draft.orderId, replayed: false },
      ]);
      const found = await orders.find(draft.orderId);
      expect(found?.payment).toMatchObject({
        attempt: 1,
        state: "created",
        method: "card",
        providerRef: null,
      });
      expect(found?.order).toMatchObject({
        state: "awaiting_payment",
        accountId: draft.accountId,
        totalMinor: draft.totalMinor,
        items: draft.items,
        quoteHash: draft.quoteHash,
        locale: "de-CH",
      });
      expect(found?.order.reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(await orders.findByReference(found?.order.reference ?? "")).toEqual(found);
      expect(await facts(eventId)).toMatchObject({
        claimed: [
          { seatNo: 2, holdId: draft.holdId },
          { seatNo: 3, holdId: draft.holdId },
        ],
        areas: [{ areaNo: 0, capacity: 5, claimed: 2, sold: 0 }],
        bought: [{ accountId: draft.accountId, count: 4 }],
      });
    });

    it("is found by its owner and by nobody else", async () => {
      const eventId = await openSale(database());
      const draft = orderDraft(eventId, { seats: [1] });
      await orders.commitOrders([draft]);
      expect((await orders.findOwn(draft.orderId, draft.accountId))?.order.id).toBe(draft.orderId);
      expect(await orders.findOwn(draft.orderId, newAccountId())).toBeNull();
      expect(
        (await orders.listOwn(draft.accountId, { after: null, limit: 10 })).items.map((order) => order.id),
      ).toEqual([draft.orderId]);
      expect(await orders.requestHashOf(draft.orderId)).toBe(draft.requestHash);
    });

    it("that loses one of its seats leaves no trace: no order, no claim, no count", async () => {
      const eventId = await openSale(database(), { seats: 10, standing: 5 });
      const first = orderDraft(eventId, { seats: [4] });
      const second = orderDraft(eventId, { seats: [3, 4, 5], places: 1 });
      expect(await kinds(first)).toEqual(["committed"]);
      expect(await orders.commitOrders([second])).toEqual([
        { kind: "seats_taken", orderId: second.orderId, seatNos: [4] },
      ]);
      expect(await orders.find(second.orderId)).toBeNull();
      const after = await facts(eventId);
      expect(after.claimed.map((claim) => claim.seatNo)).toEqual([4]);
      expect(after.bought).toEqual([{ accountId: first.accountId, count: 1 }]);
      expect(after.areas).toEqual([{ areaNo: 0, capacity: 5, claimed: 0, sold: 0 }]);
    });

    it("is refused for house seats, closed and unknown events", async () => {
      const eventId = await openSale(database(), { seats: 4, houseSeats: 1 });
      expect(await kinds(orderDraft(eventId, { seats: [3] }))).toEqual(["seats_taken"]);
      await makePgEventStore(database()).moveEvent(TESTER, { id: eventId, to: "paused" });
      const elsewhere = await openSale(database());
      expect(
        await kinds(orderDraft(eventId, { seats: [0] }), {
          ...orderDraft(elsewhere, { seats: [0] }),
          eventId: elsewhere,
        }),
      ).toEqual(["event_closed", "committed"]);
      expect(
        await kinds({ ...orderDraft(eventId, { seats: [0] }), eventId: randomUUID() as typeof eventId }),
      ).toEqual(["event_closed"]);
    });

    it("still comes through when the event sold out after its hold was made", async () => {
      const eventId = await openSale(database());
      await makePgEventStore(database()).moveEvent(TESTER, { id: eventId, to: "sold_out" });
      expect(await kinds(orderDraft(eventId, { seats: [0] }))).toEqual(["committed"]);
    });

    it("takes over a claim whose time is over, under a larger fence, and leaves it when it cannot have all", async () => {
      const eventId = await openSale(database());
      const late = orderDraft(eventId, { seats: [1] }, { payWithinMs: 1_000 });
      await orders.commitOrders([late, orderDraft(eventId, { seats: [2] })]);
      const expire = () =>
        database().sql.begin(async (tx) => {
          await tx`select guard_tx()`;
          await tx`update seat_claim set expires_at = clock_timestamp() where order_id = ${late.orderId}`;
        });
      const claim = async () =>
        (
          await database()
            .sql`select order_id, fence::int from seat_claim where event_id = ${eventId} and seat_no = 1`
        )[0];
      await expire();
      const before = await claim();
      expect(await kinds(orderDraft(eventId, { seats: [1, 2] }))).toEqual(["seats_taken"]);
      expect(await claim()).toEqual(before);
      const next = orderDraft(eventId, { seats: [1] });
      expect(await kinds(next)).toEqual(["committed"]);
      const after = await claim();
      expect(after?.["order_id"]).toBe(next.orderId);
      expect(after?.["fence"]).toBeGreaterThan(before?.["fence"]);
    });
  });

  describe("a repeated order", () => {
    it("is answered as committed and changes nothing, also after the event closed", async () => {
      const eventId = await openSale(database());
      const draft = orderDraft(eventId, { seats: [1, 2] });
      await orders.commitOrders([draft]);
      const before = await facts(eventId);
      expect(await orders.commitOrders([draft, draft])).toEqual([
        { kind: "committed", orderId: draft.orderId, replayed: true },
        { kind: "committed", orderId: draft.orderId, replayed: true },
      ]);
      await makePgEventStore(database()).moveEvent(TESTER, { id: eventId, to: "ended" });
      expect(await orders.commitOrders([draft])).toEqual([
        { kind: "committed", orderId: draft.orderId, replayed: true },
      ]);
      expect(await facts(eventId)).toEqual(before);
    });

    it("twice in one batch is committed once", async () => {
      const eventId = await openSale(database());
      const draft = orderDraft(eventId, { seats: [1] });
      expect(await orders.commitOrders([draft, draft])).toEqual([
        { kind: "committed", orderId: draft.orderId, replayed: false },
        { kind: "committed", orderId: draft.orderId, replayed: true },
      ]);
    });

    it("with the same key and another request is refused, in the same batch and later (mutant M7)", async () => {
      const eventId = await openSale(database());
      const draft = orderDraft(eventId, { seats: [1] });
      const other = {
        ...orderDraft(eventId, { seats: [2] }),
        accountId: draft.accountId,
        idempotencyKey: draft.idempotencyKey,
        requestHash: "f".repeat(64),
      };
      expect(await kinds(draft, other)).toEqual(["committed", "key_reused"]);
      expect(await kinds(other, { ...other, orderId: draft.orderId })).toEqual(["key_reused", "key_reused"]);
      expect((await facts(eventId)).claimed.map((claim) => claim.seatNo)).toEqual([1]);
    });

    it("with somebody else's key is somebody else's business", async () => {
      const eventId = await openSale(database());
      const draft = orderDraft(eventId, { seats: [1] });
      const other = orderDraft(eventId, { seats: [2] }, { idempotencyKey: draft.idempotencyKey });
      expect(await kinds(draft, other)).toEqual(["committed", "committed"]);
    });

    it("from fifty clients at once is one order (mutant M6)", async () => {
      const eventId = await openSale(database());
      for (let round = 0; round < 5; round++) {
        const draft = orderDraft(eventId, { seats: [round] });
        const outcomes = (
          await Promise.all(Array.from({ length: 50 }, () => orders.commitOrders([draft])))
        ).flat();
        expect(outcomes.every((outcome) => outcome.kind === "committed")).toBe(true);
        expect(outcomes.filter((outcome) => outcome.kind === "committed" && !outcome.replayed)).toHaveLength(
          1,
        );
      }
      expect((await facts(eventId)).bought.map((fan) => fan.count)).toEqual([1, 1, 1, 1, 1]);
    });

    it("of one hold under another key does not become a second order", async () => {
      const eventId = await openSale(database(), { standing: 10 });
      const draft = orderDraft(eventId, { places: 2 });
      const again = orderDraft(eventId, { places: 2 }, { holdId: draft.holdId });
      expect(await kinds(draft)).toEqual(["committed"]);
      expect(await kinds(again)).toEqual(["seats_taken"]);
    });
  });

  describe("a batch", () => {
    it("decides each order by itself, in the order they came", async () => {
      const eventId = await openSale(database(), { seats: 20, standing: 3 });
      const fan = newAccountId();
      const drafts = [
        orderDraft(eventId, { seats: [0, 1] }),
        orderDraft(eventId, { seats: [1, 2] }),
        orderDraft(eventId, { seats: [2, 3] }),
        orderDraft(eventId, { places: 2 }),
        orderDraft(eventId, { places: 2 }),
        orderDraft(eventId, { places: 1 }),
        orderDraft(eventId, { seats: [4, 5, 6, 7] }, { accountId: fan }),
        orderDraft(eventId, { seats: [8, 9, 10] }, { accountId: fan }),
        orderDraft(eventId, { seats: [8, 9] }, { accountId: fan }),
      ];
      const outcomes = await orders.commitOrders(drafts);
      expect(outcomes.map((outcome) => outcome.kind)).toEqual([
        "committed",
        "seats_taken",
        "committed",
        "committed",
        "area_full",
        "committed",
        "committed",
        "limit",
        "committed",
      ]);
      expect(outcomes[7]).toMatchObject({ max: 6, bought: 4 });
      expect(outcomes[4]).toMatchObject({ areaNos: [0] });
    });

    it("of a hundred for one seat has one winner: the first", async () => {
      const eventId = await openSale(database());
      const drafts = Array.from({ length: 100 }, () => orderDraft(eventId, { seats: [5] }));
      const outcomes = await orders.commitOrders(drafts);
      expect(outcomes[0]).toMatchObject({ kind: "committed" });
      expect(outcomes.slice(1).every((outcome) => outcome.kind === "seats_taken")).toBe(true);
    });

    it("of none is nothing", async () => {
      expect(await orders.commitOrders([])).toEqual([]);
    });
  });

  describe("races", () => {
    /** Connections of this file's pool. */
    const WRITERS = 20;
    /** So many have looked at the seats and are about to write when the first of them may. */
    const RIVALS = 10;

    /**
     * A race that one lucky order can win before the others begin proves nothing. Here all connections are open, and nobody
     * writes a seat before ten have found it free; then they go on at the same moment.
     */
    async function atOnce<T>(work: () => Promise<T>): Promise<T> {
      const { owner, sql } = database();
      await Promise.all(Array.from({ length: WRITERS }, () => sql`select 1`));
      const waiting = async () => {
        const [row] = await owner.sql<{ count: number }[]>`
          select count(*)::int as count from pg_locks l join pg_database d on d.oid = l.database
          where d.datname = current_database() and l.relation = 'seat_claim'::regclass and not l.granted`;
        return row?.count ?? 0;
      };
      let working: Promise<T> | undefined;
      await owner.sql.begin(async (tx) => {
        await tx`lock table seat_claim in share mode`;
        working = work();
        working.catch(() => undefined);
        await expect.poll(waiting, { interval: 5, timeout: 30_000 }).toBeGreaterThanOrEqual(RIVALS);
      });
      return must(working ?? null, "the lock was taken and the work begun");
    }

    it(`1,000 concurrent buyers for one seat: one order${times} (mutant M1)`, async () => {
      const eventId = await openSale(database(), { seats: REPETITIONS });
      for (let seat = 0; seat < REPETITIONS; seat++) {
        const outcomes = (
          await atOnce(() =>
            Promise.all(
              Array.from({ length: 1_000 }, () =>
                orders.commitOrders([orderDraft(eventId, { seats: [seat] })]),
              ),
            ),
          )
        ).flat();
        expect(outcomes.filter((outcome) => outcome.kind === "committed")).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome.kind === "seats_taken")).toHaveLength(999);
      }
    });

    it(`500 buyers for five seats: five orders${times}`, async () => {
      const eventId = await openSale(database(), { seats: 5 * REPETITIONS });
      for (let round = 0; round < REPETITIONS; round++) {
        const outcomes = (
          await atOnce(() =>
            Promise.all(
              Array.from({ length: 500 }, (_, n) =>
                orders.commitOrders([orderDraft(eventId, { seats: [round * 5 + (n % 5)] })]),
              ),
            ),
          )
        ).flat();
        expect(outcomes.filter((outcome) => outcome.kind === "committed")).toHaveLength(5);
      }
      expect((await facts(eventId)).claimed).toHaveLength(5 * REPETITIONS);
    });

    it("2,000 buyers for 500 standing places: never one too many (mutant pool check)", async () => {
      const eventId = await openSale(database(), { standing: 500 });
      const outcomes = (
        await Promise.all(
          Array.from({ length: 200 }, () =>
            orders.commitOrders(Array.from({ length: 10 }, () => orderDraft(eventId, { places: 1 }))),
          ),
        )
      ).flat();
      expect(outcomes.filter((outcome) => outcome.kind === "committed")).toHaveLength(500);
      expect(outcomes.filter((outcome) => outcome.kind === "area_full")).toHaveLength(1_500);
      expect((await facts(eventId)).areas).toEqual([{ areaNo: 0, capacity: 500, claimed: 500, sold: 0 }]);
    });

    it("one fan on twenty devices never passes the limit (mutant M14)", async () => {
      const eventId = await openSale(database(), { seats: 100 });
      const accountId = newAccountId();
      const outcomes = (
        await Promise.all(
          Array.from({ length: 20 }, (_, n) =>
            orders.commitOrders([
              orderDraft(eventId, { seats: [n * 4, n * 4 + 1, n * 4 + 2, n * 4 + 3] }, { accountId }),
            ]),
          ),
        )
      ).flat();
      expect(outcomes.filter((outcome) => outcome.kind === "committed")).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome.kind === "limit")).toHaveLength(19);
      expect((await facts(eventId)).bought).toEqual([{ accountId, count: 4 }]);
    });

    it("the same seats in opposite orders never deadlock", async () => {
      const eventId = await openSale(database(), { seats: 40 });
      const seats = Array.from({ length: 40 }, (_, n) => n);
      const before = await deadlocks();
      for (let round = 0; round < 20; round++) {
        const batches = Array.from({ length: 10 }, (_, n) => {
          const order = n % 2 === 0 ? seats : seats.toReversed();
          return order
            .filter((seat) => seat % 2 === 0)
            .map((seat) => orderDraft(eventId, { seats: [seat, seat + 1] }));
        });
        const outcomes = (await Promise.all(batches.map((batch) => orders.commitOrders(batch)))).flat();
        const won = outcomes.filter((outcome) => outcome.kind === "committed");
        expect(won).toHaveLength(20);
        await orders.endOrders({
          orderIds: won.map((outcome) => outcome.orderId),
          to: "cancelled",
          reason: "released",
        });
      }
      expect(await deadlocks()).toBe(before);
    });

    async function deadlocks(): Promise<unknown> {
      const [row] = await database().sql`
        select deadlocks::int as n from pg_stat_database where datname = current_database()`;
      return row?.["n"];
    }
  });

  it("an order id, hold and key that were parsed stay what they are", async () => {
    const eventId = await openSale(database());
    const draft = orderDraft(eventId, { seats: [0] });
    await orders.commitOrders([draft]);
    const found = await orders.find(draft.orderId);
    expect(OrderId.parse(found?.order.id)).toBe(draft.orderId);
    expect(HoldId.parse(found?.order.holdId)).toBe(draft.holdId);
  });
});
