import { expect, test } from "vitest";
import { LINE_NEXT, LineLevers, lineMoves, LineSettings, LineState } from "./line.ts";
import { schemaFaults } from "../shared/schema-faults.ts";
import { lineBadMove } from "./refusals.ts";

const times = { lobbyOpensAtMs: 1_000, drawsAtMs: 2_000 };
const faultsOf = (settings: object) =>
  schemaFaults(LineSettings.safeParse({ ...times, ...settings }).error?.issues ?? []).map(
    ({ path, rule }) => [path, rule.name],
  );

test.each([
  ["a draw before the lobby", { drawsAtMs: 999 }, "lobbyOpensAtMs", "lobby_after_draw"],
  [
    "a stay shorter than a silence",
    { passTtlMs: 60_000, passMaxMs: 59_999 },
    "passMaxMs",
    "inside_shorter_than_pass",
  ],
  ["a cap that lets nobody in", { cap: 0 }, "cap", "nobody_let_in"],
  ["an inflow that lets nobody in", { inflowPerSecond: 0 }, "inflowPerSecond", "nobody_let_in"],
])("%s is refused at set-up, with its place and its rule", (...[, settings, place, rule]) => {
  expect(faultsOf(settings)).toEqual([[place, rule]]);
});

test("what stands at its limit is good", () => {
  expect(
    faultsOf({ drawsAtMs: 1_000, passTtlMs: 60_000, passMaxMs: 60_000, cap: 1, inflowPerSecond: 1 }),
  ).toEqual([]);
});

test("a lever may go to 0 while the line runs", () => {
  expect(LineLevers.parse({ cap: 0, inflowPerSecond: 0 })).toEqual({ cap: 0, inflowPerSecond: 0 });
});

test("a refused move names the moves that are allowed", () => {
  const refused = lineBadMove({ state: "open", finishedAtMs: null }, "open");
  expect(refused).toMatchObject({
    code: "line.bad_transition",
    details: { from: "open", isOver: false, to: "open", next: ["paused", "draining", "closed"] },
  });
  expect(lineBadMove({ state: "closed", finishedAtMs: null }, "closed")).toMatchObject({
    details: { next: ["lobby"] },
  });
  expect(lineBadMove({ state: "closed", finishedAtMs: 1 }, "open")).toMatchObject({
    details: { isOver: true, next: [] },
  });
});

test("people make every move of the table but the one that the draw makes", () => {
  for (const state of LineState.options) {
    const byHand = LINE_NEXT[state].filter((to) => !(state === "drawing" && to === "open"));
    expect(lineMoves({ state, finishedAtMs: null })).toEqual(byHand);
    expect(lineMoves({ state, finishedAtMs: 1 })).toEqual([]);
  }
});
