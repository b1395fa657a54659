import { randomUUID } from "node:crypto";
import {
  claimOf,
  newAccountId,
  newEventId,
  newHoldId,
  planOf,
  refOf,
  seatsOf,
} from "@onsale/core/hold/hold-store-harness.contract";
import { type InventoryDelta, SEAT_STATE } from "@onsale/core/inventory/inventory";
import { must } from "@onsale/core/shared/assert";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { factsOf, makeRedisHarness } from "../testing/harness.ts";
import { NO_REDIS } from "../testing/redis.ts";

const { free, held, claimed, sold, blocked } = SEAT_STATE;

describe.skipIf(NO_REDIS)("redis inventory store (needs TEST_REDIS_URL)", () => {
  let harness: ReturnType<typeof makeRedisHarness>;
  beforeAll(() => {
    harness = makeRedisHarness();
  });
  afterAll(() => harness.close());
  const seatsIn = async (eventId: ReturnType<typeof newEventId>) => (await harness.stock(eventId)).seats;
  const loseShard = async (eventId: ReturnType<typeof newEventId>) => {
    const keys = await harness.clients.commands.keys(`${harness.prefix}sh:{${eventId}}:*`);
    await harness.clients.commands.del(...keys);
  };

  describe("rebuild", () => {
    test("a flushed shard refuses holds, and after a rebuild knows every fact and no promise", async () => {
      const eventId = newEventId();
      await harness.open({ eventId, seatCount: 6 });
      await harness.store.acquire(planOf({ eventId, items: seatsOf(0) }));
      await loseShard(eventId);
      expect(await harness.inventory.snapshot(eventId)).toBeNull();
      expect(await harness.inventory.epoch(eventId)).toBeNull();
      expect(await harness.store.acquire(planOf({ eventId }))).toEqual({ kind: "epoch_missing" });

      const epoch = await harness.openFacts(eventId, {
        seatCount: 6,
        sold: [1],
        blocked: [2],
        claimed: [{ seatNo: 3, holdId: newHoldId() }],
        areas: [{ areaNo: 0, capacity: 5, claimed: 1, sold: 2 }],
      });
      expect(await harness.inventory.snapshot(eventId)).toMatchObject({
        epoch,
        seats: Uint8Array.of(free, sold, blocked, claimed, free, free),
        areas: [{ areaNo: 0, capacity: 5, held: 0, claimed: 1, sold: 2 }],
      });
      const everything = planOf({ eventId, items: seatsOf(0, 1, 2, 3, 4) });
      expect(await harness.store.acquire(everything)).toMatchObject({ seatNos: [1, 2, 3] });
    });

    test("of ten rebuilders at once one wins, and the shard is that one's", async () => {
      const eventId = newEventId();
      const epochs = await Promise.all(
        Array.from({ length: 10 }, (_, i) => harness.openFacts(eventId, { seatCount: 10, sold: [i] })),
      );
      const winner = epochs.findIndex((epoch) => epoch !== null);
      expect(epochs.filter((epoch) => epoch !== null)).toEqual([await harness.inventory.epoch(eventId)]);
      expect((await seatsIn(eventId)).indexOf(sold)).toBe(winner);
      expect(await harness.clients.commands.keys(`${harness.prefix}sh:{${eventId}}:staged:*`)).toEqual([]);
    });

    test("a rebuild that expects another epoch changes nothing; one that expects the right one replaces it", async () => {
      const eventId = newEventId();
      const epoch = await harness.openFacts(eventId, { seatCount: 3 });
      expect(await harness.openFacts(eventId, { seatCount: 3, sold: [0] })).toBeNull();
      expect(await harness.openFacts(eventId, { seatCount: 3, sold: [0] }, randomUUID())).toBeNull();
      expect(await seatsIn(eventId)).toEqual([free, free, free]);
      expect(await harness.openFacts(eventId, { seatCount: 3, sold: [0] }, epoch)).not.toBeNull();
      expect(await seatsIn(eventId)).toEqual([sold, free, free]);
    });

    test("claims that only Postgres remembers are settled by their hold id", async () => {
      const eventId = newEventId();
      const [accountId, paid, declined] = [newAccountId(), newHoldId(), newHoldId()];
      await harness.openFacts(eventId, {
        seatCount: 4,
        claimed: [
          { seatNo: 0, holdId: paid, accountId },
          { seatNo: 1, holdId: declined, accountId },
          { seatNo: 2, holdId: declined, accountId },
        ],
        claimedAreas: [{ areaNo: 0, quantity: 2, holdId: declined, accountId }],
        areas: [{ areaNo: 0, capacity: 9, claimed: 2, sold: 0 }],
        bought: [{ accountId, count: 5 }],
      });
      expect(await harness.store.findByAccount(eventId, accountId)).toHaveLength(2);
      await harness.store.settleSold([{ eventId, holdId: paid }]);
      await harness.store.settleFreed([{ eventId, holdId: declined }]);
      expect(await harness.stock(eventId)).toEqual({
        seats: [sold, free, free, free],
        areas: [{ areaNo: 0, capacity: 9, held: 0, claimed: 0, sold: 0 }],
      });
      const plan = planOf({ eventId, accountId, items: seatsOf(1), maxPerFan: 1 });
      expect(await harness.store.acquire(plan)).toEqual({ kind: "limit", max: 1, held: 0, bought: 1 });
    });

    test("a claim whose order still waits in the stream outlives a rebuild", async () => {
      const eventId = newEventId();
      const epoch = await harness.openFacts(eventId, { seatCount: 4 });
      const waiting = planOf({ eventId, items: seatsOf(1, 2) });
      await harness.store.acquire(waiting);
      await harness.store.claim(claimOf(waiting));
      await harness.store.acquire(planOf({ eventId, items: seatsOf(3) }));
      await harness.openFacts(eventId, { seatCount: 4 }, epoch);
      expect(await seatsIn(eventId)).toEqual([free, claimed, claimed, free]);
      await harness.store.settleSold([refOf(waiting)]);
      expect(await seatsIn(eventId)).toEqual([free, sold, sold, free]);
    });

    test("a shard of 60,000 seats with 20,000 fans is rebuilt whole", async () => {
      const eventId = newEventId();
      const sales = Array.from({ length: 20_000 }, (_, i) => i * 3);
      await harness.openFacts(eventId, {
        seatCount: 60_000,
        sold: sales,
        bought: sales.map(() => ({ accountId: newAccountId(), count: 1 })),
      });
      const { seats } = must(await harness.inventory.snapshot(eventId), "open");
      expect(seats.length).toBe(60_000);
      expect(seats.filter((state) => state === sold)).toHaveLength(20_000);
      expect(await harness.clients.commands.hlen(harness.key(eventId, "fans"))).toBe(20_000);
    });
  });

  describe("follow", () => {
    /** Follows from a snapshot and keeps a picture as a map would. */
    async function watch(eventId: ReturnType<typeof newEventId>, afterId?: string) {
      const snapshot = must(await harness.inventory.snapshot(eventId), "open");
      const seen = { seats: [...snapshot.seats], areas: new Map(snapshot.areas.map((a) => [a.areaNo, a])) };
      const ids: string[] = [];
      const waiters = new Set<() => void>();
      let gaps = 0;
      const told = () => waiters.forEach((check) => check());
      const { stop } = harness.inventory.follow(eventId, afterId ?? snapshot.id, {
        delta: ({ id, seats, areas }: InventoryDelta) => {
          ids.push(id);
          for (const { seatNo, state } of seats) seen.seats[seatNo] = state;
          for (const area of areas) seen.areas.set(area.areaNo, area);
          told();
        },
        gap: () => {
          gaps += 1;
          told();
        },
      });
      const until = (condition: () => boolean) =>
        new Promise<void>((resolve) => {
          const check = () => {
            if (!condition()) return;
            waiters.delete(check);
            resolve();
          };
          waiters.add(check);
          check();
        });
      return { seen, ids, until, stop, gaps: () => gaps };
    }
    const lastId = async (eventId: ReturnType<typeof newEventId>) =>
      must(await harness.inventory.snapshot(eventId), "open").id;

    /** Breaks the connections of this file that wait in a blocking read. */
    async function cutReaders(): Promise<void> {
      const list = String(await harness.clients.commands.client("LIST"));
      const readers = list
        .split("\n")
        .filter((line) => line.includes(`name=${harness.prefix}`) && line.includes("cmd=xread"));
      for (const line of readers) {
        await harness.clients.commands.client("KILL", "ID", must(/^id=(\d+)/.exec(line)?.[1], "client id"));
      }
    }

    test("a snapshot and the deltas after it are the stock, under a crowd", async () => {
      const eventId = newEventId();
      await harness.open({ eventId, seatCount: 41, areas: [{ areaNo: 0, capacity: 30 }] });
      const plans = Array.from({ length: 120 }, (_, i) =>
        planOf({
          eventId,
          items: { ...seatsOf(i % 40), areas: [{ areaNo: 0, ticketType: "adult", quantity: 1 }] },
        }),
      );
      const live = async (plan: (typeof plans)[number], i: number) => {
        if ((await harness.store.acquire(plan)).kind !== "acquired") return;
        if (i % 3 === 0) await harness.store.release({ ...refOf(plan), accountId: plan.accountId });
        if (i % 3 === 1) await harness.store.claim(claimOf(plan));
      };
      const early = await watch(eventId);
      const first = plans.slice(0, 60).map(live);
      await first[0];
      const late = await watch(eventId);
      await Promise.all([...first, ...plans.slice(60).map(live)]);
      await harness.inventory.setBlocked({ eventId, seatNos: [40], blocked: true });
      const end = await lastId(eventId);
      const stock = await harness.stock(eventId);
      for (const watcher of [early, late]) {
        await watcher.until(() => watcher.ids.at(-1) === end);
        expect(watcher.seen.seats).toEqual(stock.seats);
        expect([...watcher.seen.areas.values()]).toEqual(stock.areas);
        expect(new Set(watcher.ids).size).toBe(watcher.ids.length);
        expect(watcher.gaps()).toBe(0);
        watcher.stop();
      }
    });

    test("many shards share one connection, and each hears only its own", async () => {
      const eventIds = Array.from({ length: 20 }, newEventId);
      for (const eventId of eventIds) await harness.open({ eventId, seatCount: 3 });
      const watchers = await Promise.all(eventIds.map((eventId) => watch(eventId)));
      for (const [i, eventId] of eventIds.entries()) {
        await harness.store.acquire(planOf({ eventId, items: seatsOf(i % 3) }));
      }
      for (const [i, watcher] of watchers.entries()) {
        await watcher.until(() => watcher.ids.length === 1);
        expect(watcher.seen.seats.indexOf(held)).toBe(i % 3);
        watcher.stop();
      }
    });

    test("whoever stopped hears nothing more", async () => {
      const eventId = newEventId();
      await harness.open({ eventId, seatCount: 3 });
      const [gone, stays] = [await watch(eventId), await watch(eventId)];
      gone.stop();
      await harness.store.acquire(planOf({ eventId }));
      await stays.until(() => stays.ids.length === 1);
      expect(gone.ids).toEqual([]);
      stays.stop();
    });

    test("deltas that were trimmed before they were read are a gap", async () => {
      const eventId = newEventId();
      await harness.open({ eventId, seatCount: 9 });
      const before = await lastId(eventId);
      for (const seatNo of [0, 1, 2])
        await harness.store.acquire(planOf({ eventId, items: seatsOf(seatNo) }));
      await harness.clients.commands.xtrim(harness.key(eventId, "deltas"), "MAXLEN", 1);
      const watcher = await watch(eventId, before);
      await watcher.until(() => watcher.gaps() === 1);
      await harness.store.acquire(planOf({ eventId, items: seatsOf(3) }));
      await watcher.until(() => watcher.ids.length === 1);
      expect(watcher.seen.seats.slice(0, 4)).toEqual([held, held, held, held]);
      watcher.stop();
    });

    test("a rebuild is a gap, also after everything was lost", async () => {
      const eventId = newEventId();
      await harness.open({ eventId, seatCount: 3 });
      const watcher = await watch(eventId);
      await harness.store.acquire(planOf({ eventId }));
      await watcher.until(() => watcher.ids.length === 1);
      await loseShard(eventId);
      await harness.open({ eventId, seatCount: 3 });
      await watcher.until(() => watcher.gaps() === 1);
      await harness.store.acquire(planOf({ eventId }));
      await watcher.until(() => watcher.ids.length === 2);
      expect(watcher.gaps()).toBe(1);
      watcher.stop();
    });

    test("a follower that was cut off goes on where it was; one whose last delta is gone is told", async () => {
      const eventId = newEventId();
      await harness.open({ eventId, seatCount: 9 });
      const watcher = await watch(eventId);
      await harness.store.acquire(planOf({ eventId, items: seatsOf(0) }));
      await watcher.until(() => watcher.ids.length === 1);
      await cutReaders();
      await harness.store.acquire(planOf({ eventId, items: seatsOf(1) }));
      await watcher.until(() => watcher.ids.length === 2);
      expect([watcher.gaps(), ...watcher.seen.seats.slice(0, 3)]).toEqual([0, held, held, free]);
      // What a replica that was behind looks like once it took over: the newest entries never were.
      await harness.clients.commands.xdel(harness.key(eventId, "deltas"), must(watcher.ids[1], "two deltas"));
      await cutReaders();
      await watcher.until(() => watcher.gaps() === 1);
      watcher.stop();
    });

    test("one step leaves exactly one delta, also when it ends other holds", async () => {
      const eventId = newEventId();
      await harness.open({ eventId, seatCount: 9 });
      for (const seats of [
        [0, 1],
        [2, 3],
      ]) {
        const old = planOf({ eventId, items: seatsOf(...seats) });
        await harness.store.acquire(old);
        await harness.lapse(eventId, old.id);
      }
      const watcher = await watch(eventId);
      await harness.store.acquire(planOf({ eventId, items: seatsOf(1, 2) }));
      const end = await lastId(eventId);
      await watcher.until(() => watcher.ids.at(-1) === end);
      expect(watcher.ids).toEqual([end]);
      expect(watcher.seen.seats.slice(0, 4)).toEqual([free, held, held, free]);
      watcher.stop();
    });
  });

  describe("operators", () => {
    test("house seats are blocked and opened; seats somebody has are named and left", async () => {
      const eventId = newEventId();
      await harness.openFacts(eventId, { seatCount: 6, sold: [1] });
      const lapsed = planOf({ eventId, items: seatsOf(3) });
      await harness.store.acquire(planOf({ eventId, items: seatsOf(2) }));
      await harness.store.acquire(lapsed);
      await harness.lapse(eventId, lapsed.id);
      const block = { eventId, seatNos: [0, 1, 2, 3], blocked: true };
      expect(await harness.inventory.setBlocked(block)).toEqual([1, 2]);
      expect(await harness.inventory.setBlocked(block)).toEqual([1, 2]);
      expect(await seatsIn(eventId)).toEqual([blocked, sold, held, blocked, free, free]);
      expect(await harness.inventory.setBlocked({ eventId, seatNos: [0], blocked: false })).toEqual([]);
      expect((await seatsIn(eventId))[0]).toBe(free);
    });

    test("blocking in a lost shard is refused as being rebuilt", async () => {
      const lost = { eventId: newEventId(), seatNos: [0], blocked: true };
      await expect(harness.inventory.setBlocked(lost)).rejects.toMatchObject({
        code: "inventory.rebuilding",
      });
    });
  });

  test("facts of no seats and no areas make an open, empty shard", async () => {
    const eventId = newEventId();
    const empty = {
      eventId,
      facts: factsOf({ seatCount: 0 }),
      expectedEpoch: null,
      newEpoch: "e",
      maxPerFan: 1,
    };
    expect(await harness.inventory.rebuild(empty)).toBe(true);
    expect(await harness.stock(eventId)).toEqual({ seats: [], areas: [] });
  });
});
