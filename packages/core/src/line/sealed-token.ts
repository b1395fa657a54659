import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { z } from "zod";
import type { SigningKeys } from "../shared/signing-keys.ts";
import { fromBase64Url, toBase64Url } from "../shared/base64url.ts";

/** Longer than any token that is issued here; what is longer is not even decoded. */
const TOKEN_CHARS_MAX = 1_000;
const MAC_BYTES = 32;

/**
 * "kind.payload.mac": JSON claims in base64url and an HMAC-SHA-256 (RFC 2104) over kind and payload. There is one
 * algorithm and the kind is under the MAC, so a token of one kind never passes for another.
 */
export function sealToken(kind: string, key: Uint8Array, claims: Readonly<Record<string, unknown>>): string {
  const body = `${kind}.${toBase64Url(utf8ToBytes(JSON.stringify(claims)))}`;
  return `${body}.${toBase64Url(macOf(key, body))}`;
}

/** The claims, or null: not of this kind, altered, under none of the keys, or not of this shape. */
export function openToken<Claims>(
  kind: string,
  keys: SigningKeys,
  { token, claims }: { token: string; claims: z.ZodType<Claims> },
): Claims | null {
  if (token.length > TOKEN_CHARS_MAX) return null;
  const [ownKind, payload, mac, rest] = token.split(".");
  if (ownKind !== kind || payload === undefined || mac === undefined || rest !== undefined) return null;
  const given = fromBase64Url(mac);
  if (!given || !keys.some((key) => sameBytes(given, macOf(key, `${kind}.${payload}`)))) return null;
  const bytes = fromBase64Url(payload);
  if (!bytes) return null;
  try {
    return claims.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch {
    return null;
  }
}

function macOf(key: Uint8Array, body: string): Uint8Array {
  return hmac(sha256, key, utf8ToBytes(body));
}

/** Takes as long for the first wrong byte as for the last. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== MAC_BYTES || b.length !== MAC_BYTES) return false;
  let differs = 0;
  for (let n = 0; n < MAC_BYTES; n += 1) differs |= (a[n] ?? 0) ^ (b[n] ?? 0);
  return differs === 0;
}
