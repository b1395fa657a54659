import { expect, test } from "vitest";
import {
  asked,
  clocksParted,
  emptyFeed,
  failed,
  isDue,
  linkOf,
  received,
  retryMs,
  serverMs,
  woken,
} from "./line-feed.ts";
import { aNow } from "./testing/a-now.ts";

const answer = { atMs: 1_000, pollMs: 10_000 };

test("the server's clock is read from the least delayed answer", () => {
  const slow = received(emptyFeed(0), aNow({ atMs: 500_000 }), { ...answer, atMs: 4_000 });
  const quick = received(slow, aNow({ atMs: 510_000 }), { ...answer, atMs: 11_000 });
  expect(serverMs(quick, 12_000)).toBe(511_000);
  const slowAgain = received(quick, aNow({ atMs: 511_000 }), { ...answer, atMs: 15_000 });
  expect(serverMs(slowAgain, 12_000)).toBe(511_000);
});

test("an answer that a cache delayed never takes the line back", () => {
  const later = received(emptyFeed(0), aNow({ atMs: 9_000, servedTo: 40 }), answer);
  const stale = received(later, aNow({ atMs: 8_000, servedTo: 30 }), { ...answer, atMs: 2_000 });
  expect(stale.now?.servedTo).toBe(40);
});

test("a lost room takes nobody's progress back while it is set up again", () => {
  const before = received(emptyFeed(0), aNow({ atMs: 9_000, servedTo: 40 }), answer);
  const lost = received(before, aNow({ atMs: 10_000, servedTo: 0, room: "", resting: "settling" }), answer);
  expect(lost.servedTo).toBe(40);
});

test("errors back off to half a minute and never to nothing", () => {
  expect(retryMs(1, 0)).toBeGreaterThanOrEqual(700);
  for (let failures = 1; failures < 40; failures++) {
    expect(retryMs(failures, 1)).toBeLessThanOrEqual(30_000);
    expect(retryMs(failures, 0)).toBeGreaterThanOrEqual(retryMs(failures, 1) / 2);
  }
});

test("waking asks at once, but not twice within a second", () => {
  const waiting = received(asked(emptyFeed(0), 900), aNow({}), answer);
  expect(isDue(waiting, 5_000)).toBe(false);
  const awake = woken(waiting, { atMs: 5_000, slept: true });
  expect(isDue(awake, 5_000)).toBe(true);
  expect(awake.offsetMs).toBeNull();
  const again = woken(asked(awake, 5_000), { atMs: 5_300, slept: false });
  expect(isDue(again, 5_300)).toBe(false);
  expect(isDue(again, 6_000)).toBe(true);
});

test("sleep and a clock that was set are both noticed, an ordinary second is not", () => {
  const before = { wallMs: 1_000, steadyMs: 50 };
  expect(clocksParted(before, { wallMs: 2_000, steadyMs: 1_050 })).toBe(false);
  expect(clocksParted(before, { wallMs: 600_000, steadyMs: 1_050 })).toBe(true);
  expect(clocksParted(before, { wallMs: -50_000, steadyMs: 1_050 })).toBe(true);
});

test("one lost answer is not news, silence is", () => {
  const live = received(emptyFeed(0), aNow({ atMs: 1_000 }), answer);
  const once = failed(live, { atMs: 3_000, random: 0 });
  expect(linkOf(once, 3_000)).toBe("live");
  expect(linkOf(once, 12_000)).toBe("reconnecting");
  expect(linkOf(received(once, aNow({ atMs: 13_000 }), { ...answer, atMs: 13_000 }), 13_000)).toBe("live");
});

test("a document that nobody writes any more is told apart from a live one", () => {
  const live = received(emptyFeed(0), aNow({ atMs: 1_000 }), answer);
  const later = received(live, aNow({ atMs: 1_000 }), { ...answer, atMs: 60_000 });
  expect(linkOf(later, 60_000)).toBe("stale");
});

test("how long the line rests counts from when it began to", () => {
  const first = received(emptyFeed(0), aNow({ atMs: 1_000, resting: "cap" }), answer);
  const still = received(first, aNow({ atMs: 9_000, resting: "provider_slow" }), answer);
  expect(still.resting).toEqual({ reason: "provider_slow", sinceMs: 1_000 });
  expect(received(still, aNow({ atMs: 10_000, resting: null }), answer).resting).toBeNull();
});
