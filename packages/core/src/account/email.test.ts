import { expect, test } from "vitest";
import { canonicalEmail, Email } from "./email.ts";

test.each([
  ["ada@münchen-case.example", "ada@xn--mnchen-case-thb.example"],
  ["ADA@MÜNCHEN-CASE.EXAMPLE", "ada@xn--mnchen-case-thb.example"],
  ["ada@mu\u0308nchen-case.example", "ada@xn--mnchen-case-thb.example"],
  ["ada@xn--mnchen-case-thb.example", "ada@xn--mnchen-case-thb.example"],
  ["ada@XN--MNCHEN-CASE-THB.example", "ada@xn--mnchen-case-thb.example"],
  ["cy@case.рф", "cy@case.xn--p1ai"],
  ["cy@case.xn--p1ai", "cy@case.xn--p1ai"],
  ["bo@例え。テスト", "bo@xn--r8jz45g.xn--zckzah"],
  ["d'arcy@case.example", "d'arcy@case.example"],
  [" X+tag@Case.Example ", "x+tag@case.example"],
  ["j&j@case.example", "j&j@case.example"],
  ["sales/eu@case.example", "sales/eu@case.example"],
  ["éve@case.example", "éve@case.example"],
  ["e\u0301ve@case.example", "éve@case.example"],
])("%s is %s", (typed, email) => {
  expect(canonicalEmail(typed)).toBe(email);
  expect(canonicalEmail(email)).toBe(email);
});

test.each([
  "",
  "ada",
  "@case.example",
  "ada@",
  "ada@case",
  "ada@@case.example",
  "ada＠case.example",
  "ada b@case.example",
  "ada@case.example, eve@evil.example",
  "ada@case.example\r\nBcc: eve@evil.example",
  "Ada <ada@case.example>",
  ".ada@case.example",
  "a..da@case.example",
  "ada@case..example",
  "ada@-case.example",
  "ada@case.example.",
  "ada@127.0.0.1",
  "ada@[127.0.0.1]",
  "ada@case.123",
  "ada@case.example/path",
  "ada@case.example:80",
  "ada@xn--.example",
  "ａda@case.example",
  "a\u202Eda@case.example",
  "a\u200Bda@case.example",
  `${"a".repeat(65)}@case.example`,
  `ada@${"a".repeat(64)}.example`,
  `ada@${"abcdefghi.".repeat(26)}example`,
])("%j is no address", (typed) => {
  expect(canonicalEmail(typed)).toBeNull();
  expect(Email.safeParse(typed).success).toBe(false);
});
