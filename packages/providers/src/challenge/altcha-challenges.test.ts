import { AccountId } from "@onsale/core/shared/ids";
import type { ChallengeOffer } from "@onsale/core/risk/challenge-provider";
import { solveChallenge } from "altcha-lib";
import type { Challenge } from "altcha-lib/types";
// What browsers run; it needs WebCrypto and nothing else.
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import { expect, test } from "vitest";
import { makeAltchaChallenges } from "./altcha-challenges.ts";

const ADA = AccountId.parse("5a0f1a5e-58c3-4c6f-9d6e-0e6f6d9b1a01");
const BOB = AccountId.parse("5a0f1a5e-58c3-4c6f-9d6e-0e6f6d9b1a02");
const nowMs = Date.now();
const at = (ms: number) => ({ nowMs: () => ms });
const secret = "a secret of thirty-two characters";
const challenges = (ms = nowMs) => makeAltchaChallenges({ secrets: [secret], clock: at(ms) });

type Solved = { challenge: Challenge; solution: { counter: number; derivedKey: string; time?: number } };
const encode = (solved: Solved) => Buffer.from(JSON.stringify(solved)).toString("base64url");

async function solve(offer: ChallengeOffer): Promise<Solved> {
  if (offer.kind !== "altcha") throw new Error("not a proof of work");
  // The shape is altcha-lib's own, made by it.
  const challenge = offer.challenge as unknown as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error("not solved");
  return { challenge, solution: { counter: solution.counter, derivedKey: solution.derivedKey } };
}

const forAda = (answer: string, ms = nowMs) =>
  challenges(ms).check({ accountId: ADA, action: "hold", answer, address: "192.0.2.1" });
const solvedForAda = async () =>
  solve(await challenges().issue({ accountId: ADA, action: "hold", hard: false }));

test("what a browser's solver finds is taken, with one id for one challenge", async () => {
  const solved = await solvedForAda();
  const check = await forAda(encode(solved));
  expect(check).toMatchObject({ kind: "solved" });
  expect(await forAda(encode(solved))).toEqual(check);
  expect(await forAda(encode(await solvedForAda()))).not.toEqual(check);
});

test("is bound to the account and to the action", async () => {
  const answer = encode(await solvedForAda());
  const ask = { answer, address: "192.0.2.1" };
  expect(await challenges().check({ ...ask, accountId: BOB, action: "hold" })).toEqual({
    kind: "refused",
    why: "foreign",
  });
  expect(await challenges().check({ ...ask, accountId: ADA, action: "checkout" })).toEqual({
    kind: "refused",
    why: "foreign",
  });
});

test("ends after five minutes", async () => {
  const answer = encode(await solvedForAda());
  expect(await forAda(answer, nowMs + 4 * 60_000)).toMatchObject({ kind: "solved" });
  expect(await forAda(answer, nowMs + 5 * 60_000 + 1_000)).toEqual({ kind: "refused", why: "expired" });
});

test("work that was not done does not count, and nothing under the signature can be changed", async () => {
  const solved = await solvedForAda();
  const { parameters } = solved.challenge;
  const change = (more: object) => encode({ ...solved, challenge: { ...solved.challenge, ...more } });
  expect(await forAda(encode({ ...solved, solution: { counter: 1, derivedKey: "0".repeat(64) } }))).toEqual({
    kind: "refused",
    why: "unsolved",
  });
  for (const forged of [
    { parameters: { ...parameters, expiresAt: (parameters.expiresAt ?? 0) + 60 } },
    { parameters: { ...parameters, data: { account: ADA, action: "checkout" } } },
    { parameters: { ...parameters, keyPrefix: "00" } },
    { signature: "0".repeat(64) },
  ])
    expect(await forAda(change(forged))).toEqual({ kind: "refused", why: "forged" });
});

test("garbage is refused and never an error", async () => {
  for (const answer of [
    "",
    "{}",
    "%%%",
    "bnVsbA",
    Buffer.from("[1]").toString("base64url"),
    "A".repeat(4_000),
  ])
    expect(await forAda(answer)).toEqual({ kind: "refused", why: "unreadable" });
});

test("a challenge of another installation opens nothing here", async () => {
  const other = makeAltchaChallenges({ secrets: ["another secret, just as long!!!!"], clock: at(nowMs) });
  const solved = await solve(await other.issue({ accountId: ADA, action: "hold", hard: false }));
  expect(await forAda(encode(solved))).toEqual({ kind: "refused", why: "forged" });
});

test("a hard one takes about five times the work", async () => {
  const hard = await solve(await challenges().issue({ accountId: ADA, action: "hold", hard: true }));
  const easy = await solvedForAda();
  expect(easy.solution.counter).toBeLessThan(500);
  expect(hard.solution.counter).toBeGreaterThanOrEqual(1_250);
});

test("a challenge of the earlier secret is checked while that is kept", async () => {
  const present = "the secret after it, just as long";
  const solved = await solvedForAda();
  const ask = { accountId: ADA, action: "hold", answer: encode(solved), address: "192.0.2.1" } as const;
  const under = (secrets: readonly [string, ...string[]]) =>
    makeAltchaChallenges({ secrets, clock: at(nowMs) });
  expect(await under([present, secret]).check(ask)).toMatchObject({ kind: "solved" });
  expect(await under([present]).check(ask)).toEqual({ kind: "refused", why: "forged" });
  const unsolved = encode({ ...solved, solution: { counter: 1, derivedKey: "0".repeat(64) } });
  expect(await under([present, secret]).check({ ...ask, answer: unsolved })).toEqual({
    kind: "refused",
    why: "unsolved",
  });
});
