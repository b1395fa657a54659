import { describe, expect, test } from "vitest";
import { SEAT_STATE } from "../inventory/inventory.ts";
import {
  type HoldContractContext,
  claimOf,
  newAccountId,
  newHoldId,
  planOf,
  refOf,
  seatsOf,
} from "./hold-store-harness.contract.ts";

const { free, held } = SEAT_STATE;

/** Taking places: races, all or nothing, replays, takeover, the limit per fan, finding them again. */
export function holdAcquireContract(context: () => HoldContractContext): void {
  describe("acquire", () => {
    test("1,000 fans race for one seat: exactly one holds it", async () => {
      const eventId = await context().openEvent({ seatCount: 1 });
      const results = await Promise.all(
        Array.from({ length: 1_000 }, () => context().store.acquire(planOf({ eventId, items: seatsOf(0) }))),
      );
      expect(results.filter((result) => result.kind === "acquired")).toHaveLength(1);
      expect(results.filter((result) => result.kind === "taken")).toHaveLength(999);
    });

    test("500 fans race for five seats: exactly five hold one", async () => {
      const eventId = await context().openEvent({ seatCount: 5 });
      const results = await Promise.all(
        Array.from({ length: 500 }, (_, i) =>
          context().store.acquire(planOf({ eventId, items: seatsOf(i % 5) })),
        ),
      );
      expect(results.filter((result) => result.kind === "acquired")).toHaveLength(5);
      expect(await context().seatsIn(eventId)).toEqual([held, held, held, held, held]);
    });

    test("overlapping pairs are taken whole or not at all", async () => {
      const eventId = await context().openEvent({ seatCount: 20 });
      const plans = Array.from({ length: 200 }, (_, i) =>
        planOf({ eventId, items: seatsOf(i % 19, (i % 19) + 1) }),
      );
      const results = await Promise.all(plans.map((plan) => context().store.acquire(plan)));
      const winners = plans.filter((_, i) => results[i]?.kind === "acquired");
      const owned = winners.flatMap((plan) => plan.items.seats.map((seat) => seat.seatNo));
      expect(new Set(owned).size).toBe(owned.length);
      const seats = await context().seatsIn(eventId);
      expect(seats.filter((state) => state === held)).toHaveLength(owned.length);
    });

    test("one taken seat refuses the whole hold, names it and changes nothing", async () => {
      const eventId = await context().openEvent({ areas: [{ areaNo: 0, capacity: 4 }] });
      await context().store.acquire(planOf({ eventId, items: seatsOf(2) }));
      const before = await context().harness.stock(eventId);
      const items = {
        ...seatsOf(1, 2, 3),
        areas: [{ areaNo: 0, ticketType: "adult", quantity: 2 }],
      };
      expect(await context().store.acquire(planOf({ eventId, items }))).toEqual({
        kind: "taken",
        seatNos: [2],
        areaNos: [],
      });
      expect(await context().harness.stock(eventId)).toEqual(before);
    });

    test("a full standing area refuses the seats asked for with it", async () => {
      const eventId = await context().openEvent({
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
      expect(await context().store.acquire(planOf({ eventId, items: asked(3) }))).toEqual({
        kind: "taken",
        seatNos: [],
        areaNos: [0],
      });
      expect((await context().seatsIn(eventId))[4]).toBe(free);
      expect((await context().store.acquire(planOf({ eventId, items: asked(2) }))).kind).toBe("acquired");
      const { areas } = await context().harness.stock(eventId);
      expect(areas.map((area) => [area.areaNo, area.held])).toEqual([
        [0, 3],
        [1, 1],
      ]);
    });

    test("a hundred fans race for ten standing places: ten get one", async () => {
      const eventId = await context().openEvent({ areas: [{ areaNo: 0, capacity: 10 }] });
      const items = { seats: [], areas: [{ areaNo: 0, ticketType: "adult", quantity: 1 }] };
      const results = await Promise.all(
        Array.from({ length: 100 }, () => context().store.acquire(planOf({ eventId, items }))),
      );
      expect(results.filter((result) => result.kind === "acquired")).toHaveLength(10);
      expect((await context().harness.stock(eventId)).areas[0]).toMatchObject({ capacity: 10, held: 10 });
    });

    test("a blocked seat and a seat that does not exist are refused", async () => {
      const eventId = await context().openEvent({ seatCount: 3, blocked: [1] });
      const result = await context().store.acquire(planOf({ eventId, items: seatsOf(0, 1, 7) }));
      expect(result).toEqual({ kind: "taken", seatNos: [1, 7], areaNos: [] });
    });

    test("a replay answers with the same hold and does not extend it", async () => {
      const eventId = await context().openEvent();
      const plan = planOf({ eventId, items: seatsOf(1, 2), ttlMs: 60_000 });
      const first = await context().store.acquire(plan);
      const again = await context().store.acquire({ ...plan, ttlMs: 600_000 });
      expect(first).toMatchObject({ kind: "acquired", replayed: false });
      expect(again).toEqual({ ...first, replayed: true });
    });

    test("a replay after the hold is over takes nothing again", async () => {
      const eventId = await context().openEvent();
      const released = planOf({ eventId, items: seatsOf(1) });
      await context().store.acquire(released);
      await context().store.release({ ...refOf(released), accountId: released.accountId });
      expect(await context().store.acquire(released)).toEqual({ kind: "ended" });
      const lapsed = planOf({ eventId, items: seatsOf(2) });
      await context().store.acquire(lapsed);
      await context().harness.lapse(eventId, lapsed.id);
      expect(await context().store.acquire(lapsed)).toEqual({ kind: "ended" });
      expect((await context().seatsIn(eventId)).every((state) => state === free)).toBe(true);
    });

    test("a hold id of somebody else tells nothing", async () => {
      const eventId = await context().openEvent();
      const plan = planOf({ eventId });
      await context().store.acquire(plan);
      expect(await context().store.acquire({ ...plan, accountId: newAccountId() })).toEqual({
        kind: "ended",
      });
    });

    test("seats of a hold that ran out are taken over at once, and its other seats are free again", async () => {
      const eventId = await context().openEvent();
      const old = planOf({ eventId, items: seatsOf(3, 4, 5) });
      await context().store.acquire(old);
      await context().harness.lapse(eventId, old.id);
      const next = await context().store.acquire(planOf({ eventId, items: seatsOf(4) }));
      expect(next.kind).toBe("acquired");
      expect((await context().seatsIn(eventId)).slice(3, 6)).toEqual([free, held, free]);
      expect(await context().store.find(eventId, old.id)).toBeNull();
      expect(await context().store.findByAccount(eventId, old.accountId)).toEqual([]);
    });

    test("standing places of holds that ran out are taken over at once", async () => {
      const eventId = await context().openEvent({ areas: [{ areaNo: 0, capacity: 4 }] });
      const items = { seats: [], areas: [{ areaNo: 0, ticketType: "adult", quantity: 2 }] };
      const old = [planOf({ eventId, items }), planOf({ eventId, items })];
      for (const plan of old) {
        await context().store.acquire(plan);
        await context().harness.lapse(eventId, plan.id);
      }
      expect((await context().store.acquire(planOf({ eventId, items }))).kind).toBe("acquired");
      expect((await context().harness.stock(eventId)).areas[0]).toMatchObject({ held: 2 });
    });
  });

  describe("the limit per fan", () => {
    test("counts what is held and what was bought, and says so", async () => {
      const accountId = newAccountId();
      const eventId = await context().openEvent({ bought: [{ accountId, count: 2 }] });
      const ask = (...seatNos: number[]) =>
        context().store.acquire(planOf({ eventId, accountId, items: seatsOf(...seatNos), maxPerFan: 4 }));
      expect((await ask(0)).kind).toBe("acquired");
      expect(await ask(1, 2)).toEqual({ kind: "limit", max: 4, held: 1, bought: 2 });
      expect((await ask(1)).kind).toBe("acquired");
    });

    test("holds under a hundred simultaneous requests of one fan", async () => {
      const accountId = newAccountId();
      const eventId = await context().openEvent({ seatCount: 100 });
      const results = await Promise.all(
        Array.from({ length: 100 }, (_, i) =>
          context().store.acquire(planOf({ eventId, accountId, items: seatsOf(i), maxPerFan: 6 })),
        ),
      );
      expect(results.filter((result) => result.kind === "acquired")).toHaveLength(6);
      expect((await context().seatsIn(eventId)).filter((state) => state === held)).toHaveLength(6);
    });

    test("does not count a hold of theirs that ran out", async () => {
      const eventId = await context().openEvent();
      const old = planOf({ eventId, items: seatsOf(0, 1), maxPerFan: 2 });
      await context().store.acquire(old);
      await context().harness.lapse(eventId, old.id);
      const next = { ...old, id: newHoldId(), items: seatsOf(5, 6) };
      expect((await context().store.acquire(next)).kind).toBe("acquired");
      expect((await context().seatsIn(eventId)).slice(0, 2)).toEqual([free, free]);
    });

    test("keeps counting tickets in checkout and sold, and gives back what was let go", async () => {
      const eventId = await context().openEvent();
      const plan = planOf({ eventId, items: seatsOf(0, 1), maxPerFan: 2 });
      const next = () => context().store.acquire({ ...plan, id: newHoldId(), items: seatsOf(8) });
      await context().store.acquire(plan);
      await context().store.claim(claimOf(plan));
      expect(await next()).toEqual({ kind: "limit", max: 2, held: 0, bought: 2 });
      await context().store.settleFreed([refOf(plan)]);
      const second = { ...plan, id: newHoldId() };
      expect((await context().store.acquire(second)).kind).toBe("acquired");
      await context().store.claim(claimOf(second));
      await context().store.settleSold([refOf(second)]);
      expect(await next()).toEqual({ kind: "limit", max: 2, held: 0, bought: 2 });
    });
  });

  describe("find and list", () => {
    test("a fan finds exactly their own live holds, oldest first", async () => {
      const eventId = await context().openEvent();
      const accountId = newAccountId();
      const plans = [1, 2, 3].map((seatNo) => planOf({ eventId, accountId, items: seatsOf(seatNo) }));
      for (const plan of plans) await context().store.acquire(plan);
      await context().store.acquire(planOf({ eventId, items: seatsOf(9) }));
      await context().store.release({ eventId, holdId: plans[1]?.id ?? newHoldId(), accountId });
      const found = await context().store.findByAccount(eventId, accountId);
      expect(found.map((hold) => hold.id)).toEqual([plans[0]?.id, plans[2]?.id]);
      expect(found[0]).toMatchObject({ items: plans[0]?.items, totalMinor: 5_000, state: "active" });
      expect(await context().store.find(eventId, newHoldId())).toBeNull();
    });

    test("an operator sees the holds that end first, at most as many as asked for", async () => {
      const eventId = await context().openEvent();
      const plans = [50_000, 20_000, 90_000].map((ttlMs, i) => planOf({ eventId, ttlMs, items: seatsOf(i) }));
      for (const plan of plans) await context().store.acquire(plan);
      const listed = await context().store.list(eventId, 2);
      expect(listed.map((hold) => hold.id)).toEqual([plans[1]?.id, plans[0]?.id]);
    });
  });
}
