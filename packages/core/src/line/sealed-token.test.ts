import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { openToken, sealToken } from "./sealed-token.ts";

const KEY = new Uint8Array(32).fill(7);
const Claims = z.strictObject({ who: z.string(), until: z.int() });
const TOKEN = sealToken("pass", KEY, { who: "ann", until: 1_700_000_000_000 });
const LETTERS = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= %é");
const open = (token: string, { kind = "pass", key = KEY } = {}) =>
  openToken(kind, [key], { token, claims: Claims });

test("what was sealed is what is opened", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.maxSafeInteger(), (who, until) => {
      expect(open(sealToken("pass", KEY, { who, until }))).toEqual({ who, until });
    }),
  );
});

test("of 10,000 altered tokens none is accepted", () => {
  const alteration = fc.oneof(
    fc.record({ at: fc.nat(TOKEN.length - 1), cut: fc.constant(1), put: fc.constantFrom(...LETTERS) }),
    fc.record({ at: fc.nat(TOKEN.length), cut: fc.constant(0), put: fc.constantFrom(...LETTERS) }),
    fc.record({ at: fc.nat(TOKEN.length - 1), cut: fc.integer({ min: 1, max: 60 }), put: fc.constant("") }),
    fc.record({ at: fc.nat(TOKEN.length), cut: fc.nat(200), put: fc.string({ maxLength: 80 }) }),
  );
  let altered = 0;
  fc.assert(
    fc.property(alteration, ({ at, cut, put }) => {
      const token = TOKEN.slice(0, at) + put + TOKEN.slice(at + cut);
      fc.pre(token !== TOKEN);
      altered += 1;
      expect(open(token)).toBeNull();
    }),
    { numRuns: 10_000 },
  );
  expect(altered).toBeGreaterThanOrEqual(10_000);
});

test("a token with one bit of its MAC turned is not opened, whichever bit", () => {
  const mac = Buffer.from(TOKEN.slice(TOKEN.lastIndexOf(".") + 1), "base64url");
  for (let bit = 0; bit < mac.length * 8; bit += 1) {
    const changed = Buffer.from(mac);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(open(TOKEN.replace(/[^.]+$/, changed.toString("base64url")))).toBeNull();
  }
});

test("a MAC cut short, or of nothing at all, opens nothing", () => {
  const body = TOKEN.slice(0, TOKEN.lastIndexOf("."));
  const mac = Buffer.from(TOKEN.slice(body.length + 1), "base64url");
  for (let length = 0; length < mac.length; length += 1)
    expect(open(`${body}.${mac.subarray(0, length).toString("base64url")}`)).toBeNull();
  expect(open(body)).toBeNull();
  expect(open(`${TOKEN}.`)).toBeNull();
  expect(open("")).toBeNull();
});

test("a token of one kind does not pass for another, whatever name it is given", () => {
  expect(open(TOKEN, { kind: "place" })).toBeNull();
  expect(open(TOKEN.replace("pass.", "place."), { kind: "place" })).toBeNull();
});

test("a token under another key is nobody's", () => {
  const key = KEY.slice();
  key[31] = 6;
  expect(open(TOKEN, { key })).toBeNull();
  expect(open(sealToken("pass", key, { who: "ann", until: 1 }))).toBeNull();
});

test("claims of another shape are not claims, however well they are sealed", () => {
  const shapes = [{}, { who: "ann" }, { who: 1, until: 1 }, { who: "ann", until: 1, more: true }];
  for (const claims of shapes) expect(open(sealToken("pass", KEY, claims))).toBeNull();
});

test("a very long token is not even decoded", () => {
  const long = sealToken("pass", KEY, { who: "x".repeat(1_000), until: 1 });
  expect(open(long)).toBeNull();
});
