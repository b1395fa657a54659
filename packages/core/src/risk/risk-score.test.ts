import { expect, test } from "vitest";
import { formatClientHeader, readClientSigns } from "./client-signs.ts";
import { CHALLENGE_AT, COUNTED, REFUSE_AT, type RiskSignals, scoreRisk, SEEN } from "./risk-score.ts";

const browser = readClientSigns({
  "user-agent":
    "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36",
  "accept-language": "de-CH",
  "sec-fetch-site": "same-origin",
  "x-onsale-client": formatClientHeader("AAAAAAAAAAAAAAAAAAAAAA", false),
});
const calm: RiskSignals = {
  client: browser,
  isDataCentre: false,
  callsThisMinute: 4,
  accountsAtAddress: 1,
  accountsOnDevice: 1,
  unboughtHolds: 1,
  failedPayments: 0,
  failedPaymentsAtAddress: 0,
};
const of = (more: Partial<RiskSignals>) => scoreRisk({ ...calm, ...more });
const signs = (more: Partial<RiskSignals>) => of(more).signs.map(({ sign }) => sign);

test("a fan in a browser scores nothing", () => {
  expect(of({})).toEqual({ score: 0, outcome: "through", signs: [] });
});

test.each([
  ["velocity", { callsThisMinute: 13 }],
  ["accounts_at_address", { accountsAtAddress: 10 }],
  ["accounts_on_device", { accountsOnDevice: 3 }],
  ["hold_cycles", { unboughtHolds: 5 }],
  ["failed_payments", { failedPayments: 3 }],
  ["failed_payments_at_address", { failedPaymentsAtAddress: 30 }],
  ["data_centre", { isDataCentre: true }],
  ["webdriver", { client: { ...browser, webdriver: true } }],
  ["tool_agent", { client: { ...browser, userAgent: "curl/8.5" } }],
  ["tool_agent", { client: { ...browser, userAgent: null } }],
  ["tool_agent", { client: { ...browser, userAgent: "Mozilla/5.0 HeadlessChrome/142.0" } }],
  ["no_language", { client: { ...browser, hasLanguage: false } }],
  ["no_fetch_metadata", { client: { ...browser, hasFetchMetadata: false } }],
  ["no_device", { client: { ...browser, device: null } }],
] as const)("%s is a sign of its own, and just below its first step it is none", (sign, more) => {
  expect(signs(more)).toEqual([sign]);
  const below = Object.fromEntries(
    Object.entries(more).map(([key, value]) => [
      key,
      typeof value === "number" ? value - 1 : calm[key as keyof RiskSignals],
    ]),
  );
  expect(signs(below)).toEqual([]);
});

test("a program that is merely no browser is let through, and with any second sign it is challenged", () => {
  const client = readClientSigns({});
  expect(of({ client })).toMatchObject({ score: 45, outcome: "through" });
  for (const more of [
    { callsThisMinute: 13 },
    { accountsAtAddress: 10 },
    { unboughtHolds: 5 },
    { isDataCentre: true },
  ])
    expect(of({ client, ...more }).outcome).toBe("challenge");
});

test("an address that a whole campus shares never costs a fan in a browser a challenge", () => {
  expect(of({ accountsAtAddress: 100_000 }).outcome).toBe("through");
});

test("ten declined payments are refused, six are challenged", () => {
  expect(of({ failedPayments: 6 }).outcome).toBe("challenge");
  expect(of({ failedPayments: 10 }).outcome).toBe("refuse");
});

test("who holds again and again without buying meets a challenge, and worse with a second sign", () => {
  expect(of({ unboughtHolds: 11 }).outcome).toBe("through");
  expect(of({ unboughtHolds: 12 }).outcome).toBe("challenge");
  expect(of({ unboughtHolds: 20, callsThisMinute: 13 }).outcome).toBe("refuse");
});

test("the outcome is that of the thresholds, and the signs add up to the score with the weightiest first", () => {
  const verdict = of({ unboughtHolds: 12, callsThisMinute: 25, isDataCentre: true });
  expect(verdict.score).toBe(60 + 40 + 30);
  expect(verdict.score >= REFUSE_AT).toBe(true);
  expect(verdict.outcome).toBe("refuse");
  expect(verdict.signs.map(({ points }) => points)).toEqual([60, 40, 30]);
  expect(of({ accountsOnDevice: 6, callsThisMinute: 13 }).score).toBeGreaterThanOrEqual(CHALLENGE_AT);
});

test("more of a sign never scores less", () => {
  for (const steps of Object.values(COUNTED)) {
    const points = steps.map(([, worth]) => worth);
    expect(points).toEqual([...points].sort((a, b) => a - b));
  }
  expect(Object.values(SEEN).every((points) => points < CHALLENGE_AT)).toBe(true);
});

test("what a client says about itself is read strictly", () => {
  expect(readClientSigns({ "x-onsale-client": "d=AAAAAAAAAAAAAAAAAAAAAA;w=1" })).toMatchObject({
    device: "AAAAAAAAAAAAAAAAAAAAAA",
    webdriver: true,
  });
  for (const forged of [
    "d=x;w=0",
    "d=AAAAAAAAAAAAAAAAAAAAAA",
    `d=${"A".repeat(5_000)};w=0`,
    "",
    "d=AAAAAAAAAAAAAAAAAAAAA:;w=0",
  ])
    expect(readClientSigns({ "x-onsale-client": forged }).device).toBeNull();
});
