import { EventId } from "@onsale/core/shared/ids";
import type { AdminLine } from "@onsale/contract/admin-line";
import { LINE_NEXT, LineId, LineSettings, type LineState } from "@onsale/core/line/line";
import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { describe, expect, test } from "vitest";
import { readSamples, SAMPLES_MAX, withSample } from "./depth-samples.ts";
import { forecast } from "./forecast.ts";
import { type LeverMove, movesFor } from "./lever-moves.ts";
import { type LineForm, newLineForm, readLineForm, windowsOf } from "./line-form.ts";
import { isConnected, mergeWaves, WAVES_KEPT } from "./merge-waves.ts";

const line = (over: Partial<AdminLine> = {}): AdminLine => ({
  ...LineSettings.parse({ lobbyOpensAtMs: 0, drawsAtMs: 0 }),
  id: LineId.parse("6f2c1f39-3f3a-4c3e-9a51-0d6f5d3d9a10"),
  eventId: EventId.parse("1d0f6a52-7d0a-4d6c-8b2e-5a4c1b9e7f20"),
  state: "open",
  commitment: null,
  entriesRoot: null,
  seed: null,
  publicValue: null,
  drawn: null,
  lastNumber: 0,
  openedAtMs: 1,
  finishedAtMs: null,
  settingsVersion: 1,
  ...over,
});

describe("the levers", () => {
  const now = { waiting: 1_200, inside: 40 };
  test.each(Object.keys(LINE_NEXT) as LineState[])(
    "of a line that is %s are moves that it allows",
    (state) => {
      const moves = movesFor(line({ state }), now);
      for (const { to } of moves) expect(LINE_NEXT[state]).toContain(to);
      expect(new Set(moves.map(({ id }) => id)).size).toBe(moves.length);
    },
  );
  test("ask twice for all that cannot be taken back, and pause at once", () => {
    const all = (Object.keys(LINE_NEXT) as LineState[]).flatMap((state) => movesFor(line({ state }), now));
    const confirmsOf = (chosen: (move: LeverMove) => boolean) =>
      all.filter(chosen).map(({ confirm }) => (typeof confirm === "object" ? "word" : confirm));
    expect(new Set(confirmsOf(({ to }) => to === "closed"))).toEqual(new Set(["word"]));
    expect(confirmsOf(({ says }) => says.includes("cannot be undone"))).not.toContain("none");
    expect(new Set(confirmsOf(({ to }) => to === "paused"))).toEqual(new Set(["none"]));
    expect(all.filter(({ to }) => to === "closed")).toHaveLength(5);
  });
  test("say whom they reach", () => {
    const close = movesFor(line(), now).find(({ id }) => id === "close");
    expect(close?.says).toContain("1,200 fans lose their place, 40 fans inside may finish");
  });
  test("of a line that is over are none", () => {
    expect(movesFor(line({ state: "closed", finishedAtMs: 9 }), now)).toEqual([]);
  });
});

