import { expect, test } from "vitest";
import { humanText, PersonName, tidyText } from "./human-text.ts";

test.each([
  ["Ada\r\nBcc: eve@evil.example", "Ada Bcc: eve@evil.example"],
  ["Ada\u2028Lovelace\u2029", "Ada Lovelace"],
  ["  Ada \u00A0\t Lovelace ", "Ada Lovelace"],
  ["A\u202Eda\u2066 \u200F\u200BLove\u00ADlace\uFEFF", "Ada Lovelace"],
  ["Ada\u200D \u200CLovelace", "Ada Lovelace"],
  ["Zoe\u0308", "Zoë"],
  ["A\u{E0041}da", "Ada"],
  ["می\u200Cخواهم", "می\u200Cخواهم"],
  ["👩\u200D🎤 Ada", "👩\u200D🎤 Ada"],
  ["子ども", "子ども"],
])("%j is %j", (typed, text) => {
  expect(tidyText(typed)).toBe(text);
  expect(tidyText(text)).toBe(text);
});

test("what cannot be shown is refused, and lengths count what is left", () => {
  const schema = humanText({ max: 5 });
  for (const wrong of [
    "A\u0000da",
    "A\u001B[31m",
    "\uD800da",
    "A\u0007",
    "",
    "\u200B\u2060",
    "\u3164",
    "123456",
  ])
    expect(schema.safeParse(wrong).success).toBe(false);
  expect(schema.parse("\u200B12345\u200B")).toBe("12345");
  expect(humanText({ min: 0, max: 5 }).parse(" \u200B ")).toBe("");
});

test("a person's name is no address and no link", () => {
  for (const wrong of ["See https://evil.example", "eve@evil.example", "WWW.evil.example"])
    expect(PersonName.safeParse(wrong).success).toBe(false);
  for (const right of ["Dr. J.R. O'Neill-Müller", "St.John Smith", "Ada (Lovelace)", "Jean/Marie"])
    expect(PersonName.parse(right)).toBe(right);
});
