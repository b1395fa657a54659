import { describe, expect, test } from "vitest";
import { type LineFacts, sceneOf } from "./line-progress.ts";
import { aNow, aStanding } from "./testing/a-now.ts";

const facts = (own: Partial<LineFacts> & { now?: LineFacts["now"] }): LineFacts => {
  const now = own.now ?? aNow({});
  return {
    now,
    servedTo: now.servedTo,
    resting: null,
    standing: aStanding({}),
    checkIn: null,
    pass: null,
    nowMs: now.atMs,
    ...own,
  };
};

describe("before the draw", () => {
  test("the lobby counts down by the server's clock and knows who is in", () => {
    const now = aNow({ state: "lobby", drawsAtMs: 1_060_000 });
    const standing = aStanding({ phase: "lobby", number: null });
    expect(sceneOf(facts({ now, standing }))).toEqual({ kind: "lobby", joined: true, drawsInMs: 60_000 });
    expect(sceneOf(facts({ now, standing: null }))).toMatchObject({ kind: "lobby", joined: false });
  });

  test("a lobby that is overdue does not count below nought", () => {
    const now = aNow({ state: "lobby", drawsAtMs: 900_000 });
    expect(sceneOf(facts({ now }))).toMatchObject({ drawsInMs: 0 });
  });

  test("a line that is closed and never was open says when it opens; one that is finished is over", () => {
    const now = aNow({ state: "closed", lobbyOpensAtMs: 1_500_000 });
    expect(sceneOf(facts({ now, standing: null }))).toEqual({ kind: "not_open", opensInMs: 500_000 });
    expect(sceneOf(facts({ now: { ...now, finished: true }, standing: null }))).toEqual({ kind: "finished" });
  });

  test("a drawn fan whose number is not known yet is not told to join again", () => {
    expect(sceneOf(facts({ standing: aStanding({ number: null }) }))).toEqual({ kind: "number_coming" });
  });
});

describe("waiting", () => {
  test("the one after the last served has nobody ahead", () => {
    const scene = sceneOf(facts({ standing: aStanding({ number: 101 }) }));
    expect(scene).toMatchObject({ kind: "waiting", ahead: 0, place: "near" });
  });

  test("far, near and late are told apart by what was called and served", () => {
    const placeOf = (number: number) => sceneOf(facts({ standing: aStanding({ number }) }));
    expect(placeOf(300)).toMatchObject({ place: "far", ahead: 199 });
    expect(placeOf(140)).toMatchObject({ place: "near" });
    expect(placeOf(80)).toMatchObject({ place: "late", ahead: 0, travelled: 1 });
  });

  test("a pause is told at once, a short rest of the waves is not, a long one is", () => {
    const paused = facts({ now: aNow({ state: "paused" }) });
    expect(sceneOf(paused)).toMatchObject({ standstill: { title: "The line is paused." } });
    const resting = { reason: "cap", sinceMs: 998_000 };
    expect(sceneOf(facts({ resting }))).toMatchObject({ standstill: null });
    expect(sceneOf(facts({ resting: { ...resting, sinceMs: 990_000 } }))).toMatchObject({
      standstill: { title: "The next fans go in as others finish." },
    });
    expect(sceneOf(facts({ resting: { reason: "settling", sinceMs: 1_000_000 } }))).toMatchObject({
      standstill: { title: "The first fans are called to the front." },
    });
  });

  test("whoever has no place is told how many would be before them, and nobody joins a line that drains", () => {
    expect(sceneOf(facts({ standing: null }))).toMatchObject({ kind: "can_join", ahead: 900 });
    expect(sceneOf(facts({ now: aNow({ state: "draining" }), standing: null }))).toEqual({
      kind: "last_calls",
    });
  });
});

describe("the turn and what may come after it", () => {
  test("being inside is a turn whichever answer said so first", () => {
    expect(sceneOf(facts({ checkIn: "inside" }))).toEqual({ kind: "turn", pass: null });
    expect(sceneOf(facts({ standing: aStanding({ phase: "inside" }) }))).toEqual({
      kind: "turn",
      pass: null,
    });
  });

  test("a place that lapsed can be taken again only while the line takes fans", () => {
    expect(sceneOf(facts({ checkIn: "lapsed" }))).toEqual({ kind: "lapsed", canRejoin: true });
    expect(sceneOf(facts({ checkIn: "lapsed", now: aNow({ state: "draining" }) }))).toEqual({
      kind: "lapsed",
      canRejoin: false,
    });
  });

  test("a pass that ended is over even if an older answer said inside", () => {
    const standing = aStanding({ phase: "over", ended: "expired" });
    expect(sceneOf(facts({ standing, checkIn: "inside" }))).toMatchObject({ kind: "over", why: "expired" });
  });

  test("nobody is left waiting for seats that are gone, and who bought is not told that they missed them", () => {
    const now = aNow({ soldOut: true, left: [{ category: "a", label: "A", free: 0 }] });
    expect(sceneOf(facts({ now }))).toEqual({ kind: "sold_out", waited: true, presaleOnly: false });
    // There are more seats, but not for this presale.
    const presale = { ...now, left: [{ category: "a", label: "A", free: 40 }] };
    expect(sceneOf(facts({ now: presale }))).toEqual({ kind: "sold_out", waited: true, presaleOnly: true });
    expect(sceneOf(facts({ now, checkIn: "inside" }))).toMatchObject({ kind: "sold_out" });
    expect(sceneOf(facts({ now, standing: aStanding({ phase: "over", ended: "bought" }) }))).toEqual({
      kind: "bought",
    });
  });
});
