import type { DrillProgress } from "@onsale/core/drill/drill-progress";
import { expect, test } from "vitest";
import { makeOutput } from "../../output.ts";
import { livePlainLine, liveScreen } from "./live-screen.ts";
import { makeLiveView } from "./live-view.ts";

const plain = { strong: (text: string) => text, faint: (text: string) => text };
const progress: DrillProgress = {
  phase: "selling",
  note: "T+42 s",
  second: 42,
  fans: { total: 100_000, arrived: 98_765, waiting: 71_000, inside: 400, gone: 12_000 },
  bots: { total: 2_000, requests: 1_234_567, refused: 1_200_000 },
  line: {
    joined: 98_000,
    servedTo: 12_400,
    calledTo: 13_000,
    active: 401,
    cap: 400,
    front: 600,
    lastWave: { admitted: 60, reason: "inflow" },
    overCap: 1,
  },
  tickets: 9_876,
  seats: 13_000,
  perSecond: { requests: 4_321, holds: 210, orders: 180 },
  p95: { hold: 120, checkout: null },
  errors: { "hold.seats_taken": 4_000, "rate.limited": 70, "line.pass_over": 4, "http.503": 2, x: 1 },
  outcomes: { bought: 6_000 },
  faults: [
    { second: 30, kind: "kill-worker", done: true },
    { second: 60, kind: "flush-redis", done: false },
  ],
};
const past = Array.from({ length: 60 }, (_, second) => ({
  second: second - 18,
  waiting: second * 1_000,
  perSecond: { requests: 1, holds: second % 7, orders: 0 },
}));

test("a picture fits every terminal from 60 to 200 columns, and has the same lines in each", () => {
  const lines = new Set<number>();
  for (let columns = 60; columns <= 200; columns += 1) {
    const screen = liveScreen({ progress, past }, columns, plain);
    for (const line of screen) expect(Array.from(line).length).toBeLessThanOrEqual(columns);
    lines.add(screen.length);
  }
  expect(lines.size).toBe(1);
});

test("says who waits, who is inside and how far above the cap, how fast it sells, what was refused and broken", () => {
  const text = liveScreen({ progress, past }, 120, plain).join("\n");
  for (const words of [
    /^Drill · selling · T\+42 s$/m,
    /waiting +71,000 +▁/,
    /inside +401 \/ 400 +█{24} {2}✗ 1 above the cap/,
    /let in to +12,400 {2}called to 13,000, 600 at the front/,
    /last wave +60 {2}inflow/,
    /holds\/s +210 /,
    /orders\/s +180/,
    /tickets +9,876 \/ 13,000 {2}█{18}░{6}/,
    /p95 +120 ms hold {2}- checkout/,
    /refused +4,077 {2}hold\.seats_taken 4,000, .* and 1 more/,
    /✓ T\+30 s kill-worker done\n· T\+60 s flush-redis to come/,
  ])
    expect(text).toMatch(words);
});

test("the picture of the last minute ends at the right with the newest second, the most of it fullest", () => {
  const waiting = liveScreen({ progress, past }, 120, plain).find((line) => line.startsWith("waiting"));
  expect(waiting?.at(-1)).toBe("█");
  expect(waiting).toHaveLength(12 + 15 + 2 + 60);
});

test("a sale without line and bots has no rows of them", () => {
  const bare = { ...progress, line: null, bots: { total: 0, requests: 0, refused: 0 } };
  const text = liveScreen({ progress: bare, past: [] }, 80, plain).join("\n");
  expect(text).toMatch(/inside +400/);
  expect(text).not.toMatch(/wave|bots|front/);
});

function watched(stderrIsTty: boolean) {
  const err: string[] = [];
  const out: string[] = [];
  const view = makeLiveView(
    makeOutput({
      stdout: (text) => void out.push(text),
      stderr: (text) => void err.push(text),
      stdoutIsTty: false,
      stderrIsTty,
      wantsColor: null,
      columns: 80,
    }),
  );
  return { view, err, out };
}

test("a pipe gets a line each ten seconds and at each change, without control characters", () => {
  const { view, err, out } = watched(false);
  view.show({ ...progress, phase: "preparing", second: null, note: "opening the sale" });
  for (let second = -5; second < 25; second += 1)
    view.show({ ...progress, phase: second < 0 ? "lobby" : "selling", second });
  expect(err.map((line) => line.split("  ").slice(0, 2).join(" ").trim())).toEqual([
    "opening the sale",
    "T-5 s in the lobby",
    "T+0 s selling",
    "T+10 s selling",
    "T+20 s selling",
  ]);
  expect(out).toEqual([]);
  expect(livePlainLine(progress)).toBe(
    "T+42 s  selling  waiting 71000  inside 401/400  tickets 9876/13000  holds/s 210  orders/s 180  refused 4077",
  );
});

test("a terminal gets pictures on standard error, words below the last one, and its cursor back", () => {
  const { view, err, out } = watched(true);
  view.show(progress);
  view.show({ ...progress, phase: "settling", second: null, note: "waiting for the last orders" });
  view.end();
  expect(out).toEqual([]);
  expect(err[1]).toContain("T+42 s");
  expect(err[1]?.trimEnd()).toMatch(/waiting for the last orders$/);
  expect(err.at(-1)).toBe("\u001B[?25h");
});
