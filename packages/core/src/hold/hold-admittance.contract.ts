import { describe, expect, test } from "vitest";
import {
  type HoldContractContext,
  claimOf,
  newAccountId,
  newHoldId,
  newLineId,
  planOf,
  refOf,
  seatsOf,
} from "./hold-store-harness.contract.ts";

/** Who may take places at all: with a pass where there is a line, and not again and again without buying. */
export function holdAdmittanceContract(context: () => HoldContractContext): void {
  describe("a sale with a line", () => {
    const inLine = async (forMs: number) => {
      const eventId = await context().openEvent();
      const [accountId, lineId] = [newAccountId(), newLineId()];
      const pass = { eventId, lineId, accountId, untilMs: Date.now() + forMs };
      await context().harness.openRoom({ eventId, lineId });
      await context().harness.grantPass(pass);
      return { pass, plan: planOf({ eventId, accountId, passLine: lineId }) };
    };

    test("sells to a fan whose pass is valid, and to nobody else", async () => {
      const { plan } = await inLine(60_000);
      const stranger = { ...plan, id: newHoldId(), accountId: newAccountId() };
      expect(await context().store.acquire(stranger)).toEqual({ kind: "no_pass" });
      expect((await context().store.acquire(plan)).kind).toBe("acquired");
      const passLine = newLineId();
      await context().harness.openRoom({ eventId: plan.eventId, lineId: passLine });
      const otherLine = { ...plan, id: newHoldId(), passLine, items: seatsOf(1) };
      expect(await context().store.acquire(otherLine)).toEqual({ kind: "no_pass" });
    });

    test("a pass that ran out opens nothing, and nothing changes", async () => {
      const { plan } = await inLine(-1);
      const before = await context().harness.stock(plan.eventId);
      expect(await context().store.acquire(plan)).toEqual({ kind: "no_pass" });
      expect(await context().harness.stock(plan.eventId)).toEqual(before);
      expect(await context().store.findByAccount(plan.eventId, plan.accountId)).toEqual([]);
    });

    test("a hold that was made in time is answered again after the pass is over", async () => {
      const { plan, pass } = await inLine(60_000);
      const first = await context().store.acquire(plan);
      await context().harness.grantPass({ ...pass, untilMs: Date.now() - 1 });
      expect(await context().store.acquire(plan)).toEqual({ ...first, replayed: true });
      expect(await context().store.acquire({ ...plan, id: newHoldId(), items: seatsOf(1) })).toEqual({
        kind: "no_pass",
      });
    });
  });

  describe("a sale whose line lost its room", () => {
    test("tells nobody that their time is over, and sells nothing until the room is back", async () => {
      const eventId = await context().openEvent();
      const [accountId, lineId] = [newAccountId(), newLineId()];
      const plan = planOf({ eventId, accountId, passLine: lineId });
      expect(await context().store.acquire(plan)).toEqual({ kind: "line_lost" });
      await context().harness.openRoom({ eventId, lineId });
      expect(await context().store.acquire(plan)).toEqual({ kind: "no_pass" });
      await context().harness.grantPass({ eventId, lineId, accountId, untilMs: Date.now() + 60_000 });
      expect((await context().store.acquire(plan)).kind).toBe("acquired");
    });
  });

  describe("taking and giving back", () => {
    /** One fan with a limit of three cycles: `hold` takes a seat, `cycle` gives it back too. */
    async function openFan() {
      const eventId = await context().openEvent({ seatCount: 200 });
      const accountId = newAccountId();
      let next = 0;
      const planNext = () =>
        planOf({ eventId, accountId, cyclesMax: 3, items: seatsOf(next++), maxPerFan: 50 });
      const hold = async () => {
        const plan = planNext();
        return { plan, result: await context().store.acquire(plan) };
      };
      const cycle = async () => {
        const { plan, result } = await hold();
        await context().store.release({ ...refOf(plan), accountId });
        return result.kind;
      };
      return { eventId, accountId, planNext, hold, cycle };
    }

    test("is refused after so many holds that were not paid for, and says for how long", async () => {
      const fan = await openFan();
      for (let n = 0; n < 3; n += 1) expect(await fan.cycle()).toBe("acquired");
      const { result, plan } = await fan.hold();
      expect(result).toMatchObject({ kind: "cycles", max: 3 });
      const againInMs = result.kind === "cycles" ? result.againInMs : 0;
      expect(againInMs).toBeGreaterThan(0);
      expect(againInMs).toBeLessThanOrEqual(600_000);
      const stranger = { ...plan, id: newHoldId(), accountId: newAccountId() };
      expect((await context().store.acquire(stranger)).kind).toBe("acquired");
    });

    test("holds under fifty simultaneous requests of one fan", async () => {
      const fan = await openFan();
      const results = await Promise.all(Array.from({ length: 50 }, () => fan.hold()));
      expect(results.filter(({ result }) => result.kind === "acquired")).toHaveLength(3);
      expect(results.filter(({ result }) => result.kind === "cycles")).toHaveLength(47);
    });

    test("a replay, a refusal and a change of the kind of ticket are no cycle", async () => {
      const fan = await openFan();
      const { plan } = await fan.hold();
      for (let n = 0; n < 5; n += 1) await context().store.acquire(plan);
      const other = { ...fan.planNext(), items: plan.items };
      for (let n = 0; n < 5; n += 1) await context().store.acquire(other);
      const { items, quoteHash, totalMinor } = plan;
      const owned = { ...refOf(plan), accountId: fan.accountId };
      await context().store.reprice({ ...owned, items, quoteHash, totalMinor });
      expect([await fan.cycle(), await fan.cycle(), await fan.cycle()]).toEqual([
        "acquired",
        "acquired",
        "cycles",
      ]);
    });

    test("counts a hold that ran out, and one whose payment failed", async () => {
      const fan = await openFan();
      const lapsed = await fan.hold();
      await context().harness.lapse(fan.eventId, lapsed.plan.id);
      await context().store.sweep(fan.eventId, 10);
      const declined = await fan.hold();
      await context().store.claim(claimOf(declined.plan));
      await context().store.settleFreed([refOf(declined.plan)]);
      expect([await fan.cycle(), await fan.cycle()]).toEqual(["acquired", "cycles"]);
    });

    test("a purchase starts the count anew", async () => {
      const fan = await openFan();
      await fan.cycle();
      await fan.cycle();
      const { plan } = await fan.hold();
      expect(await fan.cycle()).toBe("cycles");
      await context().store.claim(claimOf(plan));
      expect(await fan.cycle()).toBe("cycles");
      await context().store.settleSold([refOf(plan)]);
      for (let n = 0; n < 3; n += 1) expect(await fan.cycle()).toBe("acquired");
      expect(await fan.cycle()).toBe("cycles");
    });

    test("what is long ago counts no more", async () => {
      const fan = await openFan();
      for (let n = 0; n < 3; n += 1) await fan.cycle();
      await context().harness.ageCycles(fan.eventId, fan.accountId);
      for (let n = 0; n < 3; n += 1) expect(await fan.cycle()).toBe("acquired");
      expect(await fan.cycle()).toBe("cycles");
    });
  });
}
