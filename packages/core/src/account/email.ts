import { z } from "zod";
import { ruleIssue } from "../shared/schema-rule.ts";

/** RFC 5321: 64 bytes before the @, 254 in all; RFC 5322's dot-atom, with the letters of RFC 6531. */
const LOCAL_BYTES_MAX = 64;
const EMAIL_BYTES_MAX = 254;
/** Of what is typed, blanks around it too. */
export const EMAIL_CHARACTERS_MAX = 320;
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
/** What may stand in a domain before it is turned into ASCII; nothing that means more to a URL. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.\-\u3002\uFF0E\uFF61]+$/u;
const PLAIN_DOMAIN = /^[a-z0-9.-]+$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one spelling of an address: trimmed, lower case, NFC, its domain in ASCII (UTS 46, as browsers and mail servers look it
 * up), so that "ada@münchen.example" and "ada@xn--mnchen-3ya.example" are one account. null: not an address that mail reaches.
 */
export function canonicalEmail(typed: string): string | null {
  const text = typed.trim().normalize("NFC");
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(0, at)).toLowerCase().normalize("NFC");
  // A letter that only looks like a plain one (full width, ligatures) is somebody's trick, not somebody's mailbox.
  if (!LOCAL.test(local) || local !== local.normalize("NFKC") || utf8Length(local) > LOCAL_BYTES_MAX)
    return null;
  const domain = asciiDomain(text.slice(at + 1).toLowerCase());
  if (domain === null) return null;
  const email = `${local}@${domain}`;
  return utf8Length(email) > EMAIL_BYTES_MAX ? null : email;
}

function asciiDomain(domain: string): string | null {
  const ascii = PLAIN_DOMAIN.test(domain) && !domain.includes("xn--") ? domain : domainToAscii(domain);
  const labels = ascii?.split(".") ?? [];
  const top = labels.at(-1) ?? "";
  const isName =
    labels.length >= 2 && labels.every((label) => LABEL.test(label)) && /^[a-z]/.test(top) && top.length > 1;
  return ascii !== null && isName ? ascii : null;
}

/** The platform's own IDNA: every browser and Node has the tables that a library would carry once more. */
function domainToAscii(domain: string): string | null {
  if (!DOMAIN.test(domain)) return null;
  try {
    return new URL(`http://${domain}/`).hostname;
  } catch {
    return null;
  }
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** One mailbox, one account. */
export const Email = z
  .string()
  .max(EMAIL_CHARACTERS_MAX)
  .transform((typed, context) => {
    const email = canonicalEmail(typed);
    if (email !== null) return email;
    context.addIssue(ruleIssue("email", {}));
    return z.NEVER;
  });
