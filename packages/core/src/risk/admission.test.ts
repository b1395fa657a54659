import { expect, test } from "vitest";
import { fan, VISITOR } from "../actor/actor.ts";
import { insideCall } from "../actor/call.ts";
import { AccountId } from "../shared/ids.ts";
import { parseAddressRanges } from "./address-ranges.ts";
import { makeAdmission } from "./admission.ts";
import type { AdmissionAnswer, AdmissionQuestion } from "./admission-store.ts";
import { readClientSigns } from "./client-signs.ts";
import { type Bucket, type LimitKey, LIMITS } from "./limits.ts";
import type { RiskMarkState } from "./risk-mark.ts";

const account = {
  id: AccountId.parse("0198f1a2-0000-7000-8000-000000000001"),
  email: "ada@fans.example",
  name: "Ada",
  role: "fan",
  emailVerified: true,
  isMember: false,
} as const;
const ada = fan(account);
const call = { ...insideCall(), address: "192.0.2.1" };

function door(answer: AdmissionAnswer) {
  const asked: AdmissionQuestion[] = [];
  const told: string[] = [];
  const admission = makeAdmission({
    store: {
      admit(question) {
        asked.push(question);
        return Promise.resolve(answer);
      },
      note: () => Promise.reject(new Error("away")),
      spend: () => Promise.resolve(true),
      remember: () => Promise.resolve(),
    },
    challenges: {
      kind: "turnstile",
      issue: ({ action }) => Promise.resolve({ kind: "turnstile", siteKey: "1", action, cData: "" }),
      check: () => Promise.resolve({ kind: "solved", id: "once", expiresAtMs: 1_000 }),
    },
    dataCentres: parseAddressRanges(""),
    clock: { nowMs: () => 0 },
    tell: {
      limited: (limit, key) => told.push(`${limit} ${key}`),
      challenge: (action, event) => told.push(`${action} ${event}`),
    },
    onAway: () => told.push("away"),
  });
  return { admission, asked, told };
}
const counted = (mark: RiskMarkState | null, over = 0): AdmissionAnswer => ({
  kind: "counted",
  mark,
  counts: {
    callsThisMinute: 0,
    accountsAtAddress: 0,
    accountsOnDevice: 0,
    unboughtHolds: 0,
    failedPayments: over,
    failedPaymentsAtAddress: 0,
  },
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "through",
    (error: { code: string }) => error.code,
  );
const HOLD = { limit: "hold", guard: "hold" } as const;

test("limits, mark and signs of a call are one question, asked before anything else happens", async () => {
  const { admission, asked } = door(counted(null));
  expect(await codeOf(admission.admit(ada, { ...call, session: "s" }, HOLD))).toBe("through");
  expect(asked).toEqual([
    {
      limit: {
        name: "hold",
        keys: { account: account.id, address: "192.0.2.1", session: null, instrument: null },
      },
      accountId: account.id,
      scored: { accountId: account.id, address: "192.0.2.1", device: null },
    },
  ]);
});

test("a session is counted by itself only while nobody is signed in: an account's own bucket is as narrow", async () => {
  const { admission, asked } = door(counted(null));
  await admission.admit(ada, { ...call, session: "s" }, HOLD);
  await admission.admit(VISITOR, { ...call, session: "s" }, HOLD);
  expect(asked.map(({ limit }) => [limit?.keys.account ?? null, limit?.keys.session])).toEqual([
    [account.id, null],
    [null, "s"],
  ]);
  const rules: Readonly<Partial<Record<LimitKey, Bucket>>>[] = Object.values(LIMITS);
  const bySession = rules.filter(({ session }) => session);
  expect(bySession.map(({ session }) => session)).toEqual(bySession.map(({ account: own }) => own));
});

test("a call over its limit is refused by the key that was over, whatever else is known", async () => {
  const { admission, told } = door({
    kind: "over",
    key: "session",
    limit: 5,
    perSeconds: 60,
    retryAfterMs: 1_500,
  });
  await expect(admission.admit(ada, call, HOLD)).rejects.toMatchObject({
    code: "rate.limited",
    details: { key: "session", limit: 5, perSeconds: 60, retryAfterMs: 1_500 },
  });
  expect(told).toEqual(["hold session"]);
});

test("whom staff blocked does not pass, whom they cleared passes whatever their score", async () => {
  const refused = counted("blocked");
  expect(await codeOf(door(refused).admission.admit(ada, call, HOLD))).toBe("account.blocked");
  const known = { limit: null, guard: "known" } as const;
  expect(await codeOf(door(refused).admission.admit(ada, call, known))).toBe("account.blocked");
  expect(await codeOf(door(counted("cleared", 100)).admission.admit(ada, call, HOLD))).toBe("through");
  expect(await codeOf(door(counted(null, 100)).admission.admit(ada, call, HOLD))).toBe("risk.refused");
});

test("who is not signed in meets limits and is not scored", async () => {
  const { admission, asked } = door(counted(null, 100));
  expect(await codeOf(admission.admit(VISITOR, call, HOLD))).toBe("through");
  expect(asked).toMatchObject([{ accountId: null, scored: null }]);
});

test("counters that are away leave what the browser says of itself, and a note that is lost fails nothing", async () => {
  const { admission, told } = door({ kind: "counted", mark: null, counts: null });
  expect(await codeOf(admission.admit(ada, call, HOLD))).toBe("through");
  const machine = { ...call, client: { ...readClientSigns({ "user-agent": "curl/8" }), webdriver: true } };
  expect(await codeOf(admission.admit(ada, machine, HOLD))).toBe("challenge.required");
  admission.note(ada, call, { fact: "hold", once: "one" });
  await expect.poll(() => told).toContain("away");
  expect(told).toEqual(["hold unscored", "hold unscored", "hold issued", "away"]);
});
