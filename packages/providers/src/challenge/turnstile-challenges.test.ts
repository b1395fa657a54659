import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AccountId } from "@onsale/core/shared/ids";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeTurnstileChallenges } from "./turnstile-challenges.ts";

const ADA = AccountId.parse("5a0f1a5e-58c3-4c6f-9d6e-0e6f6d9b1a01");
const BOB = AccountId.parse("5a0f1a5e-58c3-4c6f-9d6e-0e6f6d9b1a02");

/** A double that speaks siteverify's wire format: a form goes in, JSON with hyphenated names comes out. */
const asked: URLSearchParams[] = [];
let answer: { status: number; body: string } = { status: 200, body: "{}" };
const double = createServer((req, res) => {
  let body = "";
  req.on("data", (chunk: Buffer) => (body += chunk.toString()));
  req.on("end", () => {
    asked.push(new URLSearchParams(body));
    res.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
  });
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => double.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(double.address() as AddressInfo).port}/siteverify`;
});
afterAll(() => void double.close());
beforeEach(() => void (asked.length = 0));

const settings = () => ({ siteKey: "0x4AAA", secretKey: "0x4BBB", hostname: "tickets.example", url });
const turnstile = () => makeTurnstileChallenges(settings());

async function cDataOf(accountId: AccountId): Promise<string> {
  const offer = await turnstile().issue({ accountId, action: "line.join", hard: false });
  return offer.kind === "turnstile" ? offer.cData : "";
}
async function says(more: object): Promise<void> {
  answer = {
    status: 200,
    body: JSON.stringify({
      success: true,
      challenge_ts: "2026-11-21T10:00:00.000Z",
      hostname: "tickets.example",
      "error-codes": [],
      action: "line_join",
      cdata: await cDataOf(ADA),
      ...more,
    }),
  };
}
const check = (accountId = ADA, token = "token") =>
  turnstile().check({ accountId, action: "line.join", answer: token, address: "192.0.2.1" });

test("asks with secret, token and address, and takes what was solved for this account, action and host", async () => {
  await says({});
  expect(await check()).toMatchObject({ kind: "solved", expiresAtMs: Date.UTC(2026, 10, 21, 10, 5) });
  expect(Object.fromEntries(asked[0] ?? [])).toEqual({
    secret: "0x4BBB",
    response: "token",
    remoteip: "192.0.2.1",
  });
});

test("what was solved elsewhere, for something else or by another account is foreign", async () => {
  for (const more of [
    { hostname: "elsewhere.example" },
    { action: "hold" },
    { action: undefined },
    { cdata: undefined },
    { cdata: await cDataOf(BOB) },
  ]) {
    await says(more);
    expect(await check()).toEqual({ kind: "refused", why: "foreign" });
  }
});

test("a token that was used or is old, and one that was never solved, are told apart", async () => {
  await says({ success: false, "error-codes": ["timeout-or-duplicate"] });
  expect(await check()).toEqual({ kind: "refused", why: "expired" });
  await says({ success: false, "error-codes": ["invalid-input-response"] });
  expect(await check()).toEqual({ kind: "refused", why: "unsolved" });
});

test("neither the account nor the secret is told to the browser", async () => {
  const offer = await turnstile().issue({ accountId: ADA, action: "hold", hard: true });
  expect(JSON.stringify(offer)).not.toContain(ADA);
  expect(JSON.stringify(offer)).not.toContain("0x4BBB");
});

test("a provider that is down is unavailable, and never a solved challenge", async () => {
  answer = { status: 502, body: "<html>bad gateway</html>" };
  await expect(check()).rejects.toMatchObject({ code: "service.unavailable" });
  const nowhere = makeTurnstileChallenges({ ...settings(), url: "http://127.0.0.1:1/" });
  await expect(
    nowhere.check({ accountId: ADA, action: "hold", answer: "t", address: "192.0.2.1" }),
  ).rejects.toMatchObject({ code: "service.unavailable" });
});

test("a token longer than any of theirs is not sent on", async () => {
  expect(await check(ADA, "x".repeat(3_000))).toEqual({ kind: "refused", why: "unreadable" });
  expect(asked).toHaveLength(0);
});
