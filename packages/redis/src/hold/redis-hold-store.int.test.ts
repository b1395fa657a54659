import { randomInt } from "node:crypto";
import { holdStoreContract } from "@onsale/core/hold/hold-store.contract";
import { holdStoreModelContract } from "@onsale/core/hold/hold-store-model.contract";
import { describe } from "vitest";
import { makeRedisHarness } from "../testing/harness.ts";
import { NO_REDIS } from "../testing/redis.ts";

describe.skipIf(NO_REDIS)("redis hold store (needs TEST_REDIS_URL)", () => {
  holdStoreContract("redis", async () => makeRedisHarness());
  holdStoreModelContract("redis", async () => makeRedisHarness(), {
    seeds: [20_261_121, randomInt(2 ** 31 - 1)],
    numRuns: 200,
  });
});
