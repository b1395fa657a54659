import { describe, expect, test } from "vitest";
import { SEAT_STATE } from "../inventory/inventory.ts";
import type { EventId } from "../shared/ids.ts";
import type { HoldPlan } from "./hold.ts";
import { itemsOfAll } from "./join-holds.ts";
import {
  claimOf,
  type HoldContractContext,
  newAccountId,
  planOf,
  refOf,
  seatsOf,
} from "./hold-store-harness.contract.ts";

const { free, held, sold } = SEAT_STATE;
const ALL = "f".repeat(64);

/** Several holds of one fan that are paid for together. */
export function holdJoinContract(context: () => HoldContractContext): void {
  const store = () => context().store;
  const intoOf = (plans: readonly [HoldPlan, ...HoldPlan[]]) => ({
    ...plans[0],
    windowKey: null,
    items: itemsOfAll(plans),
    quoteHash: ALL,
    totalMinor: 10_000,
  });

  /** Two holds of one fan: seats 4 and 1 with three standing places, and seats 2 and 3 with one more of these. */
  async function twoHolds(later: Partial<HoldPlan> = {}) {
    const eventId = await context().openEvent({ areas: [{ areaNo: 0, capacity: 10 }] });
    const accountId = newAccountId();
    const standing = (quantity: number) => [{ areaNo: 0, ticketType: "adult", quantity }];
    const common = { eventId, accountId, maxPerFan: 8 };
    const first = planOf({ ...common, items: { ...seatsOf(1, 4), areas: standing(3) } });
    const items = { ...seatsOf(2, 3), areas: standing(1) };
    const second = planOf({ ...common, items, quoteHash: "b".repeat(64), ...later });
    const acquired = [await store().acquire(first), await store().acquire(second)];
    expect(acquired.map(({ kind }) => kind)).toEqual(["acquired", "acquired"]);
    return {
      eventId,
      accountId,
      first,
      second,
      join: { into: intoOf([first, second]), holds: [first, second] },
    };
  }
  const seatsIn = async (eventId: EventId) => (await context().seatsIn(eventId)).slice(1, 5);

  describe("join", () => {
    test("several holds become one with all their places, and no stock moves", async () => {
      const { eventId, accountId, first, join } = await twoHolds();
      const result = await store().join(join);
      expect(result).toMatchObject({
        kind: "joined",
        hold: { id: first.id, quoteHash: ALL, state: "active" },
      });
      expect(await store().findByAccount(eventId, accountId)).toMatchObject([
        { id: first.id, items: join.into.items, totalMinor: 10_000 },
      ]);
      expect(await seatsIn(eventId)).toEqual([held, held, held, held]);
      expect((await context().harness.stock(eventId)).areas[0]).toMatchObject({ held: 4 });
    });

    test("all places end together: by release, by running out, and by being sold", async () => {
      const given = await twoHolds();
      await store().join(given.join);
      const released = await store().release({ ...refOf(given.first), accountId: given.accountId });
      expect(released).toEqual({ kind: "released", seats: 8 });
      expect(await seatsIn(given.eventId)).toEqual([free, free, free, free]);

      const lapsed = await twoHolds();
      await store().join(lapsed.join);
      await context().harness.lapse(lapsed.eventId, lapsed.first.id);
      expect(await store().sweep(lapsed.eventId, 100)).toBe(1);
      expect(await seatsIn(lapsed.eventId)).toEqual([free, free, free, free]);

      const bought = await twoHolds();
      await store().join(bought.join);
      const claim = { ...claimOf(bought.first), quoteHash: ALL };
      expect(await store().claim({ ...claim, quoteHash: bought.first.quoteHash })).toMatchObject({
        kind: "price_changed",
      });
      expect(await store().claim(claim)).toMatchObject({ kind: "queued" });
      await store().settleSold([refOf(bought.first)]);
      expect(await seatsIn(bought.eventId)).toEqual([sold, sold, sold, sold]);
      expect((await context().harness.stock(bought.eventId)).areas[0]).toMatchObject({ held: 0, sold: 4 });
    });

    test("it ends when the first of them would have, and counts against the limit as before", async () => {
      const { eventId, accountId, first, second, join } = await twoHolds({ ttlMs: 120_000 });
      const before = await store().find(eventId, second.id);
      const result = await store().join(join);
      expect(result).toMatchObject({ kind: "joined", hold: { expiresAtMs: before?.expiresAtMs } });
      const more = planOf({ eventId, accountId, maxPerFan: 8, items: seatsOf(7) });
      expect(await store().acquire(more)).toMatchObject({ kind: "limit", held: 8 });
      await store().release({ ...refOf(first), accountId });
      expect(await store().acquire(more)).toMatchObject({ kind: "acquired" });
    });

    test("joining twice, and repeating what made one of them, answers with the same hold", async () => {
      const { accountId, first, second, join } = await twoHolds();
      const joined = await store().join(join);
      expect(await store().join(join)).toEqual(joined);
      expect(await store().acquire(second)).toMatchObject({
        kind: "acquired",
        replayed: true,
        hold: { id: first.id, accountId, items: join.into.items },
      });
      expect(await store().find(second.eventId, second.id)).toMatchObject({ id: first.id });
      expect(await store().release({ ...refOf(second), accountId })).toEqual({ kind: "not_found" });
    });

    test("what changed meanwhile, is in checkout or belongs to somebody else is not joined, and nothing is changed", async () => {
      const changed = await twoHolds();
      const { items } = changed.second;
      await store().reprice({
        ...changed.second,
        holdId: changed.second.id,
        items,
        quoteHash: "c".repeat(64),
      });
      expect(await store().join(changed.join)).toEqual({ kind: "changed" });
      expect(await store().findByAccount(changed.eventId, changed.accountId)).toHaveLength(2);

      const paying = await twoHolds();
      await store().claim(claimOf(paying.second));
      expect(await store().join(paying.join)).toEqual({ kind: "changed" });

      const gone = await twoHolds();
      await context().harness.lapse(gone.eventId, gone.second.id);
      expect(await store().join(gone.join)).toEqual({ kind: "changed" });
      expect(await store().find(gone.eventId, gone.first.id)).toMatchObject({
        quoteHash: gone.first.quoteHash,
      });

      const foreign = await twoHolds();
      const thief = planOf({ eventId: foreign.eventId, items: seatsOf(8) });
      await store().acquire(thief);
      const stealing = { into: intoOf([thief, foreign.second]), holds: [thief, foreign.second] };
      expect(await store().join(stealing)).toEqual({ kind: "changed" });
    });
  });
}
