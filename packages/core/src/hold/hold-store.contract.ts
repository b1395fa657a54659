import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AreaStock, SEAT_STATE } from "../inventory/inventory.ts";
import type { CartItems } from "../pricing/quote-item.ts";
import { AccountId, EventId, HoldId } from "../shared/ids.ts";
import { HOLD_EXTENSIONS_MAX, type HoldPlan } from "./hold.ts";
import type { HoldStore } from "./hold-store.ts";

/** What an adapter brings to run the contract: the store, a way to open an event's stock, and one to see it. */
export type HoldStoreHarness = {
  readonly store: HoldStore;
  open: (event: {
    eventId: EventId;
    seatCount: number;
    areas?: readonly { areaNo: number; capacity: number }[];
    blocked?: readonly number[];
    bought?: readonly { accountId: AccountId; count: number }[];
  }) => Promise<void>;
  /** Everybody's view of the stock, as it is stored. */
  stock: (eventId: EventId) => Promise<{ seats: readonly number[]; areas: readonly AreaStock[] }>;
  /** Lets the time of one active hold run out now, without ending it: nobody has swept yet. */
  lapse: (eventId: EventId, holdId: HoldId) => Promise<void>;
  close: () => Promise<void>;
};

export const newEventId = () => EventId.parse(randomUUID());
export const newAccountId = () => AccountId.parse(randomUUID());
export const newHoldId = () => HoldId.parse(randomUUID());

export function seatsOf(...seatNos: number[]): CartItems {
  return { seats: seatNos.map((seatNo) => ({ seatNo, ticketType: "adult" })), areas: [] };
}

export function planOf(plan: Partial<HoldPlan> & Pick<HoldPlan, "eventId">): HoldPlan {
  return {
    id: newHoldId(),
    accountId: newAccountId(),
    items: seatsOf(0),
    priceVersion: 1,
    quoteHash: "a".repeat(64),
    totalMinor: 5_000,
    ttlMs: 300_000,
    maxPerFan: 6,
    ...plan,
  };
}

const { free, held, claimed, sold, blocked } = SEAT_STATE;

