import fc from "fast-check";
import { expect, test } from "vitest";
import { EventId } from "../shared/ids.ts";
import { forecastOf, nextPollMs, openingMs } from "./forecast.ts";
import { LineId } from "./line.ts";
import type { LineNow } from "./now-serving.ts";

const T = 1_800_000_000_000;
const OPEN: LineNow = {
  version: 1,
  line: LineId.parse("018f4e4e-7a3b-7c2d-9e1f-000000000001"),
  event: EventId.parse("018f4e4e-7a3b-7c2d-9e1f-000000000002"),
  slug: "evening",
  windowKey: "public",
  atMs: T,
  state: "open",
  finished: false,
  lobbyOpensAtMs: T - 3_600_000,
  drawsAtMs: T - 60_000,
  commitment: null,
  publicValueSource: null,
  entriesRoot: null,
  entries: 100_000,
  lastNumber: 100_000,
  servedTo: 1_000,
  calledTo: 1_250,
  checkInMs: 4_000,
  graceMs: 300_000,
  perMinute: 3_000,
  resting: null,
  left: [
    { category: "a", label: "A", free: 1_000 },
    { category: "b", label: "B", free: 2_000 },
  ],
  ticketsPerPass: 2,
  soldOut: false,
  notice: "",
  room: "r",
};

test("who is next has nobody ahead; who was passed has nobody ahead either", () => {
  expect(forecastOf(OPEN, 1_001)).toMatchObject({ ahead: 0, turn: "check_in" });
  expect(forecastOf(OPEN, 7)).toMatchObject({ ahead: 0, turn: "check_in" });
  expect(forecastOf(OPEN, 1_002).ahead).toBe(1);
});

test("numbers up to the called one check in, those behind wait", () => {
  expect(forecastOf(OPEN, 1_250).turn).toBe("check_in");
  expect(forecastOf(OPEN, 1_251).turn).toBe("wait");
  expect(forecastOf({ ...OPEN, state: "paused" }, 1_250).turn).toBe("check_in");
  expect(forecastOf({ ...OPEN, state: "closed", finished: true }, 1_250).turn).toBe("wait");
});

test("the estimate spans what the pace of the last minutes says", () => {
  // 3,000 numbers at 3,000 a minute.
  expect(forecastOf(OPEN, 4_000).etaMs).toEqual({ least: 45_000, most: 105_000 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200_000 }),
      fc.integer({ min: 1, max: 100_000 }),
      (number, rate) => {
        const eta = forecastOf({ ...OPEN, perMinute: rate }, number).etaMs;
        const plain = (Math.max(0, number - 1_000) / rate) * 60_000;
        expect(eta?.least).toBeLessThanOrEqual(Math.ceil(plain));
        expect(eta?.most).toBeGreaterThan(plain);
      },
    ),
  );
});

test.each<[string, Partial<LineNow>]>([
  ["is paused", { state: "paused" }],
  ["is not open yet", { state: "lobby" }],
  ["has no pace yet", { perMinute: 0 }],
  ["is over", { state: "closed", finished: true }],
  ["has nothing left", { soldOut: true }],
])("there is no estimate while the line %s", (_, change) => {
  expect(forecastOf({ ...OPEN, ...change }, 5_000).etaMs).toBeNull();
});

test.each<[string, Partial<LineNow> & { number: number }, string | null]>([
  ["half as many again as needed", { number: 2_000 }, "good"],
  ["just less than that", { number: 2_001 }, "fair"],
  ["four fifths of what is needed", { number: 2_875 }, "fair"],
  ["less than that", { number: 2_876 }, "slim"],
  ["fans so far bought nothing", { ticketsPerPass: 0, number: 99_000 }, "good"],
  ["nobody is through yet: two each", { ticketsPerPass: null, number: 2_001 }, "fair"],
  ["all on hold", { left: [{ category: "a", label: "A", free: 0 }], number: 1_001 }, "slim"],
  ["sold out", { soldOut: true, number: 1_001 }, "none"],
  ["sold out and over", { soldOut: true, finished: true, number: 1_001 }, "none"],
  ["over, so the line does not decide", { finished: true, number: 1_001 }, null],
  ["what is left is not known", { left: [], number: 1_001 }, null],
])("the odds when there is: %s", (_, { number, ...change }, odds) => {
  expect(forecastOf({ ...OPEN, ...change }, number).odds).toBe(odds);
});

test("the odds never get better further back", () => {
  const rank = { good: 3, fair: 2, slim: 1, none: 0 };
  fc.assert(
    fc.property(fc.integer({ min: 1_001, max: 100_000 }), fc.nat(50_000), (number, more) => {
      const [front, back] = [forecastOf(OPEN, number).odds, forecastOf(OPEN, number + more).odds];
      expect(rank[back ?? "none"]).toBeLessThanOrEqual(rank[front ?? "none"]);
    }),
  );
});

/** Questions per second of these fans, each at the mean of its random interval. */
function asksPerSecond(now: LineNow, numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + 1_000 / nextPollMs({ now, number, random: 0.5 }), 0);
}

const waiting = (now: LineNow) =>
  Array.from({ length: now.lastNumber - now.servedTo }, (_, n) => now.servedTo + 1 + n);

