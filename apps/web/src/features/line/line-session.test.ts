import type { Standing } from "@onsale/core/line/standing";
import { nextPollMs } from "@onsale/core/line/forecast";
import type { LineNow } from "@onsale/core/line/now-serving";
import { expect, test } from "vitest";
import { factsAt, sceneOf } from "./line-progress.ts";
import type { KeptPlace } from "../line-pass/kept-shapes.ts";
import { makeLineSession, type LineWorld } from "./line-session.ts";
import type { CheckIn } from "../line-pass/standing.ts";
import { A_LINE, aNow, aStanding } from "./testing/a-now.ts";

const REFUSED = (code: string) => ({ data: { code: "FORBIDDEN", app: { code, details: {} } } });

/** A line on one clock: seconds pass when the test says so. */
function aWorld(start: {
  now: LineNow;
  place?: Standing | null;
  shopping?: boolean;
  kept?: KeptPlace | null;
}) {
  const { shopping = false } = start;
  const server = {
    now: start.now,
    place: start.place ?? null,
    checkIn: "present" as CheckIn,
    reachable: true,
    refuse: null as string | null,
  };
  const calls: string[] = [];
  let clock = 1_000_000;
  const answer = <T>(name: string, value: () => T): Promise<T> => {
    calls.push(name);
    if (!server.reachable) return Promise.reject(new TypeError("fetch failed"));
    if (server.refuse !== null && name === "enter") return Promise.reject(REFUSED(server.refuse) as never);
    return Promise.resolve(value());
  };
  const issued = () => ({
    pass: "pass.x.y",
    nowMs: clock,
    expiresAtMs: clock + 120_000,
    shopUntilMs: clock + 900_000,
    extensionsLeft: 10,
  });
  const kept: { place: unknown; pass: unknown } = { place: null, pass: null };
  const world: LineWorld = {
    nowMs: () => clock,
    random: () => 0.5,
    pollMs: nextPollMs,
    fetchNow: () => answer("now", () => ({ ...server.now, atMs: clock })),
    join: () => answer("join", () => (server.place = aStanding({ phase: "lobby", number: null }))),
    rejoin: () => answer("rejoin", () => (server.place = aStanding({ number: 1_001 }))),
    mine: () => answer("mine", () => server.place),
    checkIn: () => answer("checkIn", () => server.checkIn),
    enter: () => answer("enter", issued),
    renew: () => answer("renew", issued),
    moreTime: () => answer("moreTime", issued),
    newNonce: () => "0a".repeat(16),
    keepPlace: (place) => (kept.place = { ...place, accountId: "a" }),
    keepPass: (pass) => (kept.pass = pass),
  };
  const session = makeLineSession(world, {
    accountId: "a",
    lineId: A_LINE,
    shopping,
    kept: start.kept ?? null,
    pass: null,
  });
  return {
    session,
    server,
    calls,
    kept,
    async pass(seconds: number) {
      for (let second = 0; second < seconds; second++) {
        session.tick();
        for (let turn = 0; turn < 8; turn++) await Promise.resolve();
        clock += 1_000;
      }
    },
    sleep: (ms: number) => void (clock += ms),
    scene() {
      const { feed, fan } = session.state();
      const facts = factsAt(feed, fan, clock);
      return facts && sceneOf(facts);
    },
  };
}

test("a fan joins the lobby, is drawn, is called, is let in, and asks for no more than that takes", async () => {
  const fan = aWorld({ now: aNow({ state: "lobby", drawsAtMs: 1_010_000, calledTo: 0, servedTo: 0 }) });
  await fan.pass(1);
  await fan.session.join();
  expect(fan.scene()).toMatchObject({ kind: "lobby", joined: true });

  fan.server.now = aNow({ calledTo: 0, servedTo: 0 });
  fan.server.place = aStanding({ number: 3 });
  await fan.pass(30);
  expect(fan.scene()).toMatchObject({ kind: "waiting", ahead: 2 });
  expect(fan.calls.filter((call) => call !== "now")).toEqual(["join", "mine"]);

  fan.server.now = aNow({ calledTo: 20, servedTo: 2 });
  await fan.pass(12);
  const signs = fan.calls.filter((call) => call === "checkIn").length;
  expect(signs).toBeGreaterThanOrEqual(2);
  expect(signs).toBeLessThanOrEqual(4);

  fan.server.checkIn = "inside";
  await fan.pass(6);
  expect(fan.scene()).toMatchObject({ kind: "turn", pass: { pass: "pass.x.y" } });
  expect(fan.calls.filter((call) => call === "enter")).toHaveLength(1);
  expect(fan.kept.pass).toMatchObject({ lineId: A_LINE });
});

