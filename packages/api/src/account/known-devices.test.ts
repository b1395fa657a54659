import { expect, test } from "vitest";
import { makeKnownDevices } from "./known-devices.ts";

const [PRESENT, EARLIER] = [Buffer.alloc(32, "s"), Buffer.alloc(32, "t")];
const devices = makeKnownDevices([PRESENT]);

test("a browser is known for the addresses that were signed in from it, and for no other", () => {
  const once = devices.remember(null, "ada@fans.example");
  const twice = devices.remember(once, "bob@fans.example");
  for (const email of ["ada@fans.example", "bob@fans.example"])
    expect(devices.nameFor(twice, email)).toMatch(/^[\w-]{22}$/);
  expect(devices.nameFor(once, "bob@fans.example")).toBeNull();
  expect(devices.remember(twice, "bob@fans.example")).toBe(twice);
});

test("nobody makes such a cookie without the key, or moves a signature to another browser", () => {
  const [device = "", mac = ""] = devices.remember(null, "ada@fans.example").split(".");
  for (const cookie of [
    null,
    "",
    ".",
    `${device}.`,
    `${"x".repeat(22)}.${mac}`,
    `${device}.${"A".repeat(22)}`,
    "a".repeat(9_000),
  ])
    expect(devices.nameFor(cookie, "ada@fans.example")).toBeNull();
  const other = makeKnownDevices([EARLIER]).remember(null, "ada@fans.example");
  expect(devices.nameFor(other, "ada@fans.example")).toBeNull();
});

test("the oldest of many accounts is forgotten", () => {
  let cookie: string | null = null;
  for (let n = 0; n < 6; n++) cookie = devices.remember(cookie, `${n}@fans.example`);
  const known = Array.from({ length: 6 }, (_, n) => devices.nameFor(cookie, `${n}@fans.example`) !== null);
  expect(known).toEqual([false, false, true, true, true, true]);
});

test("a browser stays known over a change of the secret, and signing in gives it the present one", () => {
  const both = makeKnownDevices([PRESENT, EARLIER]);
  const early = makeKnownDevices([EARLIER]).remember(null, "ada@fans.example");
  expect(both.nameFor(early, "ada@fans.example")).toBe(early.split(".")[0]);
  const renewed = both.remember(early, "ada@fans.example");
  expect(devices.nameFor(renewed, "ada@fans.example")).toBe(early.split(".")[0]);
  expect(renewed.split(".")).toHaveLength(2);
});
