import { expect, test } from "vitest";
import type { KeptPass } from "../line-pass/kept-shapes.ts";
import { checkedIn, gotPass, newFan, nextStep, sawNow, stepFailed, tookPlace } from "./line-steps.ts";
import { A_LINE, aNow, aStanding } from "./testing/a-now.ts";

const fanWith = (standing: Parameters<typeof aStanding>[0]) => newFan(aStanding(standing), null, 0);
const looking = (atMs: number) => ({ atMs, shopping: false });
const pass: KeptPass = {
  accountId: "a",
  lineId: A_LINE,
  pass: "pass.x.y",
  issuedAtMs: 1_000,
  keptAtMs: 1_000,
  expiresAtMs: 121_000,
  shopUntilMs: 900_000,
  extensionsLeft: 10,
};

test("a fan who only waits asks for nothing but the public document", () => {
  expect(nextStep(fanWith({ number: 300 }), aNow({ calledTo: 140 }), looking(0))).toBeNull();
  const inLobby = fanWith({ number: null, phase: "lobby" });
  expect(nextStep(inLobby, aNow({ state: "lobby" }), looking(0))).toBeNull();
  expect(nextStep(inLobby, aNow({ state: "drawing" }), looking(0))).toBeNull();
});

test("the number is asked for after the draw, spread over the crowd, and once", () => {
  const drawn = aNow({ entries: 50_000 });
  const fan = fanWith({ number: null, phase: "lobby" });
  expect(nextStep(fan, drawn, looking(0))).toBe("mine");
  expect(sawNow(fan, drawn, { atMs: 1_000, random: 0.5 }).dueAtMs).toBe(6_000);
  const crowd = sawNow(fan, aNow({ entries: 1_000_000 }), { atMs: 0, random: 1 });
  expect(crowd.dueAtMs).toBe(20_000);
  expect(sawNow(crowd, drawn, { atMs: 2_000, random: 0 }).dueAtMs).toBe(20_000);
  const known = tookPlace(crowd, aStanding({ number: 700 }), 3_000);
  expect(nextStep(known, drawn, looking(3_000))).toBeNull();
});

test("whoever is called says so again and again until they are inside", () => {
  const called = fanWith({ number: 120 });
  expect(nextStep(called, aNow({ calledTo: 140 }), looking(0))).toBe("check_in");
  const present = checkedIn(called, "present", { atMs: 5_000, checkInMs: 4_000, room: "r1" });
  expect(present.dueAtMs).toBe(9_000);
  expect(nextStep(present, aNow({ state: "paused" }), looking(9_000))).toBe("check_in");
  const inside = checkedIn(present, "inside", { atMs: 9_000, checkInMs: 4_000, room: "r1" });
  expect(inside.dueAtMs).toBe(9_000);
  expect(nextStep(inside, aNow({}), looking(9_000))).toBe("enter");
  expect(nextStep(gotPass(inside, pass, 9_100), aNow({}), looking(9_100))).toBeNull();
});

test("a new room is greeted soon, and not by everybody in the same instant", () => {
  const present = checkedIn(fanWith({ number: 120 }), "present", {
    atMs: 5_000,
    checkInMs: 4_000,
    room: "r1",
  });
  const seen = sawNow(present, aNow({ room: "r1" }), { atMs: 5_200, random: 0 });
  expect(seen.dueAtMs).toBe(9_000);
  expect(sawNow(seen, aNow({ room: "r2" }), { atMs: 5_500, random: 0.25 }).dueAtMs).toBe(6_000);
  expect(sawNow(seen, aNow({ room: "" }), { atMs: 5_500, random: 0 }).dueAtMs).toBe(9_000);
});

test("a pass that ran out is looked into, and its end stops every call", () => {
  const inside = gotPass(fanWith({ number: 120 }), pass, 1_000);
  expect(nextStep(inside, aNow({}), looking(120_000))).toBeNull();
  expect(nextStep(inside, aNow({}), looking(121_000))).toBe("mine");
  const unsure = tookPlace(inside, aStanding({ number: 120, phase: "inside" }), 121_000);
  expect(unsure.dueAtMs).toBeGreaterThan(121_000);
  const over = tookPlace(inside, aStanding({ number: 120, phase: "over", ended: "expired" }), 124_000);
  expect(over.pass).toBeNull();
  expect(nextStep(over, aNow({}), looking(130_000))).toBeNull();
});

test("a pass is renewed each third of its life while it is in use, and never past the end of shopping", () => {
  const inside = gotPass(fanWith({ number: 120 }), pass, 1_000);
  const shoppingAt = (atMs: number) => nextStep(inside, aNow({}), { atMs, shopping: true });
  expect(shoppingAt(40_000)).toBeNull();
  expect(shoppingAt(41_000)).toBe("renew");
  expect(nextStep(inside, null, { atMs: 41_000, shopping: true })).toBe("renew");
  expect(nextStep(inside, aNow({}), looking(41_000))).toBeNull();
  const last = gotPass(inside, { ...pass, shopUntilMs: 121_000 }, 1_000);
  expect(nextStep(last, aNow({}), { atMs: 100_000, shopping: true })).toBeNull();
});

test("a lapsed place calls no more, a new number at the end begins afresh", () => {
  const lapsed = checkedIn(fanWith({ number: 20 }), "lapsed", { atMs: 0, checkInMs: 4_000, room: "r1" });
  expect(nextStep(lapsed, aNow({}), looking(10_000))).toBeNull();
  const again = tookPlace(lapsed, aStanding({ number: 1_001 }), 20_000);
  expect(again.checkIn).toBeNull();
  expect(nextStep(again, aNow({ calledTo: 1_001 }), looking(20_000))).toBe("check_in");
});

test("failures wait longer each time", () => {
  const once = stepFailed(fanWith({}), { atMs: 0, random: 1 });
  expect(stepFailed(once, { atMs: 0, random: 1 }).dueAtMs).toBeGreaterThan(once.dueAtMs);
});
