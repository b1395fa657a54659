import { TESTER } from "@onsale/core/actor/testing/staff";
import { beforeAll, expect, it } from "vitest";
import { MORE_TIME_MAX } from "@onsale/core/line/line";
import type { LineStore } from "@onsale/core/line/line-store";
import type { EventId } from "@onsale/core/shared/ids";
import { makePgOrderStore } from "../order/pg-order-store.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { openLine, waveInputs, waveOf } from "../testing/line-fixture.ts";
import { buy, newAccountId, openSale, orderDraft } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { withTx } from "../with-tx.ts";
import { makePgLineStore } from "./pg-line-store.ts";

describeWithDatabase("waves", (database) => {
  let store: LineStore;
  let eventId: EventId;
  beforeAll(async () => {
    store = makePgLineStore(database());
    eventId = await openSale(database(), { seats: 20 });
  });
  const expireLease = () =>
    database().sql`update line_controller set until = clock_timestamp() - interval '1 second'`;

  it("have one controller: renewed under its fence, replaced under a larger one", async () => {
    const take = (holder: string) => store.takeLease({ holder, leaseMs: 60_000 });
    const leases = await Promise.all(Array.from({ length: 20 }, (_, index) => take(`worker ${index}`)));
    const first = leases.findIndex((lease) => lease !== null);
    expect(leases.filter((lease) => lease !== null)).toEqual([{ fence: 1 }]);
    expect(await take(`worker ${first}`)).toEqual({ fence: 1 });
    expect(await take("another")).toBeNull();
    await expireLease();
    expect(await take("another")).toEqual({ fence: 2 });
    expect(await take(`worker ${first}`)).toBeNull();
    await expireLease();
    expect(await take("another")).toEqual({ fence: 2 });
  });

  it("of a controller that was replaced are not written", async () => {
    await expireLease();
    const old = await store.takeLease({ holder: "old", leaseMs: 60_000 });
    await expireLease();
    const fresh = await store.takeLease({ holder: "new", leaseMs: 60_000 });
    const { lineId, admission } = await openLine(store, eventId, { fans: 2 });
    const wave = (fence: number | undefined) =>
      waveOf(lineId, [admission(1)], { fence: fence ?? Number.NaN });
    expect(await store.recordWave(wave(old?.fence))).toEqual({ kind: "fenced" });
    expect(await store.waves({ lineId, limit: 10 })).toEqual([]);
    expect(await store.openPasses(lineId)).toEqual([]);
    expect(await store.recordWave(wave(fresh?.fence))).toEqual({ kind: "recorded" });
  });

  it("and a controller that is being replaced in the middle of one waits or is refused", async () => {
    await expireLease();
    const old = await store.takeLease({ holder: "slow", leaseMs: 60_000 });
    await expireLease();
    const { lineId, admission } = await openLine(store, eventId, { fans: 1 });
    const wave = waveOf(lineId, [admission(1)], { fence: old?.fence ?? Number.NaN });
    const { sql } = database();
    let next: Promise<unknown> = Promise.resolve();
    await withTx(database(), async (tx) => {
      const input = JSON.stringify(wave);
      const [row] = await tx`select record_wave(${input}::text::jsonb) as outcome`;
      expect(row?.["outcome"]).toBe("recorded");
      next = store.takeLease({ holder: "next", leaseMs: 60_000 });
      // The new controller stands behind the wave that is not committed yet.
      for (let waits = 0; waits === 0;) {
        const [locks] = await sql`select count(*)::int as waits from pg_stat_activity
          where wait_event_type = 'Lock' and query like '%line_controller%' and datname = current_database()`;
        waits = Number(locks?.["waits"]);
      }
    });
    expect(await next).toEqual({ fence: (old?.fence ?? 0) + 1 });
  });

  /** The fence that is in force, whatever test ran before. */
  async function fenceNow(): Promise<number> {
    await expireLease();
    return (await store.takeLease({ holder: "this test", leaseMs: 60_000 }))?.fence ?? Number.NaN;
  }

  it("are written once however often they are sent, and never over another one", async () => {
    const fence = await fenceNow();
    const { lineId, admission } = await openLine(store, eventId, { fans: 5 });
    const wave = waveOf(lineId, [admission(3), admission(1)], { fence, atMs: 12_345 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => store.recordWave(wave)));
    expect(answers.map((answer) => answer.kind).sort()).toEqual([
      ...Array<string>(9).fill("known"),
      "recorded",
    ]);
    const other = waveOf(lineId, [admission(2)], { fence });
    expect(await store.recordWave(other)).toEqual({ kind: "differs" });
    expect(await store.waves({ lineId, limit: 10 })).toEqual([
      {
        seq: 1,
        atMs: 12_345,
        fence,
        admitted: 2,
        activeAfter: 2,
        inputs: waveInputs(),
        reason: "inflow",
        numbers: [1, 3],
      },
    ]);
    expect((await store.openPasses(lineId)).map((pass) => pass.number)).toEqual([1, 3]);
    expect(await store.place({ lineId, accountId: admission(3).accountId })).toMatchObject({
      admittedAtMs: 12_345,
    });
  });

  it("let nobody in twice in one turn", async () => {
    const fence = await fenceNow();
    const { lineId, admission } = await openLine(store, eventId, { fans: 3 });
    await store.recordWave(waveOf(lineId, [admission(1)], { fence }));
    await store.recordWave(waveOf(lineId, [admission(1), admission(2)], { seq: 2, atMs: 11_000, fence }));
    expect((await store.openPasses(lineId)).map((pass) => [pass.number, pass.admittedAtMs])).toEqual([
      [1, 10_000],
      [2, 11_000],
    ]);
    expect(await store.counts(lineId)).toMatchObject({ admitted: 2, inside: 2 });
  });

  it.each([
    ["line_wave_within_cap", { activeAfter: 3, inputs: waveInputs({ cap: 2 }) }],
    ["line_wave_within_inflow", { inputs: waveInputs({ inflowPerSecond: 1 }) }],
  ] as const)("above their bounds are refused: %s", async (constraint, wrong) => {
    const fence = await fenceNow();
    const { lineId, admission } = await openLine(store, eventId, { fans: 3 });
    const wave = waveOf(lineId, [admission(1), admission(2)], { fence, ...wrong });
    expect(await store.recordWave(wave).then(() => null, brokenConstraint)).toBe(constraint);
    expect(await store.openPasses(lineId)).toEqual([]);
    const rest = waveOf(lineId, [], { fence, activeAfter: 3, inputs: waveInputs({ cap: 2 }), reason: "cap" });
    expect(await store.recordWave(rest)).toEqual({ kind: "recorded" });
  });

  it("come back newest first, in pages", async () => {
    const fence = await fenceNow();
    const { lineId } = await openLine(store, eventId, { fans: 1 });
    for (let seq = 1; seq <= 5; seq += 1) await store.recordWave(waveOf(lineId, [], { seq, fence }));
    const seqs = async (beforeSeq?: number) =>
      (await store.waves({ lineId, limit: 2, ...(beforeSeq ? { beforeSeq } : {}) })).map((wave) => wave.seq);
    expect([await seqs(), await seqs(4), await seqs(2)]).toEqual([[5, 4], [3, 2], [1]]);
  });

  it("end pass by pass: the first reason stays, and an end from before a pass does not end it", async () => {
    const fence = await fenceNow();
    const { lineId, admission } = await openLine(store, eventId, { fans: 3 });
    const { accountId } = admission(1);
    await store.recordWave(waveOf(lineId, [admission(1), admission(2)], { fence }));
    await store.endPasses(lineId, [{ accountId, reason: "expired", atMs: 9_999 }]);
    expect(await store.place({ lineId, accountId })).toMatchObject({ ended: null });
    await store.endPasses(lineId, [
      { accountId, reason: "left", atMs: 12_000 },
      { accountId, reason: "bought", atMs: 11_000 },
      { accountId: newAccountId(), reason: "left", atMs: 12_000 },
    ]);
    await store.endPasses(lineId, [{ accountId, reason: "removed", atMs: 13_000 }]);
    await store.endPasses(lineId, []);
    expect(await store.place({ lineId, accountId })).toMatchObject({ ended: "bought", admittedAtMs: 10_000 });
    expect(await store.openPasses(lineId)).toEqual([
      { accountId: admission(2).accountId, number: 2, admittedAtMs: 10_000, extensions: 0 },
    ]);
  });

  it("may be followed by a second turn with its own pass, and the ends of the first do not touch it", async () => {
    const fence = await fenceNow();
    const { lineId, admission } = await openLine(store, eventId, { fans: 1 });
    const { accountId } = admission(1);
    await store.recordWave(waveOf(lineId, [admission(1)], { fence }));
    const end = { accountId, reason: "expired" as const, atMs: 11_000 };
    await store.endPasses(lineId, [end]);
    const again = await store.rejoin({ lineId, accountId });
    await store.recordWave(
      waveOf(lineId, [{ accountId, number: again?.number ?? 0, presentSinceMs: 12_000 }], {
        seq: 2,
        atMs: 13_000,
        fence,
      }),
    );
    await store.endPasses(lineId, [end]);
    expect(await store.place({ lineId, accountId })).toMatchObject({
      number: 2,
      admittedAtMs: 13_000,
      ended: null,
    });
    expect(await store.counts(lineId)).toMatchObject({ admitted: 2, inside: 1, ended: { expired: 1 } });
  });

  it("give more time so often and no more, also to who asks many times at once", async () => {
    const fence = await fenceNow();
    const { lineId, admission } = await openLine(store, eventId, { fans: 2 });
    const { accountId } = admission(1);
    expect(await store.grantMoreTime({ lineId, accountId })).toBeNull();
    await store.recordWave(waveOf(lineId, [admission(1)], { fence }));
    const asks = await Promise.all(
      Array.from({ length: MORE_TIME_MAX + 5 }, () => store.grantMoreTime({ lineId, accountId })),
    );
    expect(asks.filter((place) => place !== null)).toHaveLength(MORE_TIME_MAX);
    expect(await store.place({ lineId, accountId })).toMatchObject({ extensions: MORE_TIME_MAX });
    await store.endPasses(lineId, [{ accountId, reason: "left", atMs: 11_000 }]);
    expect(await store.grantMoreTime({ lineId, accountId })).toBeNull();
  });

  it("are counted with the tickets that went to the fans of the line", async () => {
    const fence = await fenceNow();
    const { lineId, admission } = await openLine(store, eventId, { fans: 4 });
    await store.recordWave(
      waveOf(
        lineId,
        [1, 2, 3].map((number) => admission(number)),
        { fence },
      ),
    );
    const orders = makePgOrderStore(database());
    await buy(orders, orderDraft(eventId, { seats: [0, 1] }, { accountId: admission(1).accountId }));
    await buy(orders, orderDraft(eventId, { seats: [2] }));
    await store.endPasses(lineId, [
      { accountId: admission(1).accountId, reason: "bought", atMs: 11_000 },
      { accountId: admission(2).accountId, reason: "left", atMs: 11_000 },
    ]);
    expect(await store.counts(lineId)).toEqual({
      joined: 4,
      admitted: 3,
      inside: 1,
      servedTo: expect.any(Number),
      ended: { bought: 1, left: 1, expired: 0, removed: 0 },
      tickets: 2,
    });
  });

  it("are written in a guarded transaction or not at all", async () => {
    const { lineId } = await openLine(store, eventId, { fans: 1 });
    for (const table of ["line", "line_entry", "line_pass"])
      await expect(database().sql.unsafe(`delete from ${table}`)).rejects.toMatchObject({ code: "25P01" });
    expect(await store.move(TESTER, { lineId, from: ["open"], to: "paused" })).toMatchObject({
      kind: "moved",
    });
  });
});
