import { holdStoreContract } from "@onsale/core/hold/hold-store.contract";
import { describe } from "vitest";
import { makeRedisHarness } from "../testing/harness.ts";
import { NO_REDIS } from "../testing/redis.ts";

describe.skipIf(NO_REDIS)("redis hold store (needs TEST_REDIS_URL)", () => {
  holdStoreContract("redis", async () => makeRedisHarness());
});
