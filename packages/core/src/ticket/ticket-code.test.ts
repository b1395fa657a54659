import { EventId, TicketId } from "../shared/ids.ts";
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "../shared/base64url.ts";
import {
  encodeTicketCode,
  type TicketClaim,
  verifyTicketCode,
  verifyTicketCodeLater,
} from "./ticket-code.ts";

/** The key of RFC 8032, section 7.1, test 1, so that anybody can recompute the vector. */
const SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const privateKey = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${SEED}`, "hex"),
  format: "der",
  type: "pkcs8",
});
const publicKey = createPublicKey(privateKey);
const signWith = (message: Uint8Array) => sign(null, message, privateKey);
const verifyWith = (message: Uint8Array, signature: Uint8Array) =>
  verify(null, message, publicKey, signature);

const claim: TicketClaim = {
  keyId: 1,
  eventId: EventId.parse("018f4e4e-7a3b-7c2d-9e1f-0a1b2c3d4e5f"),
  ticketId: TicketId.parse("6f1e2d3c-4b5a-8978-8a9b-acbdcedfe0f1"),
  seatNo: 13_659,
  areaNo: null,
};
const code = encodeTicketCode(claim, signWith);

test("the vector of docs/ticket-code.md is what this code writes and reads", () => {
  const page = readFileSync(new URL("../../../../docs/ticket-code.md", import.meta.url), "utf8");
  expect(code).toMatchInlineSnapshot(
    `"ONS1.AQEBAAA1WwGPTk56O3wtnh8KGyw9Tl9vHi08S1qJeIqbrL3O3-Dx7VXwzFAl-qH2zvUn9g03eyEIlOXyi97sQGc4JmWyKZ9MQ09Yd8UZEjs9CjZv74uxTDpnljeUDMmx94n6_G6AAQ"`,
  );
  expect(page).toContain(code);
  expect(page).toContain(SEED);
  expect(page).toContain(publicKey.export({ format: "der", type: "spki" }).subarray(12).toString("hex"));
  expect(verifyTicketCode(code, verifyWith)).toEqual({ kind: "valid", claim });
});

test("the payload is the bytes that the page names", () => {
  const bytes = Buffer.from(code.slice(5), "base64url");
  expect(bytes.subarray(0, 39).toString("hex")).toBe(
    ["01", "01", "01", "0000355b", claim.eventId, claim.ticketId].join("").replaceAll("-", ""),
  );
  expect(bytes).toHaveLength(103);
  expect(code).toHaveLength(143);
});

const arbClaim: fc.Arbitrary<TicketClaim> = fc
  .record({
    keyId: fc.nat(255),
    eventId: fc.uuid().map((id) => EventId.parse(id)),
    ticketId: fc.uuid().map((id) => TicketId.parse(id)),
    number: fc.oneof(fc.nat(199_999), fc.constant(0xffff_ffff)),
    isSeat: fc.boolean(),
    accessible: fc.boolean(),
  })
  .map(({ number, isSeat, accessible, ...ids }) => ({
    ...ids,
    seatNo: isSeat ? number : null,
    areaNo: isSeat ? null : number,
    ...(accessible ? { accessible } : {}),
  }));

test("what is signed is what is read, for every seat, area and flag", () => {
  fc.assert(
    fc.property(arbClaim, (given) => {
      const written = encodeTicketCode(given, signWith);
      expect(verifyTicketCode(written, verifyWith)).toEqual({ kind: "valid", claim: given });
    }),
  );
});

test("of 10,000 codes with changed bytes or letters none is accepted", () => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_. =+/\u0000é";
  const bytes = Buffer.from(code.slice(5), "base64url");
  let state = 20_261_121;
  const dice = (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
  const mutants = Array.from({ length: 10_000 }, (_, n) => {
    const at = dice(code.length);
    if (n % 4 === 0) return code.slice(0, at) + letters.charAt(dice(letters.length)) + code.slice(at + 1);
    if (n % 4 === 1) return code.slice(0, at) + code.slice(at + 1 + dice(3));
    if (n % 4 === 2) return code.slice(0, at) + letters.charAt(dice(letters.length)) + code.slice(at);
    const changed = Buffer.from(bytes);
    const place = dice(bytes.length);
    changed[place] = (changed[place] ?? 0) ^ (1 + dice(255));
    return `ONS1.${changed.toString("base64url")}`;
  }).filter((mutant) => mutant !== code);
  expect(mutants.length).toBeGreaterThan(9_900);
  expect(mutants.filter((mutant) => verifyTicketCode(mutant, verifyWith).kind === "valid")).toEqual([]);
});

test("a code whose ids are none is no ticket, whoever signed it", () => {
  const payload = Buffer.from(code.slice(5), "base64url").subarray(0, 39);
  // The version of a UUID stands in its seventh byte; there is none that begins with a nine.
  for (const version of [13, 29]) {
    const bytes = Buffer.from(payload);
    bytes[version] = 0x9f;
    const message = Buffer.concat([Buffer.from("ONS1."), bytes]);
    const forged = Buffer.concat([bytes, signWith(message)]);
    expect(verifyTicketCode(`ONS1.${forged.toString("base64url")}`, verifyWith)).toEqual({
      kind: "refused",
      why: "not_a_ticket",
    });
  }
});

test("the last letter, whose spare bits no byte needs, is accepted in one spelling only", () => {
  const accepted: string[] = [];
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (const letter of alphabet) {
    const mutant = code.slice(0, -1) + letter;
    if (verifyTicketCode(mutant, verifyWith).kind === "valid") accepted.push(mutant);
  }
  expect(accepted).toEqual([code]);
});

test("a code signed by another key is forged", () => {
  const other = generateKeyPairSync("ed25519");
  const forged = encodeTicketCode(claim, (message) => sign(null, message, other.privateKey));
  expect(verifyTicketCode(forged, verifyWith)).toEqual({ kind: "refused", why: "forged" });
});

test("a signature over the bare payload, as made for any other purpose, is no ticket", () => {
  const payload = Buffer.from(code.slice(5), "base64url").subarray(0, 39);
  const elsewhere = `ONS1.${Buffer.concat([payload, signWith(payload)]).toString("base64url")}`;
  expect(verifyTicketCode(elsewhere, verifyWith)).toEqual({ kind: "refused", why: "forged" });
});

test("the verifier is told which key, so that keys can be changed", () => {
  const asked: number[] = [];
  const keyed = encodeTicketCode({ ...claim, keyId: 7 }, signWith);
  verifyTicketCode(keyed, (_message, _signature, keyId) => asked.push(keyId) > 0);
  expect(asked).toEqual([7]);
});

test("what is no ticket says so without a verifier being asked", () => {
  const never = () => {
    throw new Error("asked");
  };
  const signed = (payload: Uint8Array) =>
    `ONS1.${Buffer.concat([payload, new Uint8Array(64)]).toString("base64url")}`;
  const payload = Buffer.from(code.slice(5), "base64url").subarray(0, 39);
  const with2 = (flags: number) => signed(Uint8Array.from(payload, (byte, n) => (n === 2 ? flags : byte)));
  const whys = [
    "",
    "hello",
    "ONS1.",
    "ons1." + code.slice(5),
    code + "A",
    code + "=",
    ` ${code}`,
    with2(0),
    with2(3),
    with2(9),
  ]
    .map((text) => verifyTicketCode(text, never))
    .map((check) => (check.kind === "refused" ? check.why : "valid"));
  expect(new Set(whys)).toEqual(new Set(["not_a_ticket"]));
  const newer = signed(Uint8Array.from(payload, (byte, n) => (n === 0 ? 2 : byte)));
  expect(verifyTicketCode(newer, never)).toEqual({ kind: "refused", why: "unknown_version" });
});

test("a browser's WebCrypto accepts the same code and refuses the same forgery", async () => {
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(12);
  const key = await webcrypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  const check = (text: string) =>
    verifyTicketCodeLater(text, (message, signature) =>
      webcrypto.subtle.verify("Ed25519", key, Uint8Array.from(signature), Uint8Array.from(message)),
    );
  expect(await check(code)).toEqual({ kind: "valid", claim });
  expect(await check(`${code.slice(0, 20)}${code[20] === "A" ? "B" : "A"}${code.slice(21)}`)).toMatchObject({
    kind: "refused",
  });
});

test("a ticket for no place or for two, or with an id that is no UUID, is our bug", () => {
  expect(() => encodeTicketCode({ ...claim, seatNo: null }, signWith)).toThrow("invariant");
  expect(() => encodeTicketCode({ ...claim, areaNo: 1 }, signWith)).toThrow("invariant");
  expect(() => encodeTicketCode({ ...claim, seatNo: -1 }, signWith)).toThrow("invariant");
  expect(() => encodeTicketCode({ ...claim, keyId: 256 }, signWith)).toThrow("invariant");
  expect(() => encodeTicketCode({ ...claim, eventId: "42" as EventId }, signWith)).toThrow("invariant");
});

test("base64url is that of RFC 4648 and has one spelling", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = Buffer.from(bytes).toString("base64url");
      expect(toBase64Url(bytes)).toBe(text);
      expect(fromBase64Url(text)).toEqual(Uint8Array.from(bytes));
    }),
  );
  expect(["A", "AB", "AA=", "AA\n", "+A", "é"].map(fromBase64Url)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});
