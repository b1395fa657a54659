import { HOLD_TIME_WINDOW_MS } from "@onsale/core/event/hold-limits";
import { holdStoreContract } from "@onsale/core/hold/hold-store.contract";
import { newEventId, planOf, refOf } from "@onsale/core/hold/hold-store-harness.contract";
import { holdStoreModelContract } from "@onsale/core/hold/hold-store-model.contract";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { makeRedisHarness } from "../testing/harness.ts";
import { NO_REDIS } from "../testing/redis.ts";

/** Five hundred sequences for a change, ten thousand for a release. */
const OTHER_SEEDS = inject("isLong") ? 19 : 1;
const SEEDS = [20_261_121, ...Array.from({ length: OTHER_SEEDS }, (_, n) => inject("seed") + n)];
const RUNS = inject("isLong") ? { inTurn: 500, atOnce: 100 } : { inTurn: 250, atOnce: 50 };

describe.skipIf(NO_REDIS)("redis hold store (needs TEST_REDIS_URL)", () => {
  holdStoreContract("redis", async () => makeRedisHarness());
  holdStoreModelContract("redis", async () => makeRedisHarness(), {
    seeds: SEEDS,
    runs: RUNS,
  });

  describe("what a fan leaves behind", () => {
    let harness: ReturnType<typeof makeRedisHarness>;
    beforeAll(() => {
      harness = makeRedisHarness();
    });
    afterAll(() => harness.close());

    test("who bought nothing is forgotten with the last tombstone", async () => {
      const plan = planOf({ eventId: newEventId() });
      const { eventId, accountId } = plan;
      await harness.open({ eventId, seatCount: 4 });
      await harness.store.acquire(plan);
      await harness.store.release({ ...refOf(plan), accountId });
      const { commands } = harness.clients;
      const isKnown = () => commands.hexists(harness.key(eventId, "fans"), accountId);
      await harness.store.sweep(eventId, 10);
      expect(await isKnown()).toBe(1);
      await harness.ageCycles(eventId, accountId);
      await harness.ageTime(eventId, accountId, HOLD_TIME_WINDOW_MS + 1);
      await commands.zadd(harness.key(eventId, "ended"), 1, plan.id);
      await harness.store.sweep(eventId, 10);
      expect(await isKnown()).toBe(0);
    });
  });
});
