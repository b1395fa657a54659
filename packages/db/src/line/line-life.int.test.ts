import { staffNamed, TESTER } from "@onsale/core/actor/testing/staff";
import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { commitmentOf } from "@onsale/core/line/draw";
import { LINE_NEXT, LineId, LineState } from "@onsale/core/line/line";
import type { LineStore } from "@onsale/core/line/line-store";
import type { EventId } from "@onsale/core/shared/ids";
import { makePgEventStore } from "../event/pg-event-store.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { joinOf, lineSettings, newLine, openLine, openLobby } from "../testing/line-fixture.ts";
import { openSale } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { withTx } from "../with-tx.ts";
import { makePgLineStore } from "./pg-line-store.ts";

describeWithDatabase("the life of a line", (database) => {
  let store: LineStore;
  let eventId: EventId;
  beforeAll(async () => {
    store = makePgLineStore(database());
    eventId = await openSale(database());
  });
  const nobody = LineId.parse(randomUUID());

  async function auditOf(lineId: LineId): Promise<unknown[]> {
    const rows = await database().sql`
      select action, actor, detail - 'line' as detail from audit where detail ->> 'line' = ${lineId} order by seq`;
    return rows.map(({ action, actor, detail }) => [action, actor, detail]);
  }

  it("comes back from the store as it was set up", async () => {
    const settings = lineSettings({
      windowKey: "fan-club",
      lobbyOpensAtMs: Date.UTC(2030, 0, 1, 9, 30, 0, 123),
      drawsAtMs: Date.UTC(2030, 0, 1, 10),
      onePer: "address",
      requireVerifiedEmail: true,
      publicValueSource: "drand round 5123456",
      notice: "Doors at seven.",
    });
    const line = await store.create(TESTER, { eventId, settings });
    expect(line).toMatchObject({
      ...settings,
      eventId,
      state: "closed",
      seed: null,
      drawn: null,
      lastNumber: 0,
    });
    expect(await store.find(line?.id ?? nobody)).toEqual(line);
    expect(await store.findByEvent(eventId)).toContainEqual(line);
    expect(await store.listLive()).toContainEqual(line);
  });

  it("is one per event and window, whoever sets it up at the same time", async () => {
    const settings = lineSettings({ windowKey: "twice" });
    const lines = await Promise.all(
      Array.from({ length: 8 }, () => store.create(TESTER, { eventId, settings })),
    );
    expect(lines.filter((line) => line !== null)).toHaveLength(1);
    const other = await newLine(store, eventId);
    await expect(store.configure(TESTER, { lineId: other.id, version: 1, settings })).rejects.toMatchObject({
      code: "line.exists",
    });
  });

  it("needs its event", async () => {
    const create = store.create(TESTER, { eventId: nobody as string as EventId, settings: lineSettings() });
    await expect(create).rejects.toMatchObject({ code: "event.not_found" });
    expect(await store.find(nobody)).toBeNull();
    expect(await store.move(TESTER, { lineId: nobody, from: ["open"], to: "paused" })).toEqual({
      kind: "not_found",
    });
  });

  it("takes new settings until its lobby opens, and levers always", async () => {
    const { id: lineId, windowKey } = await newLine(store, eventId);
    const settings = lineSettings({ windowKey, cap: 7, graceMs: 1 });
    expect(await store.configure(TESTER, { lineId, version: 1, settings })).toMatchObject({
      kind: "done",
      line: { cap: 7, graceMs: 1, settingsVersion: 2 },
    });
    await openLobby(store, lineId);
    expect(await store.configure(TESTER, { lineId, version: 2, settings })).toEqual({ kind: "fixed" });
    const levers = { cap: 3, notice: "Slowly." };
    expect(await store.pullLevers(staffNamed("ops"), { lineId, levers })).toMatchObject({
      kind: "done",
      line: { ...levers, pacePct: 100 },
    });
    expect(await store.pullLevers(staffNamed("ops"), { lineId: nobody, levers })).toEqual({
      kind: "not_found",
    });
    expect(await store.configure(TESTER, { lineId: nobody, version: 1, settings })).toEqual({
      kind: "not_found",
    });
    expect((await auditOf(lineId)).slice(1)).toEqual([
      ["line.configured", "test", { version: 2, before: expect.any(Object), after: { cap: 7, graceMs: 1 } }],
      [
        "line.moved",
        "test",
        {
          version: 3,
          from: "closed",
          to: "lobby",
          commitment: expect.any(String),
          after: { state: "lobby" },
        },
      ],
      ["line.levers", "ops", { version: 4, before: { cap: 7, notice: "" }, after: levers }],
    ]);
  });

  it.each([
    ["times", "draws_at = draws_at + interval '1 hour'"],
    ["one place per", "one_per = 'address'"],
    ["the named source", "public_value_source = 'another'"],
    ["the time of a pass", "pass_max_ms = pass_max_ms + 1"],
    ["the commitment", "commitment = repeat('0', 64)"],
  ])("%s cannot change behind an open lobby", async (_what, change) => {
    const { id: lineId } = await newLine(store, eventId);
    await openLobby(store, lineId);
    const changed = withTx(database(), (tx) =>
      tx.unsafe(`update line set ${change} where id = $1`, [lineId]),
    );
    expect(await changed.then(() => null, brokenConstraint)).toBe("line_fixed");
  });

  it("can be removed until its lobby was open, with a word in the audit, and set up again", async () => {
    const line = await newLine(store, eventId);
    const { id: lineId, windowKey } = line;
    expect(await store.remove(staffNamed("ops"), lineId)).toBe("removed");
    expect(await store.find(lineId)).toBeNull();
    expect((await store.findByEvent(eventId)).map(({ id }) => id)).not.toContain(lineId);
    expect((await auditOf(lineId)).at(-1)).toEqual(["line.removed", "ops", { window: windowKey }]);
    expect(await store.remove(staffNamed("ops"), lineId)).toBe("not_found");
    const again = await newLine(store, eventId, { windowKey });
    await openLobby(store, again.id);
    expect(await store.remove(staffNamed("ops"), again.id)).toBe("fixed");
    await store.move(TESTER, { lineId: again.id, from: ["lobby"], to: "closed" });
    expect(await store.remove(staffNamed("ops"), again.id)).toBe("fixed");
    expect(await store.find(again.id)).not.toBeNull();
  });

  it("cannot be deleted by anybody once its lobby was open", async () => {
    const { id: lineId } = await newLine(store, eventId);
    await openLobby(store, lineId);
    const deleted = withTx(database(), (tx) => tx`delete from line where id = ${lineId}`);
    await expect(deleted).rejects.toThrow("append-only");
    expect(await store.find(lineId)).toMatchObject({ state: "lobby" });
  });

  it("is either removed or opened when both happen at the same moment", async () => {
    for (let round = 0; round < 20; round++) {
      const { id: lineId } = await newLine(store, eventId);
      const seed = randomBytes(32).toString("hex");
      const [removed, opened] = await Promise.all([
        store.remove(TESTER, lineId),
        store.openLobby(TESTER, { lineId, seed, commitment: commitmentOf(seed) }),
      ]);
      const outcome = [removed, opened.kind];
      expect([
        ["removed", "not_found"],
        ["fixed", "moved"],
      ]).toContainEqual(outcome);
      expect((await store.find(lineId))?.state ?? "gone").toBe(removed === "removed" ? "gone" : "lobby");
    }
  });

  it("moves by the table of core alone, and never twice through a lobby", async () => {
    const { id: lineId } = await newLine(store, eventId);
    const states = LineState.options;
    const allowed: string[] = [];
    for (const from of states) {
      for (const to of states.filter((state) => state !== from)) {
        const tried = withTx(database().owner, async (tx) => {
          // Only the trigger under test may refuse, so the line has what any state needs and the checks are away.
          await tx.unsafe(`alter table line drop constraint line_closed_when, drop constraint line_seed_when,
            drop constraint line_drawn_when, drop constraint line_committed_when, disable trigger line_moves`);
          await tx`update line set state = ${from} where id = ${lineId}`;
          await tx`alter table line enable trigger line_moves`;
          await tx`update line set state = ${to} where id = ${lineId}`;
          throw new Error("undo");
        });
        if ((await tried.catch(brokenConstraint)) !== "line_moves") allowed.push(`${from}>${to}`);
      }
    }
    expect(allowed.sort()).toEqual(
      states.flatMap((from) => LINE_NEXT[from].map((to) => `${from}>${to}`)).sort(),
    );
  });

  it("is over for good once it is closed", async () => {
    const { lineId } = await openLine(store, eventId, { fans: 2 });
    const closed = await store.move(TESTER, { lineId, from: ["open"], to: "closed" });
    expect(closed).toMatchObject({
      kind: "moved",
      line: { state: "closed", finishedAtMs: expect.any(Number) },
    });
    const seed = randomBytes(32).toString("hex");
    const again = await store.openLobby(TESTER, { lineId, seed, commitment: commitmentOf(seed) });
    expect(again).toEqual({ kind: "refused", from: "closed" });
    expect((await store.listLive()).map((line) => line.id)).not.toContain(lineId);
    expect((await store.findByEvent(eventId)).map((line) => line.id)).toContain(lineId);
    expect(await store.join(joinOf(lineId))).toEqual({ kind: "not_open", state: "closed" });
  });

  it("may be called off in its lobby", async () => {
    const { id: lineId } = await newLine(store, eventId);
    await openLobby(store, lineId);
    const off = await store.move(TESTER, { lineId, from: ["lobby"], to: "closed" });
    expect(off).toMatchObject({ kind: "moved", line: { finishedAtMs: expect.any(Number), seed: null } });
  });

  it("moves once when many processes move it at the same time", async () => {
    const { id: lineId } = await newLine(store, eventId);
    const moves = await Promise.all(
      Array.from({ length: 10 }, () => {
        const seed = randomBytes(32).toString("hex");
        return store.openLobby(TESTER, { lineId, seed, commitment: commitmentOf(seed) });
      }),
    );
    expect(moves.map((move) => move.kind).sort()).toEqual(["moved", ...Array<string>(9).fill("refused")]);
    const seed = await store.seedForDraw(lineId);
    expect((await store.find(lineId))?.commitment).toBe(commitmentOf(seed ?? ""));
  });

  it("opens with the commitment of its seed and no other", async () => {
    const { id: lineId } = await newLine(store, eventId);
    const seed = randomBytes(32).toString("hex");
    const open = store.openLobby(TESTER, { lineId, seed, commitment: "0".repeat(64) });
    expect(await open.then(() => null, brokenConstraint)).toBe("line_seed_as_committed");
    expect(await store.find(lineId)).toMatchObject({ state: "closed", commitment: null });
  });

  it("of an event that is over is not live", async () => {
    const over = await openSale(database());
    const { id: lineId } = await newLine(store, over);
    await makePgEventStore(database()).moveEvent(TESTER, { id: over, to: "cancelled" });
    expect((await store.listLive()).map((line) => line.id)).not.toContain(lineId);
  });
});
