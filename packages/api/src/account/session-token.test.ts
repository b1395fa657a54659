import { randomUUID } from "node:crypto";
import { SessionId } from "@onsale/core/account/session";
import { AccountId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { makeSessionTokens } from "./session-token.ts";

const [PRESENT, EARLIER] = [Buffer.alloc(32, "s"), Buffer.alloc(32, "t")];
const tokens = makeSessionTokens([PRESENT]);
const claims = () => ({
  id: SessionId.parse(randomUUID()),
  accountId: AccountId.parse(randomUUID()),
  issuedAtMs: 1_800_000_000_000,
  endsAtMs: 1_800_043_200_123,
});

test("a token says again what was signed", () => {
  for (let n = 0; n < 100; n++) {
    const one = claims();
    expect(tokens.read(tokens.sign(one))).toEqual(one);
  }
});

test("no token that was changed in any place is read, nor one of another secret", () => {
  const token = tokens.sign(claims());
  for (let at = 0; at < token.length - 1; at++) {
    const other = token[at] === "A" ? "B" : "A";
    expect(tokens.read(`${token.slice(0, at)}${other}${token.slice(at + 1)}`)).toBeNull();
  }
  expect(makeSessionTokens([EARLIER]).read(token)).toBeNull();
  for (const made of [
    "",
    ".",
    "a.b",
    "1.....",
    token.slice(0, -5),
    `${token}.${token}`,
    "%E0%A4%A",
    "x".repeat(9_000),
  ])
    expect(tokens.read(made)).toBeNull();
});

test("a token of the earlier secret is read while that is kept, and new ones are signed with the present one", () => {
  const both = makeSessionTokens([PRESENT, EARLIER]);
  const one = claims();
  const early = makeSessionTokens([EARLIER]).sign(one);
  expect(both.read(early)).toEqual(one);
  expect(tokens.read(early)).toBeNull();
  expect(tokens.read(both.sign(one))).toEqual(one);
});
