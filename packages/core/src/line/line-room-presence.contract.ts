import { describe, expect, test } from "vitest";
import { must } from "../shared/assert.ts";
import type { RenewResult } from "./line-room.ts";
import {
  type Fan,
  fansFrom,
  type LineRoomHarness,
  numbersOf,
  openLine,
  type TestLine,
} from "./line-room-harness.contract.ts";

const only = (fans: readonly Fan[]) => must(fans[0], "a fan");
const renewedUntil = (result: RenewResult) =>
  must(result.kind === "renewed" ? result : null, "a valid pass").untilMs;
const passOf = ({ accountId }: Fan, forMs = 60_000) => ({ accountId, untilMs: Date.now() + forMs });

/** The store's own time, read off the pass of a fan who is inside. */
async function storeNowMs(line: TestLine, inside: Fan): Promise<number> {
  return renewedUntil(await line.renew(inside, 600_000)) - 600_000;
}

/** One fan and the room: signs of life, passes, leaving; and what is left when the room is lost. */
export function lineRoomPresenceContract(harness: () => LineRoomHarness): void {
  describe("a sign of life", () => {
    test("of a fan who was not called is answered and kept nowhere", async () => {
      const line = await openLine(harness(), { called: 10 });
      expect(await line.checkIn(only(fansFrom(11, 1)))).toEqual({ kind: "not_called", calledTo: 10 });
      expect(await line.checkIn(only(fansFrom(10, 1)))).toEqual({ kind: "present" });
      expect((await line.look())?.front).toBe(1);
    });

    test("of a fan with a valid pass says that they are inside", async () => {
      const line = await openLine(harness());
      const fan = only(fansFrom(1, 1));
      await line.checkIn(fan);
      await line.admit();
      expect(await line.checkIn(fan)).toEqual({ kind: "inside" });
    });

    test("with a number that was used opens nothing again", async () => {
      const line = await openLine(harness(), { servedTo: 2, letIn: [[2, Date.now()]], called: 10 });
      const [known, fan] = [only(fansFrom(2, 1)), only(fansFrom(3, 1))];
      expect(await line.checkIn(known)).toEqual({ kind: "over" });
      await line.checkIn(fan);
      await line.admit();
      await line.leave(fan);
      expect(await line.checkIn(fan)).toEqual({ kind: "over" });
      expect((await line.admit()).wave).toBeNull();
    });

    test("keeps the beginning of a stay, and a break begins a new one", async () => {
      const [inside, steady, broken] = fansFrom(1, 3);
      if (!inside || !steady || !broken) return;
      const line = await openLine(harness(), { passes: [passOf(inside)] });
      await line.checkIn(steady);
      await line.checkIn(broken, 0);
      const between = await storeNowMs(line, inside);
      while ((await storeNowMs(line, inside)) === between);
      for (const fan of [steady, broken]) await line.checkIn(fan);
      const since = (await line.admit()).wave?.admitted.map((fan) => fan.presentSinceMs - between);
      expect(since?.map((ms) => ms > 0)).toEqual([false, true]);
    });

    test("moves a fan who joined again to the new number, and the old one is free of them", async () => {
      const line = await openLine(harness());
      const fan = only(fansFrom(3, 1));
      await line.checkIn(fan);
      await line.checkIn({ ...fan, number: 8 });
      expect((await line.look())?.front).toBe(1);
      expect(numbersOf((await line.admit()).wave)).toEqual([8]);
    });
  });

  describe("the grace time", () => {
    const served = () =>
      [
        [Date.now() - 900_000, 4],
        [Date.now() - 601_000, 8],
        [Date.now() - 599_000, 12],
      ] as const;
    test("who was passed within it keeps the number, who was passed before has lapsed", async () => {
      const line = await openLine(harness(), { servedTo: 12, served: served(), called: 10 });
      expect(await line.checkIn(only(fansFrom(4, 1)))).toEqual({ kind: "lapsed" });
      expect(await line.checkIn(only(fansFrom(8, 1)))).toEqual({ kind: "lapsed" });
      expect(await line.checkIn(only(fansFrom(9, 1)))).toEqual({ kind: "present" });
      await line.admit({ size: 0, graceMs: 590_000 });
      expect(await line.checkIn(only(fansFrom(12, 1)))).toEqual({ kind: "lapsed" });
      expect(await line.checkIn(only(fansFrom(13, 1)))).toEqual({ kind: "present" });
    });

    test("of none ends a turn with the wave that passed it", async () => {
      const line = await openLine(harness());
      await line.checkIn(only(fansFrom(5, 1)));
      await line.admit({ graceMs: 0 });
      expect(await line.checkIn(only(fansFrom(4, 1)))).toEqual({ kind: "lapsed" });
    });

    test("who came in time does not lapse while the room is full", async () => {
      const line = await openLine(harness(), { servedTo: 12, served: served(), called: 10 });
      const fan = only(fansFrom(9, 1));
      await line.checkIn(fan);
      await line.admit({ cap: 0, graceMs: 1_000 });
      expect(await line.checkIn(fan)).toEqual({ kind: "present" });
      expect(await line.checkIn(only(fansFrom(10, 1)))).toEqual({ kind: "lapsed" });
      expect(numbersOf((await line.admit({ graceMs: 1_000 })).wave)).toEqual([9]);
    });
  });

  describe("a pass", () => {
    test("is renewed as far as it may be, is never cut, and a retry changes nothing", async () => {
      const fan = only(fansFrom(1, 1));
      const line = await openLine(harness(), { passes: [passOf(fan, 30_000)] });
      const maxUntilMs = Date.now() + 90_000;
      const renew = (ttlMs: number) => harness().room.renew({ ...line.key, ...fan, ttlMs, maxUntilMs });
      expect(renewedUntil(await renew(60_000))).toBeLessThan(maxUntilMs);
      for (const ttlMs of [600_000, 600_000, 1_000])
        expect(await renew(ttlMs)).toEqual({ kind: "renewed", untilMs: maxUntilMs });
    });

    test("that ran out, or was never given, is not revived", async () => {
      const [over, never] = fansFrom(1, 2);
      if (!over || !never) return;
      const line = await openLine(harness(), { passes: [passOf(over, -1)], called: 0 });
      expect([await line.renew(over), await line.renew(never)]).toEqual([{ kind: "over" }, { kind: "over" }]);
      expect((await line.look())?.active).toBe(0);
    });

    test("given back by five tabs at once ends once", async () => {
      const fan = only(fansFrom(1, 1));
      const line = await openLine(harness(), { passes: [passOf(fan)] });
      const answers = await Promise.all(Array.from({ length: 5 }, () => line.leave(fan)));
      expect(answers.filter((answer) => answer === "ended")).toHaveLength(1);
      const { ends, state } = await line.admit();
      expect([ends.length, state.active]).toEqual([1, 0]);
      expect(await line.renew(fan)).toEqual({ kind: "over" });
    });

    test("leaving takes a waiting fan off the front", async () => {
      const line = await openLine(harness());
      const [gone, stays] = fansFrom(1, 2);
      if (!gone || !stays) return;
      for (const fan of [gone, stays]) await line.checkIn(fan);
      expect(await line.leave(gone)).toBe("not_inside");
      expect((await line.look())?.front).toBe(1);
      expect(numbersOf((await line.admit()).wave)).toEqual([2]);
    });
  });

  describe("a room that is lost", () => {
    test("says so everywhere", async () => {
      const line = await openLine(harness());
      const fan = only(fansFrom(1, 1));
      await line.checkIn(fan);
      await line.admit();
      await harness().room.publish(line.key, "{}");
      await harness().lose(line.key);
      expect(await line.look()).toBeNull();
      expect(await line.checkIn(fan)).toEqual({ kind: "room_lost" });
      expect(await line.tryAdmit()).toEqual({ kind: "room_lost" });
      expect(await line.renew(fan)).toEqual({ kind: "room_lost" });
      expect(await line.leave(fan)).toBe("not_inside");
      expect(await harness().room.published(line.key)).toBeNull();
    });

    test("comes back in the same order, and nobody goes in twice", async () => {
      const line = await openLine(harness());
      const fans = fansFrom(1, 20);
      for (const fan of fans) await line.checkIn(fan);
      const before = must((await line.admit({ size: 7 })).wave, "a wave");
      await harness().lose(line.key);
      await line.restore({
        fence: 2,
        servedTo: 7,
        lastSeq: before.seq,
        served: [[before.atMs, 7]],
        letIn: before.admitted.map(({ number }) => [number, before.atMs]),
        passes: fans.slice(0, 6).map((fan) => passOf(fan)),
      });
      await line.admit({ fence: 2, size: 0, frontTarget: 20 });
      const kinds = new Map<string, number>();
      for (const fan of fans.toReversed()) {
        const { kind } = await line.checkIn(fan);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      expect([...kinds]).toEqual([
        ["present", 13],
        ["over", 1],
        ["inside", 6],
      ]);
      const after = await line.admit({ fence: 2, size: 5 });
      expect([after.wave?.seq, numbersOf(after.wave)]).toEqual([before.seq + 1, [8, 9, 10, 11, 12]]);
      expect(after.state.active).toBe(11);
    });

    test("lets nobody in while it settles, and calls the front meanwhile", async () => {
      const line = await openLine(harness(), { servedTo: 3, settleMs: 60_000, called: 10 });
      for (const fan of fansFrom(4, 3)) await line.checkIn(fan);
      const { wave, state } = await line.admit();
      expect([wave, state.front, state.calledTo]).toEqual([null, 3, 13]);
    });

    test("knows nothing of a number that was passed before its first wave has told the grace time", async () => {
      const served = [[Date.now() - 900_000, 12]] as const;
      const line = await openLine(harness(), { servedTo: 12, served, called: 0 });
      const fan = only(fansFrom(4, 1));
      expect(await line.checkIn(fan)).toEqual({ kind: "room_lost" });
      await line.admit();
      expect(await line.checkIn(fan)).toEqual({ kind: "lapsed" });
    });

    test("set up twice under one name keeps those who came back", async () => {
      const line = await openLine(harness());
      await harness().lose(line.key);
      await line.restore({ room: "again", servedTo: 5 });
      await line.admit({ frontTarget: 5 });
      await line.checkIn(only(fansFrom(6, 1)));
      expect(await line.restore({ room: "again", servedTo: 5 })).toBe("restored");
      expect(await line.look()).toMatchObject({ room: "again", front: 1, calledTo: 10 });
      expect(await line.restore({ room: "other", fence: 2 })).toBe("restored");
      expect(await line.look()).toEqual({ room: "other", servedTo: 0, calledTo: 0, active: 0, front: 0 });
    });
  });

  test("the public document is kept as it was written, the last one stays", async () => {
    const { key } = await openLine(harness());
    expect(await harness().room.published(key)).toBeNull();
    for (const text of ['{"notice":"größer"}', '{"notice":"<b>"}']) await harness().room.publish(key, text);
    expect(await harness().room.published(key)).toBe('{"notice":"<b>"}');
  });
}
