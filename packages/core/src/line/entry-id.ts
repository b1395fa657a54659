import { derivedId, sha256Hex } from "../shared/derived-id.ts";
import type { LineSettings } from "./line.ts";

export const ENTRY_HEX_DIGITS = 32;

/**
 * The name of one place in the published draw: the first 16 bytes, in hex, of SHA-256 over "onsale-entry", line,
 * account and nonce, joined by NUL. The nonce is made by the fan's browser, so the server cannot pick ids that win; who
 * does not know the nonce cannot tell whose entry it is.
 */
export function entryIdOf(place: { lineId: string; accountId: string; nonce: string }): string {
  const text = ["onsale-entry", place.lineId, place.accountId, place.nonce].join("\u0000");
  return sha256Hex(text).slice(0, ENTRY_HEX_DIGITS);
}

/** What may stand in a line once, as a UUID: the account, or the mailbox behind its address. */
export function personOf(fan: { accountId: string; email: string; onePer: LineSettings["onePer"] }): string {
  return fan.onePer === "account"
    ? derivedId("line-person-account", fan.accountId)
    : derivedId("line-person-mailbox", mailboxOf(fan.email));
}

const DOTS_MEAN_NOTHING = new Set(["gmail.com", "googlemail.com"]);

/**
 * An address without its aliases: small letters; nothing from the first "+" on; for Gmail no dots, and one name of its
 * two domains. It finds no other alias: not "-" tags, not domains that deliver every name to one mailbox, not two
 * domains of one provider, and of course not a second mailbox.
 */
export function mailboxOf(email: string): string {
  const plain = email.trim().toLowerCase();
  const at = plain.lastIndexOf("@");
  const domain = plain.slice(at + 1);
  const local = plain.slice(0, at);
  // An address that begins with "+" has no name before its tag; it stays as it is.
  const untagged = local.indexOf("+") > 0 ? local.slice(0, local.indexOf("+")) : local;
  return DOTS_MEAN_NOTHING.has(domain)
    ? `${untagged.replaceAll(".", "")}@gmail.com`
    : `${untagged}@${domain}`;
}
