import { expect, test } from "vitest";
import { isKeptPass, isKeptPlace } from "./kept-shapes.ts";

const standing = {
  lineId: "l",
  eventId: "e",
  windowKey: "public",
  entry: "x",
  number: null,
  ticket: "t",
  phase: "lobby",
  ended: null,
  extensionsLeft: 1,
};
const place = { accountId: "a", nonce: "0a".repeat(16), standing, checkedIn: null, chime: true };
const pass = {
  accountId: "a",
  lineId: "l",
  pass: "p",
  expiresAtMs: 1,
  shopUntilMs: 2,
  extensionsLeft: 0,
  issuedAtMs: 0,
  keptAtMs: 0,
};

test("a place and a pass are read as they were kept, also a place from before there was a chime", () => {
  expect(isKeptPlace(place)).toBe(true);
  expect(isKeptPlace({ ...place, chime: undefined })).toBe(true);
  expect(isKeptPlace({ ...place, standing: null, checkedIn: { atMs: 1, kind: "present" } })).toBe(true);
  expect(isKeptPass(pass)).toBe(true);
});

test("a place with a foreign nonce, phase or sign of life, and a pass without its times, are as good as none", () => {
  expect(isKeptPlace({ ...place, nonce: "0A" })).toBe(false);
  expect(isKeptPlace({ ...place, standing: { ...standing, phase: "flying" } })).toBe(false);
  expect(isKeptPlace({ ...place, checkedIn: { atMs: 1, kind: "gone" } })).toBe(false);
  expect(isKeptPass({ ...pass, expiresAtMs: "1" })).toBe(false);
  expect(isKeptPass({ ...pass, pass: "p".repeat(2_001) })).toBe(false);
  expect(isKeptPass(null)).toBe(false);
});
