import {
  claimOf,
  newAccountId,
  newEventId,
  newHoldId,
  planOf,
  refOf,
  seatsOf,
} from "@onsale/core/hold/hold-store-harness.contract";
import { type InventoryFacts, SEAT_STATE } from "@onsale/core/inventory/inventory";
import type { InventoryStore } from "@onsale/core/inventory/inventory-store";
import { type Compared, compareShard, repairOf } from "@onsale/core/reconcile/compare-shard";
import { must } from "@onsale/core/shared/assert";
import type { EventId } from "@onsale/core/shared/ids";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { factsOf, makeRedisHarness } from "../testing/harness.ts";
import { NO_REDIS } from "../testing/redis.ts";

const { free, held, claimed, sold, blocked } = SEAT_STATE;
const INVALID = 250;

describe.skipIf(NO_REDIS)("repair of a shard (needs TEST_REDIS_URL)", () => {
  let harness: ReturnType<typeof makeRedisHarness>;
  beforeAll(() => {
    harness = makeRedisHarness();
  });
  afterAll(() => harness.close());

  const nothing = { sold: [], seats: [], areas: [], claims: [], bought: [] };
  const overwrite = (eventId: EventId, seatNo: number, byte: number) =>
    harness.clients.commands.setrange(harness.key(eventId, "seats"), seatNo, Buffer.of(byte));
  const hold = async (eventId: EventId, ...seatNos: number[]) => {
    const plan = planOf({ eventId, items: seatsOf(...seatNos) });
    expect(await harness.store.acquire(plan)).toMatchObject({ kind: "acquired" });
    return plan;
  };
  const seatsIn = async (eventId: EventId) => (await harness.stock(eventId)).seats;
  async function compared(eventId: EventId, facts: InventoryFacts): Promise<Compared> {
    const shard = must(await harness.inventory.snapshot(eventId), "open");
    return { facts, shard, promises: await harness.inventory.promises(eventId) };
  }
  async function mend(eventId: EventId, facts: InventoryFacts): Promise<number> {
    const seen = await compared(eventId, facts);
    return harness.inventory.repair({ eventId, ...repairOf(seen, compareShard(seen)) });
  }

  test("makes the named places what Postgres says, and ends no other promise", async () => {
    const eventId = newEventId();
    const accountId = newAccountId();
    const areas = [{ areaNo: 0, capacity: 9, claimed: 0, sold: 1 }];
    await harness.openFacts(eventId, { seatCount: 8, sold: [6], areas });
    const wrong = await hold(eventId, 0, 1);
    await hold(eventId, 2);
    const repair: Parameters<InventoryStore["repair"]>[0] = {
      eventId,
      sold: [0, 5],
      seats: [
        { seatNo: 2, seen: held, state: free, holdId: null },
        { seatNo: 6, seen: sold, state: free, holdId: null },
      ],
      areas: [{ areaNo: 0, seenSold: 1, sold: 4 }],
      claims: [{ holdId: newHoldId(), areaNo: 0, quantity: 2 }],
      bought: [{ accountId, count: 3 }],
    };
    expect(await harness.inventory.repair(repair)).toBe(4);
    expect(await harness.inventory.repair(repair)).toBe(0);
    expect(await harness.stock(eventId)).toEqual({
      seats: [sold, free, held, free, free, sold, free, free],
      areas: [{ areaNo: 0, capacity: 9, held: 0, claimed: 2, sold: 4 }],
    });
    expect(await harness.store.find(eventId, wrong.id)).toBeNull();
    const more = planOf({ eventId, accountId, items: seatsOf(7), maxPerFan: 3 });
    expect(await harness.store.acquire(more)).toMatchObject({ kind: "limit", bought: 3 });
  });

  test.each([held, claimed, blocked, INVALID])(
    "a free seat that is marked %i and in no living hold goes back on sale",
    async (byte) => {
      const eventId = newEventId();
      const facts = factsOf({ seatCount: 3 });
      await harness.openFacts(eventId, facts);
      await overwrite(eventId, 1, byte);
      expect(compareShard(await compared(eventId, facts))).toEqual([
        { kind: "lost_for_sale", details: { seatNo: 1, shard: byte } },
      ]);
      expect(await mend(eventId, facts)).toBe(1);
      expect(await seatsIn(eventId)).toEqual([free, free, free]);
      await hold(eventId, 1);
    },
  );

  test("a seat that names a hold which is over, or which has not got it, goes back on sale", async () => {
    const eventId = newEventId();
    const facts = factsOf({ seatCount: 4 });
    await harness.openFacts(eventId, facts);
    const living = await hold(eventId, 0);
    const over = await hold(eventId, 3);
    await harness.store.release({ ...refOf(over), accountId: over.accountId });
    for (const [seatNo, holder] of [
      [1, living],
      [3, over],
    ] as const) {
      await overwrite(eventId, seatNo, held);
      await harness.clients.commands.hset(harness.key(eventId, "seathold"), String(seatNo), holder.id);
    }
    expect(await mend(eventId, facts)).toBe(2);
    expect(await seatsIn(eventId)).toEqual([held, free, free, free]);
  });

  test("an active hold that nothing would ever end is no living one", async () => {
    const eventId = newEventId();
    const facts = factsOf({ seatCount: 2, areas: [{ areaNo: 0, capacity: 9, claimed: 0, sold: 0 }] });
    await harness.openFacts(eventId, facts);
    const plan = await hold(eventId, 0);
    await harness.clients.commands.zrem(harness.key(eventId, "expiry"), plan.id);
    expect(await mend(eventId, facts)).toBe(1);
    expect(await seatsIn(eventId)).toEqual([free, free]);
  });

  test("a seat that should be blocked is blocked, whatever it was marked", async () => {
    const eventId = newEventId();
    const facts = factsOf({ seatCount: 4, blocked: [0, 1, 2, 3] });
    await harness.openFacts(eventId, facts);
    for (const [seatNo, byte] of [free, held, sold, INVALID].entries())
      await overwrite(eventId, seatNo, byte);
    expect(compareShard(await compared(eventId, facts)).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 4 }, () => "should_be_blocked"),
    );
    expect(await mend(eventId, facts)).toBe(4);
    expect(await seatsIn(eventId)).toEqual([blocked, blocked, blocked, blocked]);
  });

  test("a hold made between the look and the repair keeps its seats", async () => {
    const eventId = newEventId();
    const facts = factsOf({ seatCount: 3 });
    await harness.openFacts(eventId, facts);
    await overwrite(eventId, 1, held);
    const seen = await compared(eventId, facts);
    await overwrite(eventId, 1, free);
    const plan = await hold(eventId, 1);
    expect(await harness.inventory.repair({ eventId, ...repairOf(seen, compareShard(seen)) })).toBe(0);
    expect(await seatsIn(eventId)).toEqual([free, held, free]);
    expect(await harness.store.claim(claimOf(plan))).toMatchObject({ kind: "queued" });
    // The same of a claim, when the byte that was seen is there again.
    const seats = [{ seatNo: 1, seen: claimed, state: free, holdId: null }];
    expect(await harness.inventory.repair({ eventId, ...nothing, seats })).toBe(0);
    expect(await seatsIn(eventId)).toEqual([free, claimed, free]);
  });

  test("a seat that changed since it was looked at is left alone", async () => {
    const eventId = newEventId();
    await harness.openFacts(eventId, { seatCount: 2, sold: [0] });
    const seats = [{ seatNo: 0, seen: held, state: free, holdId: null }];
    expect(await harness.inventory.repair({ eventId, ...nothing, seats })).toBe(0);
    expect(await seatsIn(eventId)).toEqual([sold, free]);
  });

  test("a living hold gets its marks and its name on the seat back", async () => {
    const eventId = newEventId();
    const facts = factsOf({ seatCount: 3 });
    await harness.openFacts(eventId, facts);
    const plan = await hold(eventId, 0, 1);
    await overwrite(eventId, 0, free);
    await overwrite(eventId, 1, INVALID);
    await harness.clients.commands.hdel(harness.key(eventId, "seathold"), "1");
    expect(compareShard(await compared(eventId, facts)).map(({ kind }) => kind)).toEqual([
      "hold_overwritten",
      "hold_overwritten",
    ]);
    expect(await mend(eventId, facts)).toBe(2);
    expect(await seatsIn(eventId)).toEqual([held, held, free]);
    await harness.store.release({ ...refOf(plan), accountId: plan.accountId });
    expect(await seatsIn(eventId)).toEqual([free, free, free]);
  });

  test.each([
    ["held", "9|7|0|1"],
    ["in checkout", "9|3|5|1"],
    ["sold", "9|3|0|6"],
  ])("places of a standing area counted as %s by nobody go back on sale", async (_, counts) => {
    const eventId = newEventId();
    const facts = factsOf({ seatCount: 0, areas: [{ areaNo: 0, capacity: 9, claimed: 0, sold: 1 }] });
    await harness.openFacts(eventId, facts);
    const items = { seats: [], areas: [{ areaNo: 0, ticketType: "adult", quantity: 3 }] };
    const plan = planOf({ eventId, items });
    await harness.store.acquire(plan);
    await harness.clients.commands.hset(harness.key(eventId, "areas"), "0", counts);
    expect(compareShard(await compared(eventId, facts))).toMatchObject([
      { kind: "area_counts", details: { right: { held: 3, claimed: 0, sold: 1 } } },
    ]);
    expect(await mend(eventId, facts)).toBe(1);
    expect((await harness.stock(eventId)).areas).toMatchObject([{ held: 3, claimed: 0, sold: 1 }]);
    await harness.store.claim(claimOf(plan));
    expect(compareShard(await compared(eventId, facts))).toEqual([]);
    await harness.store.settleFreed([refOf(plan)]);
    expect((await harness.stock(eventId)).areas).toMatchObject([{ held: 0, claimed: 0, sold: 1 }]);
  });

  test("places sold between the look and the repair stay sold", async () => {
    const eventId = newEventId();
    await harness.openFacts(eventId, {
      seatCount: 0,
      areas: [{ areaNo: 0, capacity: 9, claimed: 0, sold: 4 }],
    });
    const areas = [{ areaNo: 0, seenSold: 3, sold: 3 }];
    expect(await harness.inventory.repair({ eventId, ...nothing, areas })).toBe(0);
    expect((await harness.stock(eventId)).areas).toMatchObject([{ sold: 4 }]);
  });

  test("whatever bytes stand there, a repair gives every seat to its buyer, its living hold, its block or the sale", async () => {
    const SEATS = 12;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          owners: fc.array(fc.constantFrom("free", "held", "claimed", "sold", "blocked", "over"), {
            minLength: SEATS,
            maxLength: SEATS,
          }),
          bytes: fc.array(
            fc.option(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 255 }))),
            {
              minLength: SEATS,
              maxLength: SEATS,
            },
          ),
        }),
        async ({ owners, bytes }) => {
          const eventId = newEventId();
          const of = (wanted: string) =>
            owners.flatMap((owner, seatNo) => (owner === wanted ? [seatNo] : []));
          const facts = factsOf({ seatCount: SEATS, sold: of("sold"), blocked: of("blocked") });
          await harness.openFacts(eventId, facts);
          for (const seatNo of of("held")) await hold(eventId, seatNo);
          for (const seatNo of of("claimed")) await harness.store.claim(claimOf(await hold(eventId, seatNo)));
          for (const seatNo of of("over")) {
            const plan = await hold(eventId, seatNo);
            await harness.lapse(eventId, plan.id);
          }
          for (const [seatNo, byte] of bytes.entries())
            if (byte !== null) await overwrite(eventId, seatNo, byte);
          await mend(eventId, facts);
          await harness.store.sweep(eventId, SEATS);
          await mend(eventId, facts);
          const right = { free, held, claimed, sold, blocked, over: free };
          expect(await seatsIn(eventId)).toEqual(owners.map((owner) => right[owner]));
          expect(compareShard(await compared(eventId, facts))).toEqual([]);
          expect(await mend(eventId, facts)).toBe(0);
        },
      ),
      { numRuns: 25 },
    );
  });
});
