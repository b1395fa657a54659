import { describe, expect, test } from "vitest";
import { SEAT_STATE } from "../inventory/inventory.ts";
import { HOLD_EXTENSIONS_MAX } from "../event/hold-limits.ts";
import {
  type HoldContractContext,
  claimOf,
  newAccountId,
  newEventId,
  newHoldId,
  newOrderId,
  planOf,
  refOf,
  seatsOf,
} from "./hold-store-harness.contract.ts";

const { free, held, claimed, sold, blocked } = SEAT_STATE;

/** What happens to places once they are held: release, extension, checkout, settlement, sweep, loss of the shard. */
export function holdLifecycleContract(context: () => HoldContractContext): void {
  describe("release", () => {
    test("five simultaneous releases give the stock back once", async () => {
      const eventId = await context().openEvent({ areas: [{ areaNo: 0, capacity: 10 }] });
      const items = { ...seatsOf(1), areas: [{ areaNo: 0, ticketType: "adult", quantity: 3 }] };
      const plan = planOf({ eventId, items });
      await context().store.acquire(planOf({ eventId, items: { ...items, seats: [] } }));
      await context().store.acquire(plan);
      const results = await Promise.all(
        Array.from({ length: 5 }, () =>
          context().store.release({ ...refOf(plan), accountId: plan.accountId }),
        ),
      );
      expect(results.filter((result) => result.kind === "released")).toEqual([
        { kind: "released", seats: 4 },
      ]);
      expect(results.filter((result) => result.kind === "not_found")).toHaveLength(4);
      const { seats, areas } = await context().harness.stock(eventId);
      expect(seats[1]).toBe(free);
      expect(areas[0]).toMatchObject({ held: 3 });
    });

    test("another fan cannot release, extend, reprice or claim a hold; an operator can release it", async () => {
      const eventId = await context().openEvent();
      const plan = planOf({ eventId });
      await context().store.acquire(plan);
      const thief = { ...refOf(plan), accountId: newAccountId() };
      expect(await context().store.release(thief)).toEqual({ kind: "not_found" });
      expect(await context().store.extend({ ...thief, ttlMs: 600_000 })).toEqual({ kind: "not_found" });
      const { items, quoteHash, totalMinor } = plan;
      expect(await context().store.reprice({ ...thief, items, quoteHash, totalMinor })).toEqual({
        kind: "not_found",
      });
      expect(await context().store.claim({ ...claimOf(plan), ...thief })).toEqual({ kind: "not_found" });
      expect((await context().seatsIn(eventId))[0]).toBe(held);
      expect(await context().store.release({ ...thief, accountId: null })).toEqual({
        kind: "released",
        seats: 1,
      });
    });

    test("a late release does not free a seat that somebody else took over", async () => {
      const eventId = await context().openEvent();
      const old = planOf({ eventId });
      await context().store.acquire(old);
      await context().harness.lapse(eventId, old.id);
      await context().store.acquire(planOf({ eventId }));
      expect(await context().store.release({ ...refOf(old), accountId: old.accountId })).toEqual({
        kind: "not_found",
      });
      expect((await context().seatsIn(eventId))[0]).toBe(held);
    });

    test("a hold in checkout cannot be released", async () => {
      const eventId = await context().openEvent();
      const plan = planOf({ eventId });
      await context().store.acquire(plan);
      await context().store.claim(claimOf(plan));
      expect(await context().store.release({ ...refOf(plan), accountId: plan.accountId })).toEqual({
        kind: "claimed",
      });
      expect((await context().seatsIn(eventId))[0]).toBe(claimed);
    });
  });

  describe("extend and reprice", () => {
    test("a fan gets more time a fixed number of times, and a retry right after costs none", async () => {
      const eventId = await context().openEvent();
      const plan = planOf({ eventId, ttlMs: 10_000 });
      const acquired = await context().store.acquire(plan);
      let ttlMs = plan.ttlMs;
      let endsAtMs = acquired.kind === "acquired" ? acquired.hold.expiresAtMs : 0;
      for (let left = HOLD_EXTENSIONS_MAX - 1; left >= 0; left -= 1) {
        ttlMs *= 2;
        const extended = await context().store.extend({ ...refOf(plan), accountId: plan.accountId, ttlMs });
        expect(extended).toMatchObject({ kind: "extended", hold: { extensionsLeft: left } });
        if (extended.kind !== "extended") return;
        expect(extended.hold.expiresAtMs).toBeGreaterThan(endsAtMs);
        endsAtMs = extended.hold.expiresAtMs;
        expect(await context().store.extend({ ...refOf(plan), accountId: plan.accountId, ttlMs })).toEqual(
          extended,
        );
      }
      const more = await context().store.extend({
        ...refOf(plan),
        accountId: plan.accountId,
        ttlMs: ttlMs * 2,
      });
      expect(more).toEqual({ kind: "no_extension_left" });
    });

    test("a hold that ran out cannot be extended", async () => {
      const eventId = await context().openEvent();
      const plan = planOf({ eventId });
      await context().store.acquire(plan);
      await context().harness.lapse(eventId, plan.id);
      const late = await context().store.extend({ ...refOf(plan), accountId: plan.accountId, ttlMs: 60_000 });
      expect(late).toEqual({ kind: "not_found" });
      expect((await context().seatsIn(eventId))[0]).toBe(free);
    });

    test.each(["public", "2-for-1", null])(
      "a hold knows the window it was taken in for as long as it lives, in checkout too: %s",
      async (windowKey) => {
        const { store } = context();
        const eventId = await context().openEvent();
        const plan = planOf({ eventId, ttlMs: 10_000, windowKey });
        const known = { id: plan.id, windowKey, priceVersion: plan.priceVersion };
        const own = { ...refOf(plan), accountId: plan.accountId };
        expect(await store.acquire(plan)).toMatchObject({ replayed: false, hold: known });
        expect(await store.acquire({ ...plan, windowKey: "later" })).toMatchObject({
          replayed: true,
          hold: known,
        });
        expect(await store.extend({ ...own, ttlMs: 20_000 })).toMatchObject({ hold: known });
        const items = { seats: [{ seatNo: 0, ticketType: "child" }], areas: [] };
        const repriced = { ...own, items, quoteHash: "b".repeat(64), totalMinor: 2_500 };
        for (let times = 0; times < 2; times += 1)
          expect(await store.reprice(repriced)).toMatchObject({
            hold: { ...known, items, totalMinor: 2_500 },
          });
        expect(await store.list(eventId, 1)).toMatchObject([known]);
        await store.claim({ ...claimOf(plan), quoteHash: repriced.quoteHash });
        expect(await store.find(eventId, plan.id)).toMatchObject({ ...known, state: "claimed" });
        expect(await store.findByAccount(eventId, plan.accountId)).toMatchObject([known]);
      },
    );

    test("a reprice locks the new quote: the claim refuses the old one", async () => {
      const eventId = await context().openEvent();
      const plan = planOf({ eventId });
      await context().store.acquire(plan);
      const items = { seats: [{ seatNo: 0, ticketType: "child" }], areas: [] };
      const price = { items, quoteHash: "b".repeat(64), totalMinor: 2_500 };
      const repriced = await context().store.reprice({ ...refOf(plan), accountId: plan.accountId, ...price });
      expect(repriced).toMatchObject({ kind: "repriced", hold: { ...price, priceVersion: 1 } });
      const refused = await context().store.claim(claimOf(plan));
      expect(refused).toEqual({ kind: "price_changed", quoteHash: price.quoteHash });
      const agreed = await context().store.claim({ ...claimOf(plan), quoteHash: price.quoteHash });
      expect(agreed.kind).toBe("queued");
    });
  });

  describe("claim and settle", () => {
    test("ten simultaneous claims under one order id queue it once", async () => {
      const eventId = await context().openEvent();
      const plan = planOf({ eventId });
      await context().store.acquire(plan);
      const claim = claimOf(plan);
      const results = await Promise.all(Array.from({ length: 10 }, () => context().store.claim(claim)));
      expect(results.filter((result) => result.kind === "queued" && !result.replayed)).toHaveLength(1);
      expect(results.every((result) => result.kind === "queued" && result.queueLength === 1)).toBe(true);
      expect(await context().store.claim(claimOf(plan))).toEqual({ kind: "claimed_elsewhere" });
    });

    test("a claim replayed after its order was settled is a replay, not a lost hold", async () => {
      const eventId = await context().openEvent();
      const plan = planOf({ eventId });
      await context().store.acquire(plan);
      const claim = claimOf(plan);
      await context().store.claim(claim);
      await context().store.settleSold([refOf(plan)]);
      expect(await context().store.claim(claim)).toMatchObject({ kind: "queued", replayed: true });
    });

    test("a hold that ran out cannot be claimed", async () => {
      const eventId = await context().openEvent();
      const plan = planOf({ eventId });
      await context().store.acquire(plan);
      await context().harness.lapse(eventId, plan.id);
      expect(await context().store.claim(claimOf(plan))).toEqual({ kind: "not_found" });
    });

    test("a full queue refuses the claim and leaves the hold as it was", async () => {
      const eventId = await context().openEvent();
      const [first, second] = [planOf({ eventId }), planOf({ eventId, items: seatsOf(1) })];
      await context().store.acquire(first);
      await context().store.acquire(second);
      expect(await context().store.claim(claimOf(first, newOrderId(), 1))).toMatchObject({ queueLength: 1 });
      expect(await context().store.claim(claimOf(second, newOrderId(), 1))).toEqual({
        kind: "busy",
        queueLength: 1,
      });
      expect(await context().store.find(eventId, second.id)).toMatchObject({ state: "active" });
      expect((await context().store.claim(claimOf(second, newOrderId(), 2))).kind).toBe("queued");
    });

    test("settled twice, in any mix, the places end once", async () => {
      const eventId = await context().openEvent({ areas: [{ areaNo: 0, capacity: 9 }] });
      const items = { ...seatsOf(1, 2), areas: [{ areaNo: 0, ticketType: "adult", quantity: 2 }] };
      const [bought, declined] = [
        planOf({ eventId, items }),
        planOf({ eventId, items: { ...items, ...seatsOf(3) } }),
      ];
      declined.items.areas.push({ areaNo: 0, ticketType: "adult", quantity: 2 });
      for (const plan of [bought, declined]) {
        await context().store.acquire(plan);
        await context().store.claim(claimOf(plan));
      }
      for (let round = 0; round < 2; round += 1) {
        await context().store.settleSold([refOf(bought)]);
        await context().store.settleFreed([refOf(declined), refOf(bought)]);
        const { seats, areas } = await context().harness.stock(eventId);
        expect(seats.slice(1, 4)).toEqual([sold, sold, free]);
        expect(areas[0]).toEqual({ areaNo: 0, capacity: 9, held: 0, claimed: 0, sold: 2 });
      }
      const again = await context().store.acquire(planOf({ eventId, items: seatsOf(1) }));
      expect(again).toMatchObject({ kind: "taken" });
    });

    test("named twice in one settlement, a claim ends once and takes no place of another", async () => {
      const eventId = await context().openEvent({ areas: [{ areaNo: 0, capacity: 9 }] });
      const items = { seats: [], areas: [{ areaNo: 0, ticketType: "adult", quantity: 2 }] };
      const [ended, waiting] = [planOf({ eventId, items }), planOf({ eventId, items })];
      for (const plan of [ended, waiting]) {
        await context().store.acquire(plan);
        await context().store.claim(claimOf(plan));
      }
      await context().store.settleSold([refOf(ended), refOf(ended)]);
      const { areas } = await context().harness.stock(eventId);
      expect(areas[0]).toEqual({ areaNo: 0, capacity: 9, held: 0, claimed: 2, sold: 2 });
    });

    test("a hold nobody claimed cannot be settled", async () => {
      const eventId = await context().openEvent({ blocked: [9] });
      const plan = planOf({ eventId });
      await context().store.acquire(plan);
      await context().store.settleSold([refOf(plan), { eventId, holdId: newHoldId() }]);
      await context().store.settleFreed([refOf(plan)]);
      const seats = await context().seatsIn(eventId);
      expect([seats[0], seats[9]]).toEqual([held, blocked]);
    });
  });

  describe("sweep", () => {
    test("ends what ran out, no more than asked for, and leaves the rest alone", async () => {
      const eventId = await context().openEvent();
      const plans = [0, 1, 2, 3].map((seatNo) => planOf({ eventId, items: seatsOf(seatNo) }));
      for (const plan of plans) await context().store.acquire(plan);
      for (const plan of plans.slice(0, 3)) await context().harness.lapse(eventId, plan.id);
      expect(await context().store.sweep(eventId, 2)).toBe(2);
      expect(await context().store.sweep(eventId, 2)).toBe(1);
      expect(await context().store.sweep(eventId, 2)).toBe(0);
      expect((await context().seatsIn(eventId)).slice(0, 4)).toEqual([free, free, free, held]);
    });
  });

  describe("a shard that is lost", () => {
    test("refuses everything until it is opened", async () => {
      const plan = planOf({ eventId: newEventId() });
      const lost = { kind: "epoch_missing" };
      const owned = { ...refOf(plan), accountId: plan.accountId };
      const { items, quoteHash, totalMinor } = plan;
      expect(await context().store.acquire(plan)).toEqual(lost);
      expect(await context().store.release(owned)).toEqual(lost);
      expect(await context().store.extend({ ...owned, ttlMs: 60_000 })).toEqual(lost);
      expect(await context().store.reprice({ ...owned, items, quoteHash, totalMinor })).toEqual(lost);
      expect(await context().store.claim(claimOf(plan))).toEqual(lost);
      expect(await context().store.sweep(plan.eventId, 10)).toBe(0);
      expect(await context().store.find(plan.eventId, plan.id)).toBeNull();
    });
  });
}
