import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { assert } from "../shared/assert.ts";
import type { EventId } from "../shared/ids.ts";

/** Crockford's base 32: no I, L, O or U, so that nothing is misread. Five bits a letter. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 60 bits; what that leaves to who guesses is in docs/limits.md. */
export const CODE_LETTERS = 12;
const GROUP = 4;
const CODE = new RegExp(`^[${ALPHABET}]{${CODE_LETTERS}}$`);
/** What people put between the groups: spaces, and any dash that a mail program makes of one. */
const BETWEEN = /[\s\-\u2010-\u2015\u2212_.]/g;

/** "ABCD-EFGH-JKLM" from random bytes, one for each letter. */
export function codeFromBytes(bytes: Uint8Array): string {
  assert(bytes.length === CODE_LETTERS, `a code is made of ${CODE_LETTERS} random bytes`);
  return formatCode(Array.from(bytes, (byte) => ALPHABET.charAt(byte & 31)).join(""));
}

export function formatCode(plain: string): string {
  return (plain.match(new RegExp(`.{1,${GROUP}}`, "g")) ?? []).join("-");
}

/**
 * What a fan typed as the twelve letters of a code, or null when it cannot be one. Case, spaces and dashes do not matter;
 * O is read as 0, I and L as 1.
 */
export function readCode(typed: string): string | null {
  const plain = typed.replace(BETWEEN, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  return CODE.test(plain) ? plain : null;
}

/** HMAC-SHA-256 over event and letters, hex: what is kept of a code. The same letters mean nothing for another event. */
export function hashCode(key: Uint8Array, eventId: EventId, plain: string): string {
  return bytesToHex(hmac(sha256, key, utf8ToBytes(`${eventId}\u0000${plain}`)));
}
