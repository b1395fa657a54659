import {
  claimOf,
  newAccountId,
  newEventId,
  newHoldId,
  newLineId,
  newOrderId,
  planOf,
  refOf,
  seatsOf,
} from "@onsale/core/hold/hold-store-harness.contract";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import { assert } from "@onsale/core/shared/assert";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acquireHold, claimHold, joinHolds, releaseHold, settleHolds } from "../generated/lua.ts";
import { makeRedisHarness } from "../testing/harness.ts";
import { NO_REDIS } from "../testing/redis.ts";

const SCRIPTS = { acquireHold, claimHold, joinHolds, releaseHold, settleHolds };

/** Two seats of one fan, each held by itself, and both put together. */
async function twoToJoin(harness: Harness) {
  const eventId = await openEvent(harness);
  const first = planOf({ eventId, items: seatsOf(1) });
  const second = planOf({ ...first, id: newHoldId(), items: seatsOf(2), quoteHash: "b".repeat(64) });
  for (const plan of [first, second]) await harness.store.acquire(plan);
  const into = { ...first, windowKey: null, items: seatsOf(1, 2), quoteHash: "f".repeat(64) };
  return { eventId, first, second, join: { into, holds: [first, second] } };
}
type Harness = ReturnType<typeof makeRedisHarness>;
type Mutant = {
  readonly guarantee: string;
  readonly script: keyof typeof SCRIPTS;
  /** What is broken: this line of the script becomes that one. */
  readonly line: string;
  readonly broken: string;
  readonly holds: (harness: Harness) => Promise<boolean>;
};

async function openEvent(harness: Harness) {
  const eventId = newEventId();
  await harness.open({ eventId, seatCount: 10, areas: [{ areaNo: 0, capacity: 3 }] });
  return eventId;
}

const standing = (quantity: number) => ({
  seats: [],
  areas: [{ areaNo: 0, ticketType: "adult", quantity }],
});

