import fc from "fast-check";
import { expect, test } from "vitest";
import { AccountId, EventId } from "../shared/ids.ts";
import type { SigningKeys } from "../shared/signing-keys.ts";
import { LineId } from "./line.ts";
import { checkPass, openLineTicket, type PassClaims, sealLineTicket, sealPass } from "./line-pass.ts";

const KEY = new Uint8Array(32).fill(9);
const KEYS: SigningKeys = [KEY];
const uuid = (last: string) => `018f4e4e-7a3b-7c2d-9e1f-00000000000${last}`;
const T = 1_800_000_000_000;

const CLAIMS: PassClaims = {
  lineId: LineId.parse(uuid("1")),
  eventId: EventId.parse(uuid("2")),
  accountId: AccountId.parse(uuid("3")),
  issuedAtMs: T,
  expiresAtMs: T + 120_000,
  shopUntilMs: T + 900_000,
  payUntilMs: T + 1_200_000,
};
const PASS = sealPass(KEY, CLAIMS);
const ASKED = {
  lineId: CLAIMS.lineId,
  eventId: CLAIMS.eventId,
  accountId: CLAIMS.accountId,
  nowMs: T + 1,
  for: "shop" as const,
};
const refused = (why: "missing" | "invalid" | "expired") => ({ kind: "refused", why });

test("a pass opens its sale to its fan while it lasts", () => {
  expect(checkPass(KEYS, PASS, ASKED)).toEqual({ kind: "valid", claims: CLAIMS });
});

test("a pass of somebody else opens nothing", () => {
  const accountId = AccountId.parse(uuid("4"));
  expect(checkPass(KEYS, PASS, { ...ASKED, accountId })).toEqual(refused("invalid"));
});

test("a pass of another event opens nothing", () => {
  const eventId = EventId.parse(uuid("4"));
  expect(checkPass(KEYS, PASS, { ...ASKED, eventId })).toEqual(refused("invalid"));
});

test("a pass of another line of the same event, such as the presale's, opens nothing", () => {
  const lineId = LineId.parse(uuid("4"));
  expect(checkPass(KEYS, PASS, { ...ASKED, lineId })).toEqual(refused("invalid"));
});

test("a pass is over at the millisecond it names", () => {
  const at = (nowMs: number) => checkPass(KEYS, PASS, { ...ASKED, nowMs }).kind;
  expect(at(CLAIMS.expiresAtMs - 1)).toBe("valid");
  expect(at(CLAIMS.expiresAtMs)).toBe("refused");
  expect(checkPass(KEYS, PASS, { ...ASKED, nowMs: CLAIMS.expiresAtMs })).toEqual(refused("expired"));
});

test("who took seats in time may pay for longer, and shop no longer", () => {
  const asked = { ...ASKED, nowMs: CLAIMS.expiresAtMs };
  expect(checkPass(KEYS, PASS, { ...asked, for: "pay" }).kind).toBe("valid");
  expect(checkPass(KEYS, PASS, asked)).toEqual(refused("expired"));
  const late = { ...asked, nowMs: CLAIMS.payUntilMs, for: "pay" as const };
  expect(checkPass(KEYS, PASS, late)).toEqual(refused("expired"));
});

test("no pass opens nothing", () => {
  expect(checkPass(KEYS, null, ASKED)).toEqual(refused("missing"));
  expect(checkPass(KEYS, "", ASKED)).toEqual(refused("missing"));
});

test("a pass that the server did not seal opens nothing", () => {
  expect(checkPass(KEYS, sealPass(new Uint8Array(32).fill(8), CLAIMS), ASKED)).toEqual(refused("invalid"));
  const payload = Buffer.from(JSON.stringify(CLAIMS)).toString("base64url");
  for (const token of [payload, `pass.${payload}`, `pass.${payload}.`, `pass.${payload}.${payload}`])
    expect(checkPass(KEYS, token, ASKED)).toEqual(refused("invalid"));
});

test("claims changed under the old seal open nothing, whichever claim it is", () => {
  const [kind, , mac] = PASS.split(".");
  for (const claim of Object.keys(CLAIMS)) {
    const other = claim.endsWith("Ms") ? T + 9_000_000 : uuid("5");
    const payload = Buffer.from(JSON.stringify({ ...CLAIMS, [claim]: other })).toString("base64url");
    const asked = { ...ASKED, ...(claim in ASKED ? { [claim]: other } : {}) };
    expect(checkPass(KEYS, `${kind}.${payload}.${mac}`, asked)).toEqual(refused("invalid"));
  }
});

test("of 10,000 altered passes none opens anything", () => {
  fc.assert(
    fc.property(
      fc.nat(PASS.length - 1),
      fc.integer({ min: 1, max: 127 }),
      fc.constantFrom("shop" as const, "pay" as const),
      (at, flip, purpose) => {
        const letter = String.fromCharCode(PASS.charCodeAt(at) ^ flip);
        const token = PASS.slice(0, at) + letter + PASS.slice(at + 1);
        expect(checkPass(KEYS, token, { ...ASKED, for: purpose })).toEqual(refused("invalid"));
      },
    ),
    { numRuns: 10_000 },
  );
});

test("a place in the line is no pass, and a pass no place", () => {
  const place = { lineId: CLAIMS.lineId, accountId: CLAIMS.accountId, entry: "0".repeat(32), number: 17 };
  const ticket = sealLineTicket(KEY, place);
  expect(openLineTicket(KEYS, ticket)).toEqual(place);
  expect(checkPass(KEYS, ticket, ASKED)).toEqual(refused("invalid"));
  expect(openLineTicket(KEYS, PASS)).toBeNull();
});

test("a place in the line holds its number, and another number breaks it", () => {
  const place = { lineId: CLAIMS.lineId, accountId: CLAIMS.accountId, entry: "0".repeat(32), number: 170 };
  const [kind, , mac] = sealLineTicket(KEY, place).split(".");
  for (const number of [1, 17, null]) {
    const payload = Buffer.from(JSON.stringify({ ...place, number })).toString("base64url");
    expect(openLineTicket(KEYS, `${kind}.${payload}.${mac}`)).toBeNull();
  }
  expect(openLineTicket(KEYS, sealLineTicket(KEY, { ...place, number: 0 }))).toBeNull();
});

test("what was sealed under an earlier secret is still good while that secret is read, and not afterwards", () => {
  const present = new Uint8Array(32).fill(8);
  expect(checkPass([present, KEY], PASS, ASKED)).toEqual({ kind: "valid", claims: CLAIMS });
  expect(checkPass([present], PASS, ASKED)).toEqual(refused("invalid"));
});