test("the lobby counts the fan who just joined, and a reload or an older count takes nobody back", async () => {
  const now = aNow({ state: "lobby", drawsAtMs: 9_000_000, entries: 41 });
  const fan = aWorld({ now });
  await fan.pass(1);
  expect(fan.session.state().lobby).toBe(41);
  await fan.session.join();
  expect(fan.session.state().lobby).toBe(42);

  const again = aWorld({ now, place: fan.server.place, kept: fan.kept.place as KeptPlace });
  await again.pass(2);
  expect(again.session.state().lobby).toBe(42);
  again.server.now = aNow({ state: "lobby", drawsAtMs: 9_000_000, entries: 50 });
  again.session.wake(false);
  await again.pass(2);
  expect(again.session.state().lobby).toBe(50);
  expect(again.kept.place).toMatchObject({ lobby: 50 });
});

test("a lost network is asked ever more rarely, and at once when it is back", async () => {
  const fan = aWorld({ now: aNow({ servedTo: 0, calledTo: 0 }) });
  await fan.pass(2);
  fan.server.reachable = false;
  fan.calls.length = 0;
  await fan.pass(300);
  expect(fan.calls.length).toBeLessThan(25);
  fan.server.reachable = true;
  fan.calls.length = 0;
  fan.session.wake(false);
  await fan.pass(1);
  expect(fan.calls).toEqual(["now"]);
});

test("after an hour of sleep the first thing is a fresh document, and the place is the old one", async () => {
  const fan = aWorld({ now: aNow({ servedTo: 10, calledTo: 20 }) });
  await fan.pass(1);
  fan.session.adopt(
    {
      accountId: "a",
      nonce: "0a".repeat(16),
      standing: aStanding({ number: 500 }),
      checkedIn: null,
      chime: false,
    },
    null,
  );
  await fan.pass(1);
  fan.sleep(3_600_000);
  fan.server.now = aNow({ servedTo: 480, calledTo: 520 });
  fan.session.wake(true);
  fan.calls.length = 0;
  await fan.pass(2);
  expect(fan.calls).toEqual(["now", "checkIn"]);
  expect(fan.scene()).toMatchObject({ kind: "waiting", number: 500, ahead: 19, place: "near" });
});

test("a pass that cannot be had any more leads to the truth about the place, not to more tries", async () => {
  const fan = aWorld({ now: aNow({}), place: aStanding({ number: 20 }) });
  fan.server.checkIn = "inside";
  fan.server.refuse = "line.pass_required";
  await fan.pass(1);
  fan.session.adopt(
    { accountId: "a", nonce: "0a".repeat(16), standing: fan.server.place, checkedIn: null, chime: false },
    null,
  );
  await fan.pass(1);
  fan.server.place = aStanding({ number: 20, phase: "over", ended: "expired" });
  await fan.pass(5);
  expect(fan.scene()).toMatchObject({ kind: "over", why: "expired", canRejoin: true });
  await fan.session.rejoin();
  expect(fan.scene()).toMatchObject({ kind: "waiting", number: 1_001 });
});

test("a tab that hears another one's sign of life keeps its own back", async () => {
  const fan = aWorld({ now: aNow({ servedTo: 0, calledTo: 20 }) });
  await fan.pass(1);
  const place = {
    accountId: "a",
    nonce: "0a".repeat(16),
    standing: aStanding({ number: 9 }),
    chime: false,
  };
  fan.session.adopt({ ...place, checkedIn: null }, null);
  for (let sign = 0; sign < 10; sign++) {
    fan.session.adopt({ ...place, checkedIn: { atMs: 1_001_000 + sign * 1_000, kind: "present" } }, null);
    await fan.pass(1);
  }
  expect(fan.calls.filter((call) => call === "checkIn")).toEqual([]);
});

test("a pass in use is renewed for as long as shopping lasts; one that only lies there is not", async () => {
  for (const shopping of [true, false]) {
    const fan = aWorld({ now: aNow({}), shopping });
    const place = { accountId: "a", nonce: "0a".repeat(16), checkedIn: null, chime: false };
    fan.session.adopt({ ...place, standing: aStanding({ number: 20, phase: "inside" }) }, null);
    await fan.pass(118);
    expect(fan.calls.filter((call) => call === "enter")).toHaveLength(1);
    expect(fan.calls.filter((call) => call === "renew")).toHaveLength(shopping ? 2 : 0);
  }
});
