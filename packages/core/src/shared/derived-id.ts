import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Lower-case hex SHA-256 of UTF-8 text. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/**
 * A UUID (version 8, RFC 9562) that is a function of its parts: the same attempt of the same principal always gets the
 * same id, and nobody can meet another principal's id by sending the same key.
 */
export function derivedId(kind: string, ...parts: readonly string[]): string {
  const hex = sha256Hex([kind, ...parts].join("\u0000"));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
