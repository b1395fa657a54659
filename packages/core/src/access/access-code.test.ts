import fc from "fast-check";
import { expect, test } from "vitest";
import { EventId } from "../shared/ids.ts";
import { CODE_LETTERS, codeFromBytes, formatCode, hashCode, readCode } from "./access-code.ts";

const bytes = fc.uint8Array({ minLength: CODE_LETTERS, maxLength: CODE_LETTERS });
const one = EventId.parse("0b5f3f3e-6f0c-4a3e-9f57-3f1f2d1c0a01");
const other = EventId.parse("0b5f3f3e-6f0c-4a3e-9f57-3f1f2d1c0a02");
const key = new Uint8Array(32).fill(7);

test("a code has at least 50 bits: twelve letters of 32, each byte giving five of them", () => {
  expect(CODE_LETTERS * Math.log2(32)).toBeGreaterThanOrEqual(50);
  const letters = new Set(
    Array.from({ length: 256 }, (_, byte) =>
      codeFromBytes(new Uint8Array(CODE_LETTERS).fill(byte)).charAt(0),
    ),
  );
  expect(letters.size).toBe(32);
});

test("a code is read however it was typed: case, blanks, any dash, O for 0, I and L for 1", () => {
  expect(readCode("abcd-efgh-jkmn")).toBe("ABCDEFGHJKMN");
  expect(readCode("  AB CD\u2013efgh\u2014jkmn ")).toBe("ABCDEFGHJKMN");
  expect(readCode("oOiI-lL01-2345")).toBe("001111012345");
  fc.assert(
    fc.property(bytes, fc.func(fc.boolean()), (random, isLower) => {
      const code = codeFromBytes(random);
      const typed = Array.from(code, (letter, at) => (isLower(at) ? letter.toLowerCase() : letter)).join("");
      expect(readCode(typed)).toBe(code.replaceAll("-", ""));
      expect(formatCode(readCode(typed) ?? "")).toBe(code);
    }),
  );
});

test.each(["", "ABCD-EFGH-JKM", "ABCD-EFGH-JKMNP", "ABCD-EFGH-JKM!", "UUUU-UUUU-UUUU", "ABCD-EFGH-JKMÄ"])(
  "%j is no code",
  (typed) => {
    expect(readCode(typed)).toBeNull();
  },
);

test("what is kept of a code says nothing without the key and nothing for another event", () => {
  const hash = hashCode(key, one, "ABCDEFGHJKMN");
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(hashCode(key, one, "ABCDEFGHJKMN")).toBe(hash);
  expect(hashCode(key, other, "ABCDEFGHJKMN")).not.toBe(hash);
  expect(hashCode(new Uint8Array(32), one, "ABCDEFGHJKMN")).not.toBe(hash);
});
