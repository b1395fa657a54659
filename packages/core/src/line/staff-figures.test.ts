import { describe, expect, test } from "vitest";
import { countdown, lineFiguresOf, type LineMoment, roughMinutes } from "./staff-figures.ts";
import { LineNow } from "./now-serving.ts";

const now = LineNow.parse({
  version: 1,
  line: "11111111-1111-4111-8111-111111111111",
  event: "22222222-2222-4222-8222-222222222222",
  slug: "a-show",
  windowKey: "public",
  atMs: 0,
  state: "open",
  finished: false,
  lobbyOpensAtMs: 0,
  drawsAtMs: 0,
  commitment: null,
  publicValueSource: null,
  entriesRoot: null,
  entries: 900,
  lastNumber: 1_000,
  servedTo: 400,
  calledTo: 450,
  checkInMs: 4_000,
  graceMs: 300_000,
  perMinute: 120,
  resting: null,
  left: [
    { category: "a", label: "A", free: 30 },
    { category: "b", label: "B", free: 70 },
  ],
  ticketsPerPass: 2.5,
  soldOut: false,
  notice: "",
  room: "r",
});
const moment: LineMoment = {
  line: { cap: 50, finishedAtMs: null, seed: "ab", lastNumber: 1_000 },
  now,
  counts: {
    joined: 1_000,
    admitted: 380,
    inside: 40,
    ended: { bought: 30, left: 5, expired: 5, removed: 0 },
  },
  room: { room: "r", servedTo: 400, calledTo: 450, active: 42, front: 20 },
};

describe("the figures of a line", () => {
  test("say who waits, for how long at this pace, and for how many of them the seats are enough", () => {
    expect(lineFiguresOf(moment)).toEqual({
      waiting: 600,
      inside: 42,
      cap: 50,
      perMinute: 120,
      free: 100,
      conversion: 0.75,
      minutesLeft: 5,
      fansServed: 40,
    });
  });
  test("before the draw are those in the lobby, without a pace", () => {
    const lobby = { ...moment, line: { ...moment.line, seed: null } };
    expect(lineFiguresOf(lobby)).toMatchObject({ waiting: 900, perMinute: null, minutesLeft: null });
  });
  test("count everybody in the second between the draw and its document", () => {
    const early = { ...moment, now: { ...now, lastNumber: 0, servedTo: 0 } };
    expect(lineFiguresOf(early).waiting).toBe(1_000);
  });
  test("count those at the front who were called before others that went in", () => {
    const late = {
      ...moment,
      now: { ...now, lastNumber: 400, servedTo: 400 },
      line: { ...moment.line, lastNumber: 400 },
    };
    expect(lineFiguresOf(late).waiting).toBe(20);
  });
  test("come from Postgres alone while Redis is away", () => {
    expect(lineFiguresOf({ ...moment, now: null, room: null })).toMatchObject({
      waiting: 620,
      inside: 40,
      perMinute: null,
      free: null,
    });
  });
  test("of a line that is over count nobody who waits", () => {
    const over = { ...moment, line: { ...moment.line, finishedAtMs: 5 } };
    expect(lineFiguresOf(over)).toMatchObject({ waiting: 0, minutesLeft: null });
  });
});

test.each([
  [0.2, "under a minute"],
  [11.1, "12 min"],
  [60, "1 h 0 min"],
  [242.3, "4 h 3 min"],
])("%d minutes are roughly %s", (minutes, words) => expect(roughMinutes(minutes)).toBe(words));

test.each([
  [-5, "0:00"],
  [999, "0:01"],
  [609_000, "10:09"],
  [15_009_000, "4:10:09"],
  [187_809_000, "2 d 04:10:09"],
])("%d ms are counted down as %s", (ms, words) => expect(countdown(ms)).toBe(words));