/** A guard taken out of a script must make a guarantee fail; otherwise the tests of that guarantee prove nothing. */
const MUTANTS: readonly Mutant[] = [
  {
    guarantee: "seats that were joined go back with the hold that they went into",
    script: "joinHolds",
    line: "redis.call('HSET', SEATHOLD, seatNo, into)",
    broken: "local _ = seatNo",
    async holds(harness) {
      const { eventId, first, join } = await twoToJoin(harness);
      await harness.store.join(join);
      await harness.store.release({ ...refOf(first), accountId: first.accountId });
      return (await harness.stock(eventId)).seats[2] === SEAT_STATE.free;
    },
  },
  {
    guarantee: "a hold whose price changed meanwhile is not joined",
    script: "joinHolds",
    line: "hold.quote ~= quote and not isDone",
    broken: "false",
    async holds(harness) {
      const { second, join } = await twoToJoin(harness);
      const { items, totalMinor, accountId } = second;
      await harness.store.reprice({
        ...refOf(second),
        accountId,
        items,
        totalMinor,
        quoteHash: "c".repeat(64),
      });
      return (await harness.store.join(join)).kind === "changed";
    },
  },
  {
    guarantee: "a hundred racers for one seat: one holds it",
    script: "acquireHold",
    line: "if not looksFree(seatNo) then",
    broken: "if false then",
    async holds(harness) {
      const eventId = await openEvent(harness);
      const racers = Array.from({ length: 100 }, () => harness.store.acquire(planOf({ eventId })));
      return (await Promise.all(racers)).filter((result) => result.kind === "acquired").length === 1;
    },
  },
  {
    guarantee: "a standing area is never oversold",
    script: "acquireHold",
    line: "area.held + area.claimed + area.sold + quantity <= area.capacity",
    broken: "area.held + area.claimed + area.sold <= area.capacity",
    async holds(harness) {
      const eventId = await openEvent(harness);
      await harness.store.acquire(planOf({ eventId, items: standing(2) }));
      return (await harness.store.acquire(planOf({ eventId, items: standing(2) }))).kind === "taken";
    },
  },
  {
    guarantee: "a replay takes nothing and extends nothing",
    script: "acquireHold",
    line: "redis.call('HSETNX', HOLDS, id, record) == 0",
    broken: "redis.call('HSET', HOLDS, id, record) > 1",
    async holds(harness) {
      const plan = planOf({ eventId: await openEvent(harness), items: standing(1) });
      await harness.store.acquire(plan);
      await harness.store.acquire({ ...plan, ttlMs: 900_000 });
      return (await harness.stock(plan.eventId)).areas[0]?.held === 1;
    },
  },
  {
    guarantee: "the limit per fan holds",
    script: "acquireHold",
    line: "return fan.held + fan.bought + places > tonumber(ARGV[4])",
    broken: "return fan.bought + places > tonumber(ARGV[4])",
    async holds(harness) {
      const eventId = await openEvent(harness);
      const accountId = newAccountId();
      const ask = (seatNo: number) =>
        harness.store.acquire(planOf({ eventId, accountId, items: seatsOf(seatNo), maxPerFan: 1 }));
      await ask(1);
      return (await ask(2)).kind === "limit";
    },
  },
  {
    guarantee: "without a valid pass nothing is held",
    script: "acquireHold",
    line: "return till ~= false and tonumber(till) > now",
    broken: "return true",
    async holds(harness) {
      const [eventId, lineId] = [await openEvent(harness), newLineId()];
      await harness.openRoom({ eventId, lineId });
      return (await harness.store.acquire(planOf({ eventId, passLine: lineId }))).kind === "no_pass";
    },
  },
  {
    guarantee: "a room that is lost ends nobody's time for choosing",
    script: "acquireHold",
    line: "redis.call('EXISTS', KEYS[11]) == 1 and 'no_pass' or 'line_lost'",
    broken: "'no_pass'",
    async holds(harness) {
      const plan = planOf({ eventId: await openEvent(harness), passLine: newLineId() });
      return (await harness.store.acquire(plan)).kind === "line_lost";
    },
  },
  {
    guarantee: "seats are not taken and given back without end",
    script: "acquireHold",
    line: "return cyclesOf(readFan(account), now) >= tonumber(ARGV[11])",
    broken: "return false",
    async holds(harness) {
      const eventId = await openEvent(harness);
      const accountId = newAccountId();
      for (let n = 0; n < 2; n += 1) {
        const plan = planOf({ eventId, accountId, cyclesMax: 2 });
        await harness.store.acquire(plan);
        await harness.store.release({ ...refOf(plan), accountId });
      }
      return (await harness.store.acquire(planOf({ eventId, accountId, cyclesMax: 2 }))).kind === "cycles";
    },
  },
  {
    guarantee: "places are not held for ever without buying",
    script: "acquireHold",
    line: "return timeLeft() < HOLD_TTL_MS_MIN + PAYING_TIME_MIN_MS",
    broken: "return false",
    async holds(harness) {
      const plan = planOf({ eventId: await openEvent(harness), timeMaxMs: 300_000, items: seatsOf(1) });
      await harness.store.acquire(plan);
      await harness.ageTime(plan.eventId, plan.accountId, 180_000);
      await harness.store.release({ ...refOf(plan), accountId: plan.accountId });
      const again = { ...plan, id: newHoldId() };
      return (await harness.store.acquire(again)).kind === "time";
    },
  },
  {
    guarantee: "a lost shard grants nothing",
    script: "acquireHold",
    line: "return redis.call('EXISTS', EPOCH) == 0",
    broken: "return false",
    async holds(harness) {
      const eventId = await openEvent(harness);
      await harness.clients.commands.del(harness.key(eventId, "epoch"));
      return (await harness.store.acquire(planOf({ eventId }))).kind === "epoch_missing";
    },
  },
  {
    guarantee: "a live hold is not taken over",
    script: "acquireHold",
    line: "return ends ~= nil and ends > now",
    broken: "return false",
    async holds(harness) {
      const eventId = await openEvent(harness);
      await harness.store.acquire(planOf({ eventId }));
      return (await harness.store.acquire(planOf({ eventId }))).kind === "taken";
    },
  },
  {
    guarantee: "only its fan releases a hold",
    script: "releaseHold",
    line: "(account ~= '' and hold.account ~= account)",
    broken: "false",
    async holds(harness) {
      const plan = planOf({ eventId: await openEvent(harness) });
      await harness.store.acquire(plan);
      return (
        (await harness.store.release({ ...refOf(plan), accountId: newAccountId() })).kind === "not_found"
      );
    },
  },
  {
    guarantee: "a hold that ran out is not claimed",
    script: "claimHold",
    line: "if endIfExpired(id, hold, now) then",
    broken: "if false then",
    async holds(harness) {
      const plan = planOf({ eventId: await openEvent(harness) });
      await harness.store.acquire(plan);
      await harness.lapse(plan.eventId, plan.id);
      // The mutant goes on to read the end of a hold that has none and fails there, which is as wrong.
      const late = await harness.store.claim(claimOf(plan)).catch(() => ({ kind: "failed" }));
      return late.kind === "not_found";
    },
  },
  {
    guarantee: "the price charged is the price locked",
    script: "claimHold",
    line: "if hold.quote ~= ARGV[3] then",
    broken: "if false then",
    async holds(harness) {
      const plan = planOf({ eventId: await openEvent(harness) });
      await harness.store.acquire(plan);
      const claim = { ...claimOf(plan), quoteHash: "c".repeat(64) };
      return (await harness.store.claim(claim)).kind === "price_changed";
    },
  },
  {
    guarantee: "one order per claim, however often it is sent",
    script: "claimHold",
    line: "if hold.state == 'c' then\n  return { 'claimed_elsewhere' }",
    broken: "if false then\n  return { 'claimed_elsewhere' }",
    async holds(harness) {
      const plan = planOf({ eventId: await openEvent(harness) });
      await harness.store.acquire(plan);
      await harness.store.claim(claimOf(plan));
      // The mutant goes on to read the end of a hold that has none and fails there, which is as wrong.
      const second = await harness.store.claim(claimOf(plan)).catch(() => ({ kind: "failed" }));
      return second.kind === "claimed_elsewhere";
    },
  },
  {
    guarantee: "a full queue refuses",
    script: "claimHold",
    line: "if waiting >= tonumber(ARGV[6]) then",
    broken: "if false then",
    async holds(harness) {
      const plan = planOf({ eventId: await openEvent(harness) });
      await harness.store.acquire(plan);
      return (await harness.store.claim(claimOf(plan, newOrderId(), 0))).kind === "busy";
    },
  },
  {
    guarantee: "only a claim is settled",
    script: "settleHolds",
    line: "if hold and hold.state == 'c' then",
    broken: "if hold then",
    async holds(harness) {
      const plan = planOf({ eventId: await openEvent(harness) });
      await harness.store.acquire(plan);
      await harness.store.settleSold([refOf(plan)]);
      return (await harness.store.find(plan.eventId, plan.id)) !== null;
    },
  },
];

describe.skipIf(NO_REDIS)("guards of the scripts (needs TEST_REDIS_URL)", () => {
  let harness: Harness;
  beforeAll(() => {
    harness = makeRedisHarness();
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
