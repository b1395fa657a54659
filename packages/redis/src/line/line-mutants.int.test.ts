import { assert } from "@onsale/core/shared/assert";
import { fansFrom, numbersOf, openLine, type TestLine } from "@onsale/core/line/line-room-harness.contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admitWave, checkIn } from "../generated/lua.ts";
import { makeLineHarness } from "../testing/line-harness.ts";
import { NO_REDIS } from "../testing/redis.ts";

const SCRIPTS = { admitWave, checkIn };
type Harness = ReturnType<typeof makeLineHarness>;
type Mutant = {
  readonly guarantee: string;
  readonly script: keyof typeof SCRIPTS;
  /** What is broken: this line of the script becomes that one. */
  readonly line: string;
  readonly broken: string;
  readonly holds: (harness: Harness) => Promise<boolean>;
};

/** The first numbers are at the front. */
async function openFront(harness: Harness, count: number): Promise<TestLine> {
  const line = await openLine(harness);
  await Promise.all(fansFrom(1, count).map((fan) => line.checkIn(fan)));
  return line;
}

/** Fifty controllers at once, each of which first looks how full the room is; most passes that ever were valid. */
async function mostInside(harness: Harness, cap: number): Promise<number> {
  const line = await openFront(harness, 200);
  const waves = Array.from({ length: 50 }, async () => {
    const active = (await line.look())?.active ?? 0;
    return line.admit({ cap, size: Math.max(0, cap - active) });
  });
  return Math.max(...(await Promise.all(waves)).map(({ state }) => state.active));
}

/** A guard taken out of a script must make a guarantee fail; otherwise the tests of that guarantee prove nothing. */
const MUTANTS: readonly Mutant[] = [
  {
    guarantee: "the cap is never overshot, also not by those who looked at it before",
    script: "admitWave",
    line: "math.min(size, cap - active, inflow - room.admitted)",
    broken: "math.min(size, inflow - room.admitted)",
    holds: async (harness) => (await mostInside(harness, 20)) === 20,
  },
  {
    guarantee: "no second lets in more than the inflow",
    script: "admitWave",
    line: "math.min(size, cap - active, inflow - room.admitted)",
    broken: "math.min(size, cap - active, inflow)",
    async holds(harness) {
      const line = await openFront(harness, 100);
      const results = await Promise.all(Array.from({ length: 10 }, () => line.admit({ inflowPerSecond: 5 })));
      const seconds = results.map(({ wave }) => (wave ? Math.floor(wave.atMs / 1_000) : 0));
      return seconds.every((second, i) => second === 0 || seconds.indexOf(second) === i);
    },
  },
  {
    guarantee: "lowest numbers first",
    script: "admitWave",
    line: "redis.call('ZRANGE', FRONT, stay, stay + LOOKED_AT_ONCE - 1, 'WITHSCORES')",
    broken: "redis.call('ZREVRANGE', FRONT, stay, stay + LOOKED_AT_ONCE - 1, 'WITHSCORES')",
    async holds(harness) {
      const line = await openFront(harness, 20);
      return numbersOf((await line.admit({ size: 3 })).wave).join() === "1,2,3";
    },
  },
  {
    guarantee: "a controller that was replaced does nothing",
    script: "admitWave",
    line: "if fence < room.fence then",
    broken: "if false then",
    async holds(harness) {
      const line = await openFront(harness, 20);
      await line.admit({ fence: 3, size: 1 });
      return (await line.tryAdmit({ fence: 2, size: 1 })).kind === "fenced";
    },
  },
  {
    guarantee: "only who is present goes in",
    script: "admitWave",
    line: "if till > now then",
    broken: "if true then",
    async holds(harness) {
      const line = await openLine(harness);
      for (const fan of fansFrom(1, 3)) await line.checkIn(fan, fan.number === 1 ? 0 : 60_000);
      return numbersOf((await line.admit()).wave).join() === "2,3";
    },
  },
  {
    guarantee: "nobody goes in while a wave is not written down",
    script: "admitWave",
    line: "if pendingSeq or room.settleUntil > now then",
    broken: "if room.settleUntil > now then",
    async holds(harness) {
      const line = await openFront(harness, 20);
      const first = await line.admit({ size: 2, recordedSeq: 0 });
      const again = await line.admit({ size: 2, recordedSeq: 0 });
      return numbersOf(first.wave).join() === numbersOf(again.wave).join();
    },
  },
  {
    guarantee: "those at the front of a room that was lost come back before others go in",
    script: "admitWave",
    line: "if pendingSeq or room.settleUntil > now then",
    broken: "if pendingSeq then",
    async holds(harness) {
      const line = await openLine(harness, { settleMs: 60_000 });
      for (const fan of fansFrom(5, 1)) await line.checkIn(fan);
      return (await line.admit()).wave === null;
    },
  },
  {
    guarantee: "a number goes in once",
    script: "checkIn",
    line: "redis.call('GETBIT', USED, number) == 1",
    broken: "false",
    async holds(harness) {
      const line = await openLine(harness);
      for (const fan of fansFrom(1, 1)) {
        await line.checkIn(fan);
        await line.admit();
        await line.leave(fan);
        await line.checkIn(fan);
      }
      return (await line.admit()).wave === null;
    },
  },
  {
    guarantee: "who was passed before the grace time has lapsed",
    script: "checkIn",
    line: "before[1] ~= nil and number <= tonumber(before[1])",
    broken: "false",
    async holds(harness) {
      const line = await openLine(harness);
      for (const fan of fansFrom(9, 1)) await line.checkIn(fan);
      await line.admit({ graceMs: 0 });
      const late = await Promise.all(fansFrom(1, 1).map((fan) => line.checkIn(fan)));
      return late[0]?.kind === "lapsed";
    },
  },
  {
    guarantee: "only who was called stands at the front",
    script: "checkIn",
    line: "if number > calledTo then",
    broken: "if false then",
    async holds(harness) {
      const line = await openLine(harness, { called: 10 });
      const far = await Promise.all(fansFrom(11, 1).map((fan) => line.checkIn(fan)));
      return far[0]?.kind === "not_called";
    },
  },
];

describe.skipIf(NO_REDIS)("guards of the line's scripts (needs TEST_REDIS_URL)", () => {
  let harness: Harness;
  beforeAll(() => {
    harness = makeLineHarness();
  });
  afterAll(() => harness.close());

  test.each(MUTANTS)("$guarantee: not without its guard", async ({ script, line, broken, holds }) => {
    expect(await holds(harness)).toBe(true);
    const whole = SCRIPTS[script];
    assert(whole.split(line).length === 2, `${script} has the line once: ${line}`);
    harness.clients.commands.defineCommand(script, { lua: whole.replace(line, broken) });
    try {
      expect(await holds(harness)).toBe(false);
    } finally {
      harness.clients.commands.defineCommand(script, { lua: whole });
    }
  });
});
