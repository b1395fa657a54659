import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import { entryIdOf, mailboxOf, personOf } from "./entry-id.ts";

const place = { lineId: "l", accountId: "a", nonce: "0".repeat(32) };

test("an entry id is the first half of SHA-256 over line, account and nonce", () => {
  const whole = createHash("sha256")
    .update(`onsale-entry\0l\0a\0${"0".repeat(32)}`)
    .digest("hex");
  expect(entryIdOf(place)).toBe(whole.slice(0, 32));
  const ids = [
    place,
    { ...place, nonce: "1".repeat(32) },
    { ...place, accountId: "b" },
    { ...place, lineId: "m" },
  ];
  expect(new Set(ids.map(entryIdOf)).size).toBe(4);
});

test.each([
  ["ann@example.org", "ann@example.org"],
  [" Ann@Example.ORG ", "ann@example.org"],
  ["ann+sale@example.org", "ann@example.org"],
  ["ann+a+b@example.org", "ann@example.org"],
  ["a.n.n@example.org", "a.n.n@example.org"],
  ["a.n.n+x@gmail.com", "ann@gmail.com"],
  ["Ann@googlemail.com", "ann@gmail.com"],
  ["+ann@example.org", "+ann@example.org"],
  ["ann-tag@example.org", "ann-tag@example.org"],
])("the mailbox of %j is %j", (email, mailbox) => {
  expect(mailboxOf(email)).toBe(mailbox);
});

test("one place per address: two accounts of one mailbox are one person", () => {
  const one = personOf({ accountId: "a", email: "a.b+c@gmail.com", onePer: "address" });
  expect(personOf({ accountId: "b", email: "ab@googlemail.com", onePer: "address" })).toBe(one);
  expect(personOf({ accountId: "a", email: "b@gmail.com", onePer: "address" })).not.toBe(one);
  expect(z.uuid().safeParse(one).success).toBe(true);
});

test("one place per account: an address says nothing", () => {
  const one = personOf({ accountId: "a", email: "x@example.org", onePer: "account" });
  expect(personOf({ accountId: "a", email: "y@example.org", onePer: "account" })).toBe(one);
  expect(personOf({ accountId: "b", email: "x@example.org", onePer: "account" })).not.toBe(one);
});
