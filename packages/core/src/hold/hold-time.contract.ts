import { describe, expect, test } from "vitest";
import { HOLD_TIME_WINDOW_MS, PAYING_TIME_MIN_MS } from "../event/hold-limits.ts";
import {
  claimOf,
  type HoldContractContext,
  newAccountId,
  newHoldId,
  planOf,
  refOf,
  seatsOf,
} from "./hold-store-harness.contract.ts";

const MINUTE_MS = 60_000;
/** Round trips to the store take some of a fan's time. */
const SLACK_MS = 5_000;

/** How long one fan may keep places from others without buying them. */
export function holdTimeContract(context: () => HoldContractContext): void {
  describe("holding without buying", () => {
    /** One fan who may hold for `minutes` of an hour, at an event that lets everybody hold for `ttl` minutes at a time. */
    async function openFan({ minutes, ttl = 5 }: { minutes: number; ttl?: number }) {
      const eventId = await context().openEvent({ seatCount: 200 });
      const accountId = newAccountId();
      let next = 0;
      const hold = async () => {
        const plan = planOf({
          eventId,
          accountId,
          items: seatsOf(next++),
          maxPerFan: 50,
          ttlMs: ttl * MINUTE_MS,
          timeMaxMs: minutes * MINUTE_MS,
        });
        return { plan, result: await context().store.acquire(plan) };
      };
      const pass = (byMs: number) => context().harness.ageTime(eventId, accountId, byMs);
      const give = (plan: Awaited<ReturnType<typeof hold>>["plan"]) =>
        context().store.release({ ...refOf(plan), accountId });
      return { eventId, accountId, hold, pass, give };
    }
    const lastsMs = (result: Awaited<ReturnType<Awaited<ReturnType<typeof openFan>>["hold"]>>["result"]) =>
      result.kind === "acquired" ? result.hold.expiresAtMs - Date.now() : 0;

    test("a hold ends early enough that there is time to pay within what its fan has left", async () => {
      const fan = await openFan({ minutes: 5 });
      const { result } = await fan.hold();
      expect(Math.abs(lastsMs(result) - (5 * MINUTE_MS - PAYING_TIME_MIN_MS))).toBeLessThan(SLACK_MS);
      const hold = result.kind === "acquired" ? result.hold : null;
      expect((hold?.payByMs ?? 0) - (hold?.expiresAtMs ?? 0)).toBe(PAYING_TIME_MIN_MS);
      expect((await context().store.findByAccount(fan.eventId, fan.accountId))[0]?.payByMs).toBe(
        hold?.payByMs,
      );
    });

    test("is refused when the time of an hour is used up, and possible again when it says", async () => {
      const fan = await openFan({ minutes: 5 });
      const first = await fan.hold();
      await fan.pass(3 * MINUTE_MS);
      await fan.give(first.plan);
      const { result } = await fan.hold();
      expect(result).toMatchObject({ kind: "time", maxMs: 5 * MINUTE_MS });
      const againInMs = result.kind === "time" ? result.againInMs : 0;
      await fan.pass(againInMs - SLACK_MS);
      expect((await fan.hold()).result.kind).toBe("time");
      await fan.pass(2 * SLACK_MS);
      expect((await fan.hold()).result.kind).toBe("acquired");
    });

    test("several holds at the same time are one time", async () => {
      const fan = await openFan({ minutes: 20 });
      const holds = [await fan.hold(), await fan.hold(), await fan.hold()];
      await fan.pass(4 * MINUTE_MS);
      for (const { plan } of holds) await fan.give(plan);
      const { result } = await fan.hold();
      const payByMs = result.kind === "acquired" ? (result.hold.payByMs ?? 0) : 0;
      expect(Math.abs(payByMs - Date.now() - 16 * MINUTE_MS)).toBeLessThan(SLACK_MS);
    });

    test("a payment that was given up counts with its hold", async () => {
      const fan = await openFan({ minutes: 20 });
      const { plan } = await fan.hold();
      await context().store.claim(claimOf(plan));
      await fan.pass(18 * MINUTE_MS);
      await context().store.settleFreed([refOf(plan)]);
      expect((await fan.hold()).result.kind).toBe("time");
    });

    test("a purchase starts the time anew", async () => {
      const fan = await openFan({ minutes: 20 });
      const { plan } = await fan.hold();
      await fan.pass(18 * MINUTE_MS);
      await context().store.claim(claimOf(plan));
      await context().store.settleSold([refOf(plan)]);
      const { result } = await fan.hold();
      expect(Math.abs(lastsMs(result) - 5 * MINUTE_MS)).toBeLessThan(SLACK_MS);
    });

    test("more time is given as far as the fan has it, and no further", async () => {
      const fan = await openFan({ minutes: 9 });
      const { plan } = await fan.hold();
      const ask = { ...refOf(plan), accountId: fan.accountId, ttlMs: 20 * MINUTE_MS };
      const more = await context().store.extend(ask);
      const endsInMs = more.kind === "extended" ? more.hold.expiresAtMs - Date.now() : 0;
      expect(Math.abs(endsInMs - 7 * MINUTE_MS)).toBeLessThan(SLACK_MS);
      expect(await context().store.extend(ask)).toEqual({ kind: "no_extension_left" });
    });

    test("an offer of the waitlist is not counted", async () => {
      const fan = await openFan({ minutes: 5 });
      const offer = planOf({
        eventId: fan.eventId,
        accountId: fan.accountId,
        items: seatsOf(150),
        ttlMs: 30 * MINUTE_MS,
        timeMaxMs: null,
      });
      const offered = await context().store.acquire(offer);
      expect(offered).toMatchObject({ kind: "acquired", hold: { payByMs: null } });
      expect(Math.abs(lastsMs(offered) - 30 * MINUTE_MS)).toBeLessThan(SLACK_MS);
      expect((await fan.hold()).result.kind).toBe("acquired");
    });

    test.each([5, 20])(
      "the most patient fan has places for at most %i minutes of any hour",
      async (minutes) => {
        const fan = await openFan({ minutes });
        const spans: { from: number; to: number }[] = [];
        let nowMs = 0;
        while (nowMs < 5 * HOLD_TIME_WINDOW_MS) {
          const { plan, result } = await fan.hold();
          if (result.kind === "time") {
            await fan.pass(result.againInMs + 1);
            nowMs += result.againInMs + 1;
            continue;
          }
          if (result.kind !== "acquired") throw new Error(`a patient fan met ${result.kind}`);
          // Until the very end, and then as long as a payment may take.
          const keptMs = (result.hold.payByMs ?? 0) - Date.now();
          await context().store.claim(claimOf(plan));
          await fan.pass(keptMs);
          await context().store.settleFreed([refOf(plan)]);
          spans.push({ from: nowMs, to: nowMs + keptMs });
          nowMs += keptMs;
        }
        const heldUntil = (endMs: number) =>
          spans.reduce(
            (sum, { from, to }) =>
              sum + Math.max(0, Math.min(to, endMs) - Math.max(from, endMs - HOLD_TIME_WINDOW_MS)),
            0,
          );
        const most = Math.max(...spans.map(({ to }) => heldUntil(to)));
        expect(spans.length).toBeGreaterThan(3);
        expect(most).toBeLessThanOrEqual(minutes * MINUTE_MS + SLACK_MS);
        expect(most).toBeGreaterThan((minutes * MINUTE_MS) / 2);
      },
    );

    test("is refused to all of fifty simultaneous requests when the time is used up", async () => {
      const fan = await openFan({ minutes: 5 });
      const first = await fan.hold();
      await fan.pass(3 * MINUTE_MS);
      await fan.give(first.plan);
      const results = await Promise.all(Array.from({ length: 50 }, () => fan.hold()));
      expect(results.every(({ result }) => result.kind === "time")).toBe(true);
      const stranger = { ...first.plan, id: newHoldId(), accountId: newAccountId() };
      expect((await context().store.acquire(stranger)).kind).toBe("acquired");
    });
  });
}
