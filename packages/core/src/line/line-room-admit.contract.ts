import { describe, expect, test } from "vitest";
import { fansFrom, type LineRoomHarness, numbersOf, openLine } from "./line-room-harness.contract.ts";

/** The same order in every run, and no order anybody would expect. */
function shuffled<T>(all: readonly T[]): T[] {
  return all.map((_, i) => all[(i * 7 + 3) % all.length]).filter((one) => one !== undefined);
}

/** Waves: who goes in, in which order, how many, and that nothing is lost on the way to Postgres. */
export function lineRoomAdmitContract(harness: () => LineRoomHarness): void {
  describe("order", () => {
    test("the lowest numbers of those present go in first, in whatever order they came", async () => {
      const line = await openLine(harness());
      await Promise.all(shuffled(fansFrom(1, 30)).map((fan) => line.checkIn(fan)));
      const waves = [await line.admit({ size: 8 }), await line.admit({ size: 0 }), await line.admit()];
      expect(waves.map(({ wave }) => numbersOf(wave))).toEqual([
        [1, 2, 3, 4, 5, 6, 7, 8],
        [],
        Array.from({ length: 22 }, (_, i) => 9 + i),
      ]);
      expect(waves.map(({ wave }) => wave?.seq ?? null)).toEqual([1, null, 2]);
      expect(waves.map(({ state }) => [state.servedTo, state.active, state.front])).toEqual([
        [8, 8, 22],
        [8, 8, 22],
        [30, 30, 0],
      ]);
    });

    test("a late fan with a lower number goes before all who were served after", async () => {
      const line = await openLine(harness());
      const [late, ...others] = fansFrom(1, 9);
      for (const fan of others) await line.checkIn(fan);
      expect(numbersOf((await line.admit({ size: 4 })).wave)).toEqual([2, 3, 4, 5]);
      if (late) await line.checkIn(late);
      const { wave, state } = await line.admit({ size: 2 });
      expect(numbersOf(wave)).toEqual([1, 6]);
      expect(state.servedTo).toBe(6);
    });

    test("an admission names account, number and how long the fan stood there", async () => {
      const line = await openLine(harness());
      const fans = fansFrom(4, 2);
      for (const fan of fans) await line.checkIn(fan);
      const { wave } = await line.admit({ cap: 70, inflowPerSecond: 60 });
      expect(wave).toMatchObject({ admitted: fans, cap: 70, inflowPerSecond: 60, activeAfter: 2 });
      expect(wave?.admitted.every((fan) => fan.presentSinceMs <= wave.atMs)).toBe(true);
    });
  });

  describe("absent fans", () => {
    test("however many are absent, whoever is present goes in", async () => {
      const line = await openLine(harness(), { called: 0 });
      const [fan] = fansFrom(500, 1);
      let served: number[] = [];
      for (let round = 0; fan && served.length === 0 && round < 500; round += 1) {
        await line.checkIn(fan);
        served = numbersOf((await line.admit({ frontTarget: 10 })).wave);
      }
      expect(served).toEqual([500]);
    });

    test("who went away is passed over, and nobody waits for them", async () => {
      const line = await openLine(harness());
      const [gone, here] = [fansFrom(1, 3), fansFrom(4, 2)];
      for (const fan of here) await line.checkIn(fan);
      for (const fan of gone) await line.checkIn(fan, 0);
      const { wave, state } = await line.admit({ size: 1 });
      expect(numbersOf(wave)).toEqual([4]);
      expect(state.front).toBe(1);
    });

    test("more absent fans than one call puts away only cost one more call", async () => {
      const line = await openLine(harness(), { called: 3_000 });
      await Promise.all(fansFrom(1, 2_500).map((fan) => line.checkIn(fan, 0)));
      for (const fan of fansFrom(2_900, 1)) await line.checkIn(fan);
      let served: number[] = [];
      for (let round = 0; served.length === 0 && round < 4; round += 1) {
        served = numbersOf((await line.admit({ size: 1 })).wave);
      }
      expect(served).toEqual([2_900]);
    });
  });

  describe("who is called", () => {
    test("as many as the front lacks of live fans, and nobody who does not exist", async () => {
      const line = await openLine(harness(), { called: 0 });
      expect((await line.admit({ frontTarget: 20, lastNumber: 30 })).state.calledTo).toBe(20);
      await Promise.all(fansFrom(1, 20).map((fan) => line.checkIn(fan)));
      expect((await line.admit({ size: 0, frontTarget: 20, lastNumber: 30 })).state.calledTo).toBe(20);
      expect((await line.admit({ size: 5, frontTarget: 20, lastNumber: 30 })).state.calledTo).toBe(25);
      expect((await line.admit({ size: 15, frontTarget: 20, lastNumber: 30 })).state.calledTo).toBe(30);
    });

    test("a line where nobody answers is not called out at once", async () => {
      const line = await openLine(harness(), { called: 0 });
      for (let round = 0; round < 10; round += 1) await line.admit({ frontTarget: 100 });
      expect((await line.look())?.calledTo).toBeLessThanOrEqual(4 * 100 + 7 * 25);
    });
  });

  describe("limits", () => {
    test("no interleaving of waves, renewals and returned passes goes over the cap", async () => {
      const line = await openLine(harness());
      const fans = fansFrom(1, 300);
      await Promise.all(fans.map((fan) => line.checkIn(fan)));
      const results = await Promise.all(
        Array.from({ length: 50 }, async (_, i) => {
          const answer = line.admit({ cap: 20, size: 10 });
          const [leaver, renewer] = [fans[i % 10], fans[i % 20]];
          if (leaver && i % 5 === 4) void (await line.leave(leaver));
          if (renewer) await line.renew(renewer);
          return answer;
        }),
      );
      const actives = results.flatMap(({ state, wave }) => [state.active, wave?.activeAfter ?? 0]);
      expect(Math.max(...actives)).toBe(20);
      const served = results.flatMap(({ wave }) => numbersOf(wave));
      expect(served.toSorted((a, b) => a - b)).toEqual(served.map((_, i) => i + 1));
    });

    test("a full room stays shut, also when the cap is lowered, and opens by as many as leave", async () => {
      const line = await openLine(harness());
      const fans = fansFrom(1, 20);
      for (const fan of fans) await line.checkIn(fan);
      await line.admit({ cap: 6 });
      expect((await line.admit({ cap: 6 })).wave).toBeNull();
      expect((await line.admit({ cap: 3 })).wave).toBeNull();
      for (const fan of fans.slice(0, 4)) await line.leave(fan);
      expect(numbersOf((await line.admit({ cap: 3 })).wave)).toEqual([7]);
    });

    test("a pass that ran out makes room, and its end is told", async () => {
      const [gone, inside] = fansFrom(1, 2);
      const passes = [gone, inside].flatMap((fan, i) =>
        fan ? [{ accountId: fan.accountId, untilMs: Date.now() + (i === 0 ? -5_000 : 60_000) }] : [],
      );
      const line = await openLine(harness(), { passes, servedTo: 2, called: 10 });
      for (const fan of fansFrom(3, 5)) await line.checkIn(fan);
      const { wave, state, ends } = await line.admit({ cap: 2 });
      expect(numbersOf(wave)).toEqual([3]);
      expect(state.active).toBe(2);
      expect(ends).toEqual([{ accountId: gone?.accountId, reason: "expired", atMs: passes[0]?.untilMs }]);
    });

    test("no second of the store's clock lets in more than the inflow", async () => {
      const line = await openLine(harness());
      await Promise.all(fansFrom(1, 300).map((fan) => line.checkIn(fan)));
      const results = await Promise.all(
        Array.from({ length: 40 }, () => line.admit({ inflowPerSecond: 25, size: 10 })),
      );
      const perSecond = new Map<number, number>();
      for (const { wave } of results) {
        if (!wave) continue;
        const second = Math.floor(wave.atMs / 1_000);
        perSecond.set(second, (perSecond.get(second) ?? 0) + wave.admitted.length);
      }
      expect(Math.max(...perSecond.values())).toBe(25);
    });
  });

  describe("between room and Postgres", () => {
    test("a wave that nobody acknowledged comes again, and nobody else goes in", async () => {
      const line = await openLine(harness());
      for (const fan of fansFrom(1, 10)) await line.checkIn(fan);
      const first = await line.admit({ size: 3, recordedSeq: 0 });
      const again = await Promise.all([1, 2].map(() => line.admit({ size: 3, recordedSeq: 0, cap: 9 })));
      expect(again.map(({ wave }) => wave)).toEqual([first.wave, first.wave]);
      expect(again[1]?.state).toMatchObject({ servedTo: 3, active: 3, front: 7 });
      const next = await line.admit({ size: 3, recordedSeq: 1 });
      expect([next.wave?.seq, numbersOf(next.wave)]).toEqual([2, [4, 5, 6]]);
    });

    test("who waits for Postgres to hear of their wave loses none of their time, however long that takes", async () => {
      const line = await openLine(harness());
      const fans = fansFrom(1, 2);
      const [fan] = fans;
      for (const one of fans) await line.checkIn(one);
      await line.admit({ recordedSeq: 0, passTtlMs: -1_000 });
      expect(fan && (await line.checkIn(fan)).kind).toBe("inside");
      const again = await line.admit({ recordedSeq: 0 });
      expect([again.state.active, again.ends]).toEqual([2, []]);
      const next = await line.admit({ recordedSeq: 1 });
      expect([next.state.active, next.ends]).toEqual([2, []]);
      expect(fan && (await line.renew(fan))).toMatchObject({ kind: "renewed" });
    });

    test("the next controller is given the wave that the last one did not write", async () => {
      const line = await openLine(harness());
      for (const fan of fansFrom(1, 4)) await line.checkIn(fan);
      const first = await line.admit({ size: 2, recordedSeq: 0 });
      expect((await line.admit({ fence: 2, recordedSeq: 0 })).wave).toEqual(first.wave);
    });

    test("a controller that was replaced does nothing", async () => {
      const line = await openLine(harness());
      for (const fan of fansFrom(1, 4)) await line.checkIn(fan);
      await line.admit({ fence: 5, size: 1 });
      const before = await line.look();
      expect(await line.tryAdmit({ fence: 4 })).toEqual({ kind: "fenced" });
      expect(await line.restore({ fence: 4 })).toBe("fenced");
      expect(await line.look()).toEqual(before);
      expect(numbersOf((await line.admit({ fence: 5, size: 1 })).wave)).toEqual([2]);
    });

    test("an end is told until it is written down, oldest first, and none is forgotten unheard", async () => {
      const line = await openLine(harness());
      const fans = fansFrom(1, 5);
      for (const fan of fans) await line.checkIn(fan);
      await line.admit();
      const endsOf = async (endsRecorded: number, fence = 1) => {
        const { ends } = await line.admit({ endsRecorded, fence });
        return ends.map(({ accountId, reason }) => {
          expect(reason).toBe("left");
          return fans.findIndex((fan) => fan.accountId === accountId) + 1;
        });
      };
      const [a, b, c, d, e] = fans;
      for (const fan of [c, a, b]) if (fan) await line.leave(fan);
      expect(await endsOf(0)).toEqual([3, 1, 2]);
      if (d) await line.leave(d);
      expect(await endsOf(2)).toEqual([2, 4]);
      expect(await endsOf(0, 2)).toEqual([2, 4]);
      if (e) await line.leave(e);
      expect(await endsOf(2, 2)).toEqual([5]);
      expect(await endsOf(1, 2)).toEqual([]);
    });
  });
}
