import { describe, expect, test } from "vitest";
import { jsonLine, type LineLook, plainLine, screenLines, sparkline } from "./line-screen.ts";
import { makeRepaint } from "./repaint.ts";
import { sampleLine, sampleNow, sampleWave } from "./testing/sample-line.ts";

const plain = { strong: (text: string) => text, faint: (text: string) => text };
const look: LineLook = {
  title: "Night of Strings",
  timeZone: "Europe/Zurich",
  atMs: Date.UTC(2027, 2, 5, 9, 0, 10),
  line: sampleLine({ cap: 500, lastNumber: 1_200 }),
  now: null,
  counts: {
    joined: 1_200,
    admitted: 200,
    inside: 120,
    ended: { bought: 60, left: 10, expired: 10, removed: 0 },
  },
  room: { room: "r", servedTo: 200, calledTo: 300, active: 125, front: 40 },
  waves: [sampleWave({ seq: 9, atMs: Date.UTC(2027, 2, 5, 9, 0, 9), activeAfter: 125 })],
};

describe("the live view", () => {
  test("fits its terminal, whatever the width", () => {
    for (const columns of [40, 80, 200]) {
      const lines = screenLines(look, columns, plain);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
  });
  test("says state, who waits, who is inside and why the last wave was no larger", () => {
    const text = screenLines(look, 100, plain).join("\n");
    expect(text).toContain("Night of Strings · public · 10:00:10");
    expect(text).toMatch(/waiting +1,000 +40 at the front/);
    expect(text).toMatch(/inside +125 \/ 500 +█{6}░{18}/);
    expect(text).toContain("let in 200 times so far");
    expect(text).toMatch(/9 {2}10:00:09 +5 +125\/500 {2}cap/);
  });
  test("says when the controller is silent and when the room is lost", () => {
    const text = screenLines({ ...look, room: null }, 100, plain).join("\n");
    expect(text).toContain("! the room in Redis is lost");
    const silent = { ...look, now: sampleNow({ atMs: look.atMs - 12_000 }) };
    expect(plainLine(silent)).toContain("! no sign of the controller for 12 s");
    expect(plainLine({ ...look, now: sampleNow({ atMs: look.atMs - 1_000 }) })).not.toContain("!");
    expect(plainLine({ ...look, room: null })).toContain("! the room in Redis");
    expect(plainLine(look)).not.toContain("!");
  });
  test("right after the draw misses no room: the first one is still to come", () => {
    const counts = { ...look.counts, admitted: 0, inside: 0 };
    const drawn = { ...look, counts, room: null, waves: [] };
    expect(plainLine(drawn)).not.toContain("!");
    const now = sampleNow({ atMs: look.atMs, room: "" });
    expect(plainLine({ ...drawn, now })).not.toContain("!");
    expect(plainLine({ ...drawn, now: { ...now, room: "r" } })).toContain("! the room in Redis is lost");
  });
  test("of a lobby misses no room: there is none before the draw", () => {
    const lobby = { ...look, line: sampleLine({ state: "lobby", seed: null }), room: null };
    expect(plainLine(lobby)).not.toContain("!");
  });
  test("of a line that is over says nothing of waiting or of a room", () => {
    const over = { ...look, line: sampleLine({ state: "closed", finishedAtMs: 5 }), room: null };
    expect(plainLine(over)).toMatch(/ {2}closed {2}waiting 0 {2}/);
    expect(screenLines(over, 100, plain).join("\n")).not.toContain("! ");
  });
});

test("a pipe gets one line without control characters, JSON one object of plain numbers", () => {
  expect(plainLine(look)).toBe(
    "10:00:10  open  waiting 1000  inside 125/500  per minute -  free -  wave 9: 5 (cap)",
  );
  expect(jsonLine(look)).toMatchObject({
    ok: true,
    state: "open",
    waiting: 1_000,
    inside: 125,
    conversion: 0.75,
    wave: { seq: 9, admitted: 5, reason: "cap" },
  });
});

test("the sparkline has a column for each second, the highest the fullest", () => {
  const wave = (ago: number, admitted: number) =>
    sampleWave({ seq: ago, atMs: look.atMs - ago * 1_000, admitted });
  const spark = sparkline(
    { atMs: look.atMs, waves: [wave(0, 50), wave(2, 25), wave(9, 1), wave(60, 99)] },
    10,
  );
  expect(spark).toBe("▁      ▄ █");
});

test("a picture is painted over the one before and leaves the cursor to be seen", () => {
  const out: string[] = [];
  const picture = makeRepaint({
    stdout: (text) => void out.push(text),
    stderr: () => undefined,
    stdoutIsTty: true,
    stderrIsTty: true,
    wantsColor: null,
    columns: 80,
  });
  picture.paint(["a", "b"]);
  picture.paint(["c"]);
  picture.end();
  expect(out).toEqual(["\u001B[?25l\u001B[0Ja\nb\n", "\u001B[2F\u001B[0Jc\n", "\u001B[?25h"]);
});