/** Every adapter of HoldStore runs these; names state what a fan or an operator may rely on. */
export function holdStoreContract(name: string, makeHarness: () => Promise<HoldStoreHarness>): void {
  describe(`HoldStore contract: ${name}`, () => {
    let harness: HoldStoreHarness;
    let store: HoldStore;
    beforeAll(async () => {
      harness = await makeHarness();
      store = harness.store;
    });
    afterAll(() => harness.close());

    async function openEvent(event: Partial<Parameters<HoldStoreHarness["open"]>[0]> = {}) {
      const eventId = newEventId();
      await harness.open({ eventId, seatCount: 10, ...event });
      return eventId;
    }
    const claimOf = (plan: HoldPlan, orderId: string = randomUUID(), queueMax = 100) => ({
      eventId: plan.eventId,
      holdId: plan.id,
      accountId: plan.accountId,
      quoteHash: plan.quoteHash,
      orderId,
      payload: JSON.stringify({ orderId }),
      queueMax,
    });
    const refOf = (plan: HoldPlan) => ({ eventId: plan.eventId, holdId: plan.id });
    const seatsIn = async (eventId: EventId) => (await harness.stock(eventId)).seats;

    describe("acquire", () => {
      test("1,000 fans race for one seat: exactly one holds it", async () => {
        const eventId = await openEvent({ seatCount: 1 });
        const results = await Promise.all(
          Array.from({ length: 1_000 }, () => store.acquire(planOf({ eventId, items: seatsOf(0) }))),
        );
        expect(results.filter((result) => result.kind === "acquired")).toHaveLength(1);
        expect(results.filter((result) => result.kind === "taken")).toHaveLength(999);
      });

      test("500 fans race for five seats: exactly five hold one", async () => {
        const eventId = await openEvent({ seatCount: 5 });
        const results = await Promise.all(
          Array.from({ length: 500 }, (_, i) => store.acquire(planOf({ eventId, items: seatsOf(i % 5) }))),
        );
        expect(results.filter((result) => result.kind === "acquired")).toHaveLength(5);
        expect(await seatsIn(eventId)).toEqual([held, held, held, held, held]);
      });

      test("overlapping pairs are taken whole or not at all", async () => {
        const eventId = await openEvent({ seatCount: 20 });
        const plans = Array.from({ length: 200 }, (_, i) =>
          planOf({ eventId, items: seatsOf(i % 19, (i % 19) + 1) }),
        );
        const results = await Promise.all(plans.map((plan) => store.acquire(plan)));
        const winners = plans.filter((_, i) => results[i]?.kind === "acquired");
        const owned = winners.flatMap((plan) => plan.items.seats.map((seat) => seat.seatNo));
        expect(new Set(owned).size).toBe(owned.length);
        const seats = await seatsIn(eventId);
        expect(seats.filter((state) => state === held)).toHaveLength(owned.length);
      });

      test("one taken seat refuses the whole basket, names it and changes nothing", async () => {
        const eventId = await openEvent({ areas: [{ areaNo: 0, capacity: 4 }] });
        await store.acquire(planOf({ eventId, items: seatsOf(2) }));
        const before = await harness.stock(eventId);
        const items = {
          ...seatsOf(1, 2, 3),
          areas: [{ areaNo: 0, ticketType: "adult", quantity: 2 }],
        };
        expect(await store.acquire(planOf({ eventId, items }))).toEqual({
          kind: "taken",
          seatNos: [2],
          areaNos: [],
        });
        expect(await harness.stock(eventId)).toEqual(before);
      });

      test("a full standing area refuses the seats asked for with it", async () => {
        const eventId = await openEvent({
          areas: [
            { areaNo: 0, capacity: 3 },
            { areaNo: 1, capacity: 9 },
          ],
        });
        const asked = (quantity: number) => ({
          ...seatsOf(4),
          areas: [
            { areaNo: 0, ticketType: "adult", quantity },
            { areaNo: 0, ticketType: "child", quantity: 1 },
            { areaNo: 1, ticketType: "adult", quantity: 1 },
          ],
        });
        expect(await store.acquire(planOf({ eventId, items: asked(3) }))).toEqual({
          kind: "taken",
          seatNos: [],
          areaNos: [0],
        });
        expect((await seatsIn(eventId))[4]).toBe(free);
        expect((await store.acquire(planOf({ eventId, items: asked(2) }))).kind).toBe("acquired");
        const { areas } = await harness.stock(eventId);
        expect(areas.map((area) => [area.areaNo, area.held])).toEqual([
          [0, 3],
          [1, 1],
        ]);
      });

      test("a hundred fans race for ten standing places: ten get one", async () => {
        const eventId = await openEvent({ areas: [{ areaNo: 0, capacity: 10 }] });
        const items = { seats: [], areas: [{ areaNo: 0, ticketType: "adult", quantity: 1 }] };
        const results = await Promise.all(
          Array.from({ length: 100 }, () => store.acquire(planOf({ eventId, items }))),
        );
        expect(results.filter((result) => result.kind === "acquired")).toHaveLength(10);
        expect((await harness.stock(eventId)).areas[0]).toMatchObject({ capacity: 10, held: 10 });
      });

      test("a blocked seat and a seat that does not exist are refused", async () => {
        const eventId = await openEvent({ seatCount: 3, blocked: [1] });
        const result = await store.acquire(planOf({ eventId, items: seatsOf(0, 1, 7) }));
        expect(result).toEqual({ kind: "taken", seatNos: [1, 7], areaNos: [] });
      });

      test("a replay answers with the same hold and does not extend it", async () => {
        const eventId = await openEvent();
        const plan = planOf({ eventId, items: seatsOf(1, 2), ttlMs: 60_000 });
        const first = await store.acquire(plan);
        const again = await store.acquire({ ...plan, ttlMs: 600_000 });
        expect(first).toMatchObject({ kind: "acquired", replayed: false });
        expect(again).toEqual({ ...first, replayed: true });
      });

      test("a replay after the hold is over takes nothing again", async () => {
        const eventId = await openEvent();
        const released = planOf({ eventId, items: seatsOf(1) });
        await store.acquire(released);
        await store.release({ ...refOf(released), accountId: released.accountId });
        expect(await store.acquire(released)).toEqual({ kind: "ended" });
        const lapsed = planOf({ eventId, items: seatsOf(2) });
        await store.acquire(lapsed);
        await harness.lapse(eventId, lapsed.id);
        expect(await store.acquire(lapsed)).toEqual({ kind: "ended" });
        expect((await seatsIn(eventId)).every((state) => state === free)).toBe(true);
      });

      test("a hold id of somebody else tells nothing", async () => {
        const eventId = await openEvent();
        const plan = planOf({ eventId });
        await store.acquire(plan);
        expect(await store.acquire({ ...plan, accountId: newAccountId() })).toEqual({ kind: "ended" });
      });

      test("seats of a hold that ran out are taken over at once, and its other seats are free again", async () => {
        const eventId = await openEvent();
        const old = planOf({ eventId, items: seatsOf(3, 4, 5) });
        await store.acquire(old);
        await harness.lapse(eventId, old.id);
        const next = await store.acquire(planOf({ eventId, items: seatsOf(4) }));
        expect(next.kind).toBe("acquired");
        expect((await seatsIn(eventId)).slice(3, 6)).toEqual([free, held, free]);
        expect(await store.find(eventId, old.id)).toBeNull();
        expect(await store.findByAccount(eventId, old.accountId)).toEqual([]);
      });

      test("standing places of holds that ran out are taken over at once", async () => {
        const eventId = await openEvent({ areas: [{ areaNo: 0, capacity: 4 }] });
        const items = { seats: [], areas: [{ areaNo: 0, ticketType: "adult", quantity: 2 }] };
        const old = [planOf({ eventId, items }), planOf({ eventId, items })];
        for (const plan of old) {
          await store.acquire(plan);
          await harness.lapse(eventId, plan.id);
        }
        expect((await store.acquire(planOf({ eventId, items }))).kind).toBe("acquired");
        expect((await harness.stock(eventId)).areas[0]).toMatchObject({ held: 2 });
      });
    });

    describe("the limit per fan", () => {
      test("counts what is held and what was bought, and says so", async () => {
        const accountId = newAccountId();
        const eventId = await openEvent({ bought: [{ accountId, count: 2 }] });
        const ask = (...seatNos: number[]) =>
          store.acquire(planOf({ eventId, accountId, items: seatsOf(...seatNos), maxPerFan: 4 }));
        expect((await ask(0)).kind).toBe("acquired");
        expect(await ask(1, 2)).toEqual({ kind: "limit", max: 4, held: 1, bought: 2 });
        expect((await ask(1)).kind).toBe("acquired");
      });

      test("holds under a hundred simultaneous requests of one fan", async () => {
        const accountId = newAccountId();
        const eventId = await openEvent({ seatCount: 100 });
        const results = await Promise.all(
          Array.from({ length: 100 }, (_, i) =>
            store.acquire(planOf({ eventId, accountId, items: seatsOf(i), maxPerFan: 6 })),
          ),
        );
        expect(results.filter((result) => result.kind === "acquired")).toHaveLength(6);
        expect((await seatsIn(eventId)).filter((state) => state === held)).toHaveLength(6);
      });

      test("does not count a hold of theirs that ran out", async () => {
        const eventId = await openEvent();
        const old = planOf({ eventId, items: seatsOf(0, 1), maxPerFan: 2 });
        await store.acquire(old);
        await harness.lapse(eventId, old.id);
        const next = { ...old, id: newHoldId(), items: seatsOf(5, 6) };
        expect((await store.acquire(next)).kind).toBe("acquired");
        expect((await seatsIn(eventId)).slice(0, 2)).toEqual([free, free]);
      });

      test("keeps counting tickets in checkout and sold, and gives back what was let go", async () => {
        const eventId = await openEvent();
        const plan = planOf({ eventId, items: seatsOf(0, 1), maxPerFan: 2 });
        const next = () => store.acquire({ ...plan, id: newHoldId(), items: seatsOf(8) });
        await store.acquire(plan);
        await store.claim(claimOf(plan));
        expect(await next()).toEqual({ kind: "limit", max: 2, held: 0, bought: 2 });
        await store.settleFreed([refOf(plan)]);
        const second = { ...plan, id: newHoldId() };
        expect((await store.acquire(second)).kind).toBe("acquired");
        await store.claim(claimOf(second));
        await store.settleSold([refOf(second)]);
        expect(await next()).toEqual({ kind: "limit", max: 2, held: 0, bought: 2 });
      });
    });

    describe("find and list", () => {
      test("a fan finds exactly their own live holds, oldest first", async () => {
        const eventId = await openEvent();
        const accountId = newAccountId();
        const plans = [1, 2, 3].map((seatNo) => planOf({ eventId, accountId, items: seatsOf(seatNo) }));
        for (const plan of plans) await store.acquire(plan);
        await store.acquire(planOf({ eventId, items: seatsOf(9) }));
        await store.release({ eventId, holdId: plans[1]?.id ?? newHoldId(), accountId });
        const found = await store.findByAccount(eventId, accountId);
        expect(found.map((hold) => hold.id)).toEqual([plans[0]?.id, plans[2]?.id]);
        expect(found[0]).toMatchObject({ items: plans[0]?.items, totalMinor: 5_000, state: "active" });
        expect(await store.find(eventId, newHoldId())).toBeNull();
      });

      test("an operator sees the holds that end first, at most as many as asked for", async () => {
        const eventId = await openEvent();
        const plans = [50_000, 20_000, 90_000].map((ttlMs, i) =>
          planOf({ eventId, ttlMs, items: seatsOf(i) }),
        );
        for (const plan of plans) await store.acquire(plan);
        const listed = await store.list(eventId, 2);
        expect(listed.map((hold) => hold.id)).toEqual([plans[1]?.id, plans[0]?.id]);
      });
    });

    describe("release", () => {
      test("five simultaneous releases give the stock back once", async () => {
        const eventId = await openEvent({ areas: [{ areaNo: 0, capacity: 10 }] });
        const items = { ...seatsOf(1), areas: [{ areaNo: 0, ticketType: "adult", quantity: 3 }] };
        const plan = planOf({ eventId, items });
        await store.acquire(planOf({ eventId, items: { ...items, seats: [] } }));
        await store.acquire(plan);
        const results = await Promise.all(
          Array.from({ length: 5 }, () => store.release({ ...refOf(plan), accountId: plan.accountId })),
        );
        expect(results.filter((result) => result.kind === "released")).toEqual([
          { kind: "released", seats: 4 },
        ]);
        expect(results.filter((result) => result.kind === "not_found")).toHaveLength(4);
        const { seats, areas } = await harness.stock(eventId);
        expect(seats[1]).toBe(free);
        expect(areas[0]).toMatchObject({ held: 3 });
      });

      test("another fan cannot release, extend, reprice or claim a hold; an operator can release it", async () => {
        const eventId = await openEvent();
        const plan = planOf({ eventId });
        await store.acquire(plan);
        const thief = { ...refOf(plan), accountId: newAccountId() };
        expect(await store.release(thief)).toEqual({ kind: "not_found" });
        expect(await store.extend({ ...thief, ttlMs: 600_000 })).toEqual({ kind: "not_found" });
        const { items, quoteHash, totalMinor } = plan;
        expect(await store.reprice({ ...thief, items, quoteHash, totalMinor })).toEqual({
          kind: "not_found",
        });
        expect(await store.claim({ ...claimOf(plan), ...thief })).toEqual({ kind: "not_found" });
        expect((await seatsIn(eventId))[0]).toBe(held);
        expect(await store.release({ ...thief, accountId: null })).toEqual({ kind: "released", seats: 1 });
      });

      test("a late release does not free a seat that somebody else took over", async () => {
        const eventId = await openEvent();
        const old = planOf({ eventId });
        await store.acquire(old);
        await harness.lapse(eventId, old.id);
        await store.acquire(planOf({ eventId }));
        expect(await store.release({ ...refOf(old), accountId: old.accountId })).toEqual({
          kind: "not_found",
        });
        expect((await seatsIn(eventId))[0]).toBe(held);
      });

      test("a hold in checkout cannot be released", async () => {
        const eventId = await openEvent();
        const plan = planOf({ eventId });
        await store.acquire(plan);
        await store.claim(claimOf(plan));
        expect(await store.release({ ...refOf(plan), accountId: plan.accountId })).toEqual({
          kind: "claimed",
        });
        expect((await seatsIn(eventId))[0]).toBe(claimed);
      });
    });

    describe("extend and reprice", () => {
      test("a fan gets more time a fixed number of times, and a retry right after costs none", async () => {
        const eventId = await openEvent();
        const plan = planOf({ eventId, ttlMs: 10_000 });
        const acquired = await store.acquire(plan);
        let ttlMs = plan.ttlMs;
        let endsAtMs = acquired.kind === "acquired" ? acquired.hold.expiresAtMs : 0;
        for (let left = HOLD_EXTENSIONS_MAX - 1; left >= 0; left -= 1) {
          ttlMs *= 2;
          const extended = await store.extend({ ...refOf(plan), accountId: plan.accountId, ttlMs });
          expect(extended).toMatchObject({ kind: "extended", hold: { extensionsLeft: left } });
          if (extended.kind !== "extended") return;
          expect(extended.hold.expiresAtMs).toBeGreaterThan(endsAtMs);
          endsAtMs = extended.hold.expiresAtMs;
          expect(await store.extend({ ...refOf(plan), accountId: plan.accountId, ttlMs })).toEqual(extended);
        }
        const more = await store.extend({ ...refOf(plan), accountId: plan.accountId, ttlMs: ttlMs * 2 });
        expect(more).toEqual({ kind: "no_extension_left" });
      });

      test("a hold that ran out cannot be extended", async () => {
        const eventId = await openEvent();
        const plan = planOf({ eventId });
        await store.acquire(plan);
        await harness.lapse(eventId, plan.id);
        const late = await store.extend({ ...refOf(plan), accountId: plan.accountId, ttlMs: 60_000 });
        expect(late).toEqual({ kind: "not_found" });
        expect((await seatsIn(eventId))[0]).toBe(free);
      });

      test("a reprice locks the new quote: the claim refuses the old one", async () => {
        const eventId = await openEvent();
        const plan = planOf({ eventId });
        await store.acquire(plan);
        const items = { seats: [{ seatNo: 0, ticketType: "child" }], areas: [] };
        const price = { items, quoteHash: "b".repeat(64), totalMinor: 2_500 };
        const repriced = await store.reprice({ ...refOf(plan), accountId: plan.accountId, ...price });
        expect(repriced).toMatchObject({ kind: "repriced", hold: { ...price, priceVersion: 1 } });
        const refused = await store.claim(claimOf(plan));
        expect(refused).toEqual({ kind: "price_changed", quoteHash: price.quoteHash });
        const agreed = await store.claim({ ...claimOf(plan), quoteHash: price.quoteHash });
        expect(agreed.kind).toBe("queued");
      });
    });

    describe("claim and settle", () => {
      test("ten simultaneous claims under one order id queue it once", async () => {
        const eventId = await openEvent();
        const plan = planOf({ eventId });
        await store.acquire(plan);
        const claim = claimOf(plan);
        const results = await Promise.all(Array.from({ length: 10 }, () => store.claim(claim)));
        expect(results.filter((result) => result.kind === "queued" && !result.replayed)).toHaveLength(1);
        expect(results.every((result) => result.kind === "queued" && result.queueLength === 1)).toBe(true);
        expect(await store.claim(claimOf(plan))).toEqual({ kind: "claimed_elsewhere" });
      });

      test("a claim replayed after its order was settled is a replay, not a lost hold", async () => {
        const eventId = await openEvent();
        const plan = planOf({ eventId });
        await store.acquire(plan);
        const claim = claimOf(plan);
        await store.claim(claim);
        await store.settleSold([refOf(plan)]);
        expect(await store.claim(claim)).toMatchObject({ kind: "queued", replayed: true });
      });

      test("a hold that ran out cannot be claimed", async () => {
        const eventId = await openEvent();
        const plan = planOf({ eventId });
        await store.acquire(plan);
        await harness.lapse(eventId, plan.id);
        expect(await store.claim(claimOf(plan))).toEqual({ kind: "not_found" });
      });

      test("a full queue refuses the claim and leaves the hold as it was", async () => {
        const eventId = await openEvent();
        const [first, second] = [planOf({ eventId }), planOf({ eventId, items: seatsOf(1) })];
        await store.acquire(first);
        await store.acquire(second);
        expect(await store.claim(claimOf(first, randomUUID(), 1))).toMatchObject({ queueLength: 1 });
        expect(await store.claim(claimOf(second, randomUUID(), 1))).toEqual({ kind: "busy", queueLength: 1 });
        expect(await store.find(eventId, second.id)).toMatchObject({ state: "active" });
        expect((await store.claim(claimOf(second, randomUUID(), 2))).kind).toBe("queued");
      });

      test("settled twice, in any mix, the places end once", async () => {
        const eventId = await openEvent({ areas: [{ areaNo: 0, capacity: 9 }] });
        const items = { ...seatsOf(1, 2), areas: [{ areaNo: 0, ticketType: "adult", quantity: 2 }] };
        const [bought, declined] = [
          planOf({ eventId, items }),
          planOf({ eventId, items: { ...items, ...seatsOf(3) } }),
        ];
        declined.items.areas.push({ areaNo: 0, ticketType: "adult", quantity: 2 });
        for (const plan of [bought, declined]) {
          await store.acquire(plan);
          await store.claim(claimOf(plan));
        }
        for (let round = 0; round < 2; round += 1) {
          await store.settleSold([refOf(bought)]);
          await store.settleFreed([refOf(declined), refOf(bought)]);
          const { seats, areas } = await harness.stock(eventId);
          expect(seats.slice(1, 4)).toEqual([sold, sold, free]);
          expect(areas[0]).toEqual({ areaNo: 0, capacity: 9, held: 0, claimed: 0, sold: 2 });
        }
        const again = await store.acquire(planOf({ eventId, items: seatsOf(1) }));
        expect(again).toMatchObject({ kind: "taken" });
      });

      test("a hold nobody claimed cannot be settled", async () => {
        const eventId = await openEvent({ blocked: [9] });
        const plan = planOf({ eventId });
        await store.acquire(plan);
        await store.settleSold([refOf(plan), { eventId, holdId: newHoldId() }]);
        await store.settleFreed([refOf(plan)]);
        const seats = await seatsIn(eventId);
        expect([seats[0], seats[9]]).toEqual([held, blocked]);
      });
    });

    describe("sweep", () => {
      test("ends what ran out, no more than asked for, and leaves the rest alone", async () => {
        const eventId = await openEvent();
        const plans = [0, 1, 2, 3].map((seatNo) => planOf({ eventId, items: seatsOf(seatNo) }));
        for (const plan of plans) await store.acquire(plan);
        for (const plan of plans.slice(0, 3)) await harness.lapse(eventId, plan.id);
        expect(await store.sweep(eventId, 2)).toBe(2);
        expect(await store.sweep(eventId, 2)).toBe(1);
        expect(await store.sweep(eventId, 2)).toBe(0);
        expect((await seatsIn(eventId)).slice(0, 4)).toEqual([free, free, free, held]);
      });
    });

    describe("a shard that is lost", () => {
      test("refuses everything until it is opened", async () => {
        const plan = planOf({ eventId: newEventId() });
        const lost = { kind: "epoch_missing" };
        const owned = { ...refOf(plan), accountId: plan.accountId };
        const { items, quoteHash, totalMinor } = plan;
        expect(await store.acquire(plan)).toEqual(lost);
        expect(await store.release(owned)).toEqual(lost);
        expect(await store.extend({ ...owned, ttlMs: 60_000 })).toEqual(lost);
        expect(await store.reprice({ ...owned, items, quoteHash, totalMinor })).toEqual(lost);
        expect(await store.claim(claimOf(plan))).toEqual(lost);
        expect(await store.sweep(plan.eventId, 10)).toBe(0);
        expect(await store.find(plan.eventId, plan.id)).toBeNull();
      });
    });
  });
}
