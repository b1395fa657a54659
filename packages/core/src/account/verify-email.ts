import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { rule } from "../shared/schema-rule.ts";

export const EMAIL_CODE_TTL_MS = 15 * 60_000;
/** Between two mails to one account. */
export const EMAIL_CODE_PAUSE_MS = 30_000;
export const EMAIL_CODES_PER_DAY_MAX = 10;
const DIGITS = 6;

/** What a fan types; spaces in between are what mail programs like to add. */
export const EmailCode = z
  .string()
  .max(20)
  .transform((text) => text.replaceAll(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, rule("six_digits")));
export type EmailCode = z.infer<typeof EmailCode>;

/**
 * The six digits of a nonce: dynamic truncation of HMAC-SHA-256 as in HOTP (RFC 4226, 5.3). Nobody who reads the nonce can
 * tell them without the key, so no store and no queue has the code itself.
 */
export function emailCodeOf(key: Uint8Array, accountId: string, nonce: string): string {
  const mac = hmac(sha256, key, utf8ToBytes(`email-code ${accountId} ${nonce}`));
  const at = (mac[mac.length - 1] ?? 0) & 15;
  const number =
    (((mac[at] ?? 0) & 127) << 24) |
    ((mac[at + 1] ?? 0) << 16) |
    ((mac[at + 2] ?? 0) << 8) |
    (mac[at + 3] ?? 0);
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** Takes as long for the first wrong digit as for the last. */
export function sameCode(a: string, b: string): boolean {
  let differs = a.length ^ b.length;
  for (let n = 0; n < b.length; n += 1) differs |= a.charCodeAt(n % (a.length || 1)) ^ b.charCodeAt(n);
  return differs === 0;
}