test("100,000 waiting fans ask about once in 20 s each", () => {
  const now = { ...OPEN, lastNumber: 101_000 };
  const each = 100_000 / asksPerSecond(now, waiting(now));
  expect(each).toBeGreaterThan(18);
  expect(each).toBeLessThan(24);
});

test("a fast line of 100,000 does not ask more than some 12,000 times a second", () => {
  for (const perMinute of [0, 600, 30_000, 120_000, 300_000, 1_200_000]) {
    const now = { ...OPEN, perMinute, lastNumber: 101_000 };
    expect(asksPerSecond(now, waiting(now))).toBeLessThan(12_000);
  }
});

const pollRange = (now: LineNow, number: number | null) => [
  nextPollMs({ now, number, random: 0 }),
  nextPollMs({ now, number, random: 0.999_999 }),
];

test("near the front a fan asks every one or two seconds, far from it every 15 to 30 s", () => {
  expect(pollRange(OPEN, 1_100)).toEqual([1_000, 2_000]);
  expect(pollRange(OPEN, 1_260)).toEqual([1_000, 2_000]);
  expect(pollRange(OPEN, 90_000)).toEqual([15_000, 30_000]);
  expect(pollRange({ ...OPEN, finished: true }, 1_100)).toEqual([15_000, 30_000]);
});

test("who is called in the meantime hears of it in time: the next question comes before half the wait is over", () => {
  for (let number = 1_251; number < 20_000; number += 1) {
    const untilCalledMs = ((number - 1_250) / 3_000) * 60_000;
    const next = nextPollMs({ now: OPEN, number, random: 0.999_999 });
    expect(next <= 2_000 || next <= untilCalledMs / 2).toBe(true);
  }
});

const LOBBY: LineNow = { ...OPEN, state: "lobby", lastNumber: 0, servedTo: 0, calledTo: 0, perMinute: 0 };

test("in the lobby the next question falls soon after the draw, and a great crowd spreads", () => {
  const soon = { ...LOBBY, drawsAtMs: T + 4_000 };
  expect(pollRange({ ...soon, entries: 1_000 }, null)).toEqual([4_500, 6_000]);
  expect(pollRange(soon, null)).toEqual([4_500, 14_500]);
  expect(pollRange({ ...LOBBY, drawsAtMs: T + 600_000 }, null)).toEqual([15_000, 30_000]);
});

test("while the draw is made few ask every one or two seconds, and many share 10,000 questions a second", () => {
  const drawing: LineNow = { ...LOBBY, state: "drawing" };
  expect(pollRange({ ...drawing, entries: 2_000 }, null)).toEqual([1_000, 2_000]);
  expect(nextPollMs({ now: drawing, number: null, random: 0.5 })).toBe(10_000);
});

test("before the lobby opens the next question falls soon after it", () => {
  const closed: LineNow = { ...LOBBY, state: "closed", entries: 0, lobbyOpensAtMs: T + 3_000 };
  expect(pollRange(closed, null)).toEqual([3_500, 8_500]);
  expect(pollRange({ ...closed, lobbyOpensAtMs: T + 600_000 }, null)).toEqual([15_000, 30_000]);
});

test("the front is called for as long as the slowest page may need to hear of the draw and to check in", () => {
  for (const entries of [2, 10_000, 100_000, 1_000_000]) {
    const lobby = { ...LOBBY, entries, drawsAtMs: T };
    const drawing: LineNow = { ...lobby, state: "drawing" };
    const [, first = 0] = pollRange(lobby, null);
    const [, again = 0] = pollRange(drawing, null);
    expect(openingMs({ entries, earlyMs: 0 })).toBeGreaterThanOrEqual(first + again + 1_500);
  }
  // A draw that is made by hand is heard of by the next question of those who rest.
  const [, rest = 0] = pollRange({ ...LOBBY, entries: 2, drawsAtMs: T + 600_000 }, null);
  expect(openingMs({ entries: 2, earlyMs: 600_000 })).toBeGreaterThanOrEqual(rest + 1_500);
  expect(openingMs({ entries: 2, earlyMs: 4_000 }) - openingMs({ entries: 2, earlyMs: -1 })).toBe(4_000);
});

test("whatever the document says, a fan asks between once in half a second and once in half a minute", () => {
  fc.assert(
    fc.property(
      fc.record({
        state: fc.constantFrom("closed", "lobby", "drawing", "open", "paused", "draining"),
        finished: fc.boolean(),
        entries: fc.nat(2_000_000),
        drawsAtMs: fc.integer({ min: T - 100_000, max: T + 100_000 }),
        lobbyOpensAtMs: fc.integer({ min: T - 100_000, max: T + 100_000 }),
        calledTo: fc.nat(100_000),
        perMinute: fc.double({ min: 0, max: 10_000_000, noNaN: true }),
      }),
      fc.option(fc.integer({ min: 1, max: 1_000_000 })),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (change, number, random) => {
        const ms = nextPollMs({ now: { ...OPEN, ...change } as LineNow, number, random });
        expect(ms).toBeGreaterThanOrEqual(500);
        expect(ms).toBeLessThanOrEqual(30_000);
      },
    ),
  );
});
