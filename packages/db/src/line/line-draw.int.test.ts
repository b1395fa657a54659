import { TESTER } from "@onsale/core/actor/testing/staff";
import { beforeAll, expect, it } from "vitest";
import { drawOrder } from "@onsale/core/line/draw";
import type { LineId } from "@onsale/core/line/line";
import type { LineStore } from "@onsale/core/line/line-store";
import type { EventId } from "@onsale/core/shared/ids";
import { brokenConstraint } from "../pg-errors.ts";
import {
  allDrawEntries,
  drawLine,
  joinOf,
  newLine,
  openLine,
  openLobby,
  waveOf,
} from "../testing/line-fixture.ts";
import { openSale } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgLineStore } from "./pg-line-store.ts";

const ROOT = "a".repeat(64);

describeWithDatabase("the draw of a line", (database) => {
  let store: LineStore;
  let eventId: EventId;
  beforeAll(async () => {
    store = makePgLineStore(database());
    eventId = await openSale(database());
  });

  /** A line whose lobby has closed on so many entries. */
  async function closedLobby(fans: number, publicValueSource: string | null = null): Promise<LineId> {
    const { id: lineId } = await newLine(store, eventId, { publicValueSource });
    await openLobby(store, lineId);
    await store.joinMany(
      lineId,
      Array.from({ length: fans }, () => joinOf(lineId)),
    );
    await store.closeLobby(TESTER, { lineId });
    return lineId;
  }
  const numbersOf = async (lineId: LineId) =>
    database().sql<{ entry: string; number: number | null }[]>`
      select replace(e.entry::text, '-', '') as entry, e.number from line_entry e join line l on l.line_no = e.line_no
      where l.id = ${lineId} order by e.number`;

  it("numbers every entry in drawn order and then reveals the seed", async () => {
    const { id: lineId } = await newLine(store, eventId);
    const seed = await openLobby(store, lineId);
    await store.joinMany(
      lineId,
      Array.from({ length: 30 }, () => joinOf(lineId)),
    );
    expect(JSON.stringify(await store.find(lineId))).not.toContain(seed);
    const drawn = await drawLine(store, lineId);
    expect(await store.find(lineId)).toMatchObject({ state: "open", seed, drawn: 30, lastNumber: 30 });
    expect((await numbersOf(lineId)).map((row) => row.entry)).toEqual(drawn);
    expect(await store.drawnEntries({ lineId, first: 11, limit: 10 })).toEqual(drawn.slice(10, 20));
  });

  it("gives its entries in byte order, page by page, and no one who came later", async () => {
    const lineId = await closedLobby(25);
    await Promise.all(Array.from({ length: 10 }, () => store.join(joinOf(lineId))));
    const entries = await allDrawEntries(store, lineId, 7);
    expect(entries).toHaveLength(25);
    expect(entries).toEqual(entries.toSorted());
    expect(await allDrawEntries(store, lineId)).toEqual(entries);
  });

  it("may be cut off anywhere and made again with the same end", async () => {
    const lineId = await closedLobby(12);
    const entries = await allDrawEntries(store, lineId);
    await store.setEntriesRoot(TESTER, { lineId, entriesRoot: ROOT });
    await store.setEntriesRoot(TESTER, { lineId, entriesRoot: ROOT });
    const drawn = drawOrder({
      seed: (await store.seedForDraw(lineId)) ?? "",
      publicValue: null,
      entries,
    });
    await store.numberEntries({ lineId, first: 1, entries: drawn.slice(0, 5) });
    expect(await store.finishDraw(TESTER, lineId)).toEqual({ kind: "refused", from: "drawing" });
    expect((await store.find(lineId))?.seed).toBeNull();
    await store.numberEntries({ lineId, first: 1, entries: drawn });
    expect((await store.finishDraw(TESTER, lineId)).kind).toBe("moved");
    expect(await store.finishDraw(TESTER, lineId)).toEqual({ kind: "refused", from: "open" });
    expect(await store.drawnEntries({ lineId, first: 1, limit: 100 })).toEqual(drawn);
  });

  it("never gives an entry another number, nor a number outside of the draw", async () => {
    const lineId = await closedLobby(4);
    const late = joinOf(lineId);
    await store.join(late);
    await store.setEntriesRoot(TESTER, { lineId, entriesRoot: ROOT });
    const entries = await allDrawEntries(store, lineId);
    await store.numberEntries({ lineId, first: 1, entries });
    const wrongs: [number, string[]][] = [
      [1, entries.toReversed()],
      [5, [late.entry]],
      [4, entries.slice(0, 1)],
    ];
    for (const [first, wrong] of wrongs)
      expect(
        await store.numberEntries({ lineId, first, entries: wrong }).then(() => null, brokenConstraint),
      ).toBe("line_numbers_fixed");
  });

  it("starts only when its root stands, and only one root ever does", async () => {
    const lineId = await closedLobby(2);
    const entries = await allDrawEntries(store, lineId);
    const early = store.numberEntries({ lineId, first: 1, entries });
    expect(await early.then(() => null, brokenConstraint)).toBe("line_numbers_fixed");
    await store.setEntriesRoot(TESTER, { lineId, entriesRoot: ROOT });
    await expect(store.setEntriesRoot(TESTER, { lineId, entriesRoot: "b".repeat(64) })).rejects.toThrow(
      "another root",
    );
  });

  it("takes the public value that was named once, after the lobby, and waits for it", async () => {
    const { id: lobby } = await newLine(store, eventId, { publicValueSource: "a block" });
    await openLobby(store, lobby);
    expect(await store.setPublicValue(TESTER, { lineId: lobby, publicValue: "early" })).toBeNull();

    const lineId = await closedLobby(2, "a block");
    await store.setEntriesRoot(TESTER, { lineId, entriesRoot: ROOT });
    const entries = await allDrawEntries(store, lineId);
    const early = store.numberEntries({ lineId, first: 1, entries });
    expect(await early.then(() => null, brokenConstraint)).toBe("line_numbers_fixed");
    const set = (publicValue: string) => store.setPublicValue(TESTER, { lineId, publicValue });
    const answers = await Promise.all(["one", "two", "three"].map(set));
    const kept = answers.filter((line) => line !== null);
    expect(kept).toHaveLength(1);
    expect((await store.find(lineId))?.publicValue).toBe(kept[0]?.publicValue);
    await store.numberEntries({ lineId, first: 1, entries });
    expect((await store.finishDraw(TESTER, lineId)).kind).toBe("moved");
  });

  it("takes no public value when none was named", async () => {
    const lineId = await closedLobby(1);
    expect(await store.setPublicValue(TESTER, { lineId, publicValue: "mine" })).toBeNull();
  });

  it("of a lobby that nobody entered is a draw of nobody", async () => {
    const { id: lineId } = await newLine(store, eventId);
    await openLobby(store, lineId);
    expect(await drawLine(store, lineId)).toEqual([]);
    expect(await store.join(joinOf(lineId))).toMatchObject({ kind: "joined", place: { number: 1 } });
  });

  it("stays whole when drawn fans join again at the end", async () => {
    const { lineId, fans, admission } = await openLine(store, eventId, { fans: 5 });
    const drawn = fans.map((fan) => fan.entry);
    await store.recordWave(waveOf(lineId, [admission(2)]));
    const [first, second] = [admission(1), admission(2)];
    await store.endPasses(lineId, [{ accountId: second.accountId, reason: "left", atMs: 11_000 }]);
    expect(await store.rejoin({ lineId, accountId: second.accountId })).toMatchObject({ number: 6 });
    expect(await store.rejoin({ lineId, accountId: first.accountId })).toMatchObject({ number: 7 });
    expect(await store.rejoin({ lineId, accountId: first.accountId })).toMatchObject({ number: 8 });
    expect(await store.drawnEntries({ lineId, first: 1, limit: 100 })).toEqual(drawn);
    expect(await allDrawEntries(store, lineId)).toEqual(drawn.toSorted());
  });
});
