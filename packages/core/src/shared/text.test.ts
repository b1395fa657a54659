import { expect, test } from "vitest";
import { Count, Instant } from "./numbers.ts";
import { lookupText, writtenText } from "./text.ts";

test("text is kept as it was written, and half a character or a NUL is none", () => {
  const text = writtenText({ max: 40 });
  for (const written of ["", "two\nlines\tand 👩‍👩‍👧", "e\u0301", "日本"])
    expect(text.parse(` ${written} `)).toBe(written);
  for (const broken of ["\ud800", "a\udc00b", "\ude00\ud83d", "a\0b"])
    for (const schema of [text, lookupText({ max: 40 })])
      expect({ broken, taken: schema.safeParse(broken).success }).toEqual({ broken, taken: false });
});

test("a count fits its column, and a moment its calendar", () => {
  expect([0, 2 ** 31 - 1].map((count) => Count.safeParse(count).success)).toEqual([true, true]);
  for (const odd of [2 ** 31, -1, 0.5, NaN, 2 ** 53]) expect(Count.safeParse(odd).success).toBe(false);
  expect(Instant.safeParse(Date.UTC(2199, 11, 31)).success).toBe(true);
  for (const odd of [8.64e15 + 1, 8.64e15, -1, Date.UTC(2200, 0, 1), 1.5, NaN])
    expect(Instant.safeParse(odd).success).toBe(false);
});
