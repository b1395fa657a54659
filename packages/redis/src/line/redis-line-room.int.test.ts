import { lineRoomContract } from "@onsale/core/line/line-room.contract";
import { fansFrom, openLine } from "@onsale/core/line/line-room-harness.contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeLineHarness } from "../testing/line-harness.ts";
import { NO_REDIS } from "../testing/redis.ts";
import { lineKeys } from "./line-keys.ts";

describe.skipIf(NO_REDIS)("redis line room (needs TEST_REDIS_URL)", () => {
  lineRoomContract("redis", async () => makeLineHarness());

  let harness: ReturnType<typeof makeLineHarness>;
  beforeAll(() => {
    harness = makeLineHarness();
  });
  afterAll(() => harness.close());

  test("who could not renew because no controller came for minutes keeps the pass for one more time", async () => {
    const line = await openLine(harness);
    const [before, meanwhile] = fansFrom(1, 2).map(({ accountId }) => accountId);
    const [room = "", passes = ""] = lineKeys(harness, line.key);
    const { commands } = harness.clients;
    await commands.hset(room, "second", Math.floor(Date.now() / 1_000) - 200);
    await commands.zadd(passes, Date.now() - 300_000, before ?? "", Date.now() - 100_000, meanwhile ?? "");
    const { state, ends } = await line.admit();
    expect(state.active).toBe(1);
    expect(ends).toMatchObject([{ accountId: before, reason: "expired" }]);
    expect((await line.admit({ endsRecorded: 1 })).ends).toEqual([]);
  });

  describe("memory", () => {
    const bytesOf = async (keys: readonly string[]) => {
      const sizes = await Promise.all(
        keys.map((key) => harness.clients.commands.call("MEMORY", "USAGE", key, "SAMPLES", "0")),
      );
      return sizes.reduce((sum: number, size) => sum + Number(size ?? 0), 0);
    };

    test("a fan at the front or inside takes less than 200 bytes, one farther back takes none", async () => {
      const line = await openLine(harness, { servedTo: 890_000, called: 10_000 });
      const keys = lineKeys(harness, line.key);
      const empty = await bytesOf(keys);
      await Promise.all(fansFrom(900_001, 200).map((fan) => line.checkIn(fan)));
      expect(await bytesOf(keys)).toBe(empty);

      for (let first = 890_001; first < 900_000; first += 1_000)
        await Promise.all(fansFrom(first, 1_000).map((fan) => line.checkIn(fan)));
      expect((await line.look())?.front).toBe(10_000);
      expect((await bytesOf(keys)) / 10_000).toBeLessThan(200);

      await line.admit({ size: 10_000, cap: 10_000, inflowPerSecond: 10_000, recordedSeq: 0 });
      expect((await line.look())?.active).toBe(10_000);
      await line.admit({ size: 0 });
      expect((await bytesOf(keys)) / 10_000).toBeLessThan(200);
    });
  });
});