describe("the form of a line", () => {
  const opensAtMs = Date.UTC(2027, 2, 5, 9);
  const window = { key: "public", label: "Public sale", kind: "public", opensAtMs } as const;
  const zone = { timeZone: "Europe/Zurich", nowMs: Date.UTC(2027, 0, 1) };
  const read = (over: Partial<LineForm> = {}) =>
    readLineForm(
      { ...newLineForm(window, zone), ...over },
      { windowKey: "public", timeZone: zone.timeZone, pacePct: 100, locale: DEFAULT_LOCALE },
    );

  test("starts with a draw at the window's opening and a lobby half an hour before", () => {
    expect(read()).toMatchObject({
      settings: { drawsAtMs: opensAtMs, lobbyOpensAtMs: opensAtMs - 1_800_000, cap: 500, passTtlMs: 120_000 },
    });
  });
  test("starts with times that lie ahead where the window is open already", () => {
    const nowMs = opensAtMs + 5_000;
    const read_ = readLineForm(newLineForm(window, { ...zone, nowMs }), {
      windowKey: "public",
      timeZone: zone.timeZone,
      pacePct: 100,
      locale: DEFAULT_LOCALE,
    });
    if (!("settings" in read_)) throw new Error("a new form is a good one");
    expect(read_.settings.drawsAtMs).toBeGreaterThan(nowMs);
    expect(read_.settings.lobbyOpensAtMs).toBeLessThan(read_.settings.drawsAtMs);
  });
  test.each([
    ["cap", { cap: "" }, "cap"],
    ["inflow", { inflow: "1.5" }, "inflowPerSecond"],
    ["a lobby after the draw", { lobbyOpensAt: "2027-03-05T10:01" }, "lobbyOpensAtMs"],
    ["no draw", { drawsAt: "" }, "drawsAtMs"],
    ["a longest time below the shortest", { passMaxMinutes: "1" }, "passMaxMs"],
  ] as const)("says where the fault is: %s", (_, over, field) => {
    const result = read(over);
    expect("faults" in result && Object.keys(result.faults)).toEqual([field]);
  });
  test("takes an empty source for none", () => {
    expect(read({ publicValueSource: "  " })).toMatchObject({ settings: { publicValueSource: null } });
  });
  test("knows each window once, the public one first, also where there is none", () => {
    const presale = { kind: "presale" as const, label: "Friends", opensAtMs: 1, closesAtMs: 2 };
    expect(windowsOf({ saleWindows: [presale] }).map(({ key }) => key)).toEqual(["public", "friends"]);
    expect(windowsOf({ saleWindows: [] })).toMatchObject([{ key: "public", opensAtMs: null }]);
  });
});

test("a forecast follows Little's law and never passes the inflow", () => {
  expect(
    forecast({ cap: 400, inflowPerSecond: 50, seats: 2_000, shopMinutes: 4, ticketsPerFan: 2.5 }),
  ).toEqual({
    perMinute: 100,
    secondsToFull: 8,
    minutesToSellOut: 8,
    heldShare: 0.5,
  });
  expect(forecast({ cap: 4_000, inflowPerSecond: 1, seats: null })).toMatchObject({
    perMinute: 60,
    minutesToSellOut: null,
  });
});

describe("waves that come again and again", () => {
  const waves = (...seqs: number[]) => seqs.map((seq) => ({ seq }));
  test("are kept once, newest first, and not without end", () => {
    expect(mergeWaves(waves(3, 2), waves(4, 3)).map(({ seq }) => seq)).toEqual([4, 3, 2]);
    const many = Array.from({ length: WAVES_KEPT + 50 }, (_, seq) => ({ seq }));
    expect(mergeWaves(many, [])).toHaveLength(WAVES_KEPT);
    expect(mergeWaves(many, [])[0]).toEqual({ seq: WAVES_KEPT + 49 });
  });
  test("connect where none can be missing", () => {
    expect(isConnected(waves(5, 4), waves(7, 6))).toBe(true);
    expect(isConnected(waves(5, 4), waves(9, 8))).toBe(false);
    expect(isConnected([], waves(2, 1))).toBe(true);
    expect(isConnected([], waves(9, 8))).toBe(false);
    expect(isConnected(waves(5), [])).toBe(true);
  });
});

describe("the depth that a tab has seen", () => {
  const sample = (atMs: number) => ({ atMs, waiting: 1, inside: 1 });
  test("takes each document once and starts over when time goes back", () => {
    const seen = withSample([sample(1)], sample(1));
    expect(seen).toEqual([sample(1)]);
    expect(withSample(withSample(seen, sample(2)), sample(1))).toEqual([sample(1)]);
  });
  test("is never longer than its limit", () => {
    const full = Array.from({ length: SAMPLES_MAX }, (_, atMs) => sample(atMs));
    expect(withSample(full, sample(SAMPLES_MAX))).toHaveLength(SAMPLES_MAX);
  });
  test("is nothing when what was kept cannot be read", () => {
    expect(readSamples(JSON.stringify([sample(1)]))).toEqual([sample(1)]);
    for (const text of [null, "", "{", '[{"atMs":"x"}]']) expect(readSamples(text)).toEqual([]);
  });
});
