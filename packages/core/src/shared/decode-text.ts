import type { DecodeFault } from "./layout-problems.ts";

/**
 * The text of a file, from its bytes. The browser and the terminal call this one function, so a file means the same in
 * both: UTF-8 and UTF-16 with or without their marks, else Windows-1252 (which holds Latin-1) where it plausibly is
 * that. Anything else is refused: a guess would put wrong letters on tickets.
 */
export type Charset = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
/** Whether the charset is a guess: then its letters want looking at. */
export const isGuess = (charset: Charset): boolean => charset === "windows-1252";

export type DecodedText =
  | { readonly ok: true; readonly text: string; readonly charset: Charset }
  | { readonly ok: false; readonly fault: DecodeFault };

export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, "utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, "utf-16be");
  if (bytes.includes(0)) return utf16(bytes, zerosAreHigh(bytes) ? "utf-16le" : "utf-16be");
  const text = strict(bytes, "utf-8") ?? strict(joinSplitCharacters(bytes), "utf-8");
  if (text !== null) return { ok: true, text, charset: "utf-8" };
  return windows1252(bytes);
}

function strict(bytes: Uint8Array, charset: Charset): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function utf16(bytes: Uint8Array, charset: "utf-16le" | "utf-16be"): DecodedText {
  const text = strict(bytes, charset);
  if (text !== null && !text.includes("\0")) return { ok: true, text, charset };
  return { ok: false, fault: { why: "zero_bytes" } };
}

/** In UTF-16 without a mark, letters, digits and delimiters of ASCII have their zero behind them (LE) or before (BE). */
function zerosAreHigh(bytes: Uint8Array): boolean {
  let balance = 0;
  bytes.forEach((byte, at) => {
    if (byte === 0) balance += at % 2 === 1 ? 1 : -1;
  });
  return balance > 0;
}

/**
 * iCalendar folds long lines after so many bytes, and older programs do it inside a character. The line break moves
 * behind the character, so that every line keeps its number.
 */
function joinSplitCharacters(bytes: Uint8Array): Uint8Array {
  const out = Uint8Array.from(bytes);
  for (let at = 0; at < out.length; at += 1) {
    const length = foldLength(out, at);
    if (length === 0) continue;
    const missing = missingBytes(out, at);
    if (missing === 0) continue;
    const rest = out.slice(at + length, at + length + missing);
    if (rest.length < missing || !rest.every(isContinuation)) continue;
    out.copyWithin(at + missing, at, at + length);
    out.set(rest, at);
    at += missing + length - 1;
  }
  return out;
}

/** Bytes of a fold (a line break and a blank) that begins here; 0 when none does. */
function foldLength(bytes: Uint8Array, at: number): number {
  const breakLength =
    bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? 2 : bytes[at] === 0x0a || bytes[at] === 0x0d ? 1 : 0;
  const blank = bytes[at + breakLength];
  return breakLength > 0 && (blank === 0x20 || blank === 0x09) ? breakLength + 1 : 0;
}

/** How many bytes the character that ends at `end` still lacks. */
function missingBytes(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= 3; back += 1) {
    const byte = bytes[end - back];
    if (byte === undefined) return 0;
    if (isContinuation(byte)) continue;
    return Math.max(0, sequenceLength(byte) - back);
  }
  return 0;
}

const isContinuation = (byte: number): boolean => byte >= 0x80 && byte < 0xc0;

function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 1;
}

function windows1252(bytes: Uint8Array): DecodedText {
  const { whole, stray, inRuns, firstStray } = highBytes(bytes);
  if (whole > stray) {
    const line = bytes.subarray(0, firstStray).filter((byte) => byte === 0x0a).length + 1;
    return { ok: false, fault: { why: "damaged", line } };
  }
  const text = strict(bytes, "windows-1252") ?? "";
  // Bytes that stand for nothing there, or high bytes side by side all over: another alphabet's encoding.
  const isLatin = !/(?![\t\n\v\f\r])\p{Cc}/u.test(text) && inRuns * 5 <= whole * 2 + stray;
  if (isLatin) return { ok: true, text, charset: "windows-1252" };
  return { ok: false, fault: { why: "unknown_charset" } };
}

/** Characters of UTF-8 that are whole, bytes above ASCII that belong to none, and those that stand three or more together. */
function highBytes(bytes: Uint8Array): { whole: number; stray: number; inRuns: number; firstStray: number } {
  const found = { whole: 0, stray: 0, inRuns: 0, firstStray: bytes.length };
  let run = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    const isHigh = (bytes[at] ?? 0) >= 0x80;
    if (!isHigh && run >= 3) found.inRuns += run;
    run = isHigh ? run + 1 : 0;
  }
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    const length = sequenceLength(byte);
    const rest = bytes.subarray(at + 1, at + length);
    if (byte < 0x80) at += 1;
    else if (length > 1 && rest.length === length - 1 && rest.every(isContinuation)) {
      found.whole += 1;
      at += length;
    } else {
      found.stray += 1;
      found.firstStray = Math.min(found.firstStray, at);
      at += 1;
    }
  }
  return found;
}

/** The first line (from 1) with U+FFFD, which stands where somebody lost a character before us; null: none has it. */
export function lineOfLostCharacter(text: string): number | null {
  const at = text.indexOf("\uFFFD");
  return at < 0 ? null : text.slice(0, at).split(/\r\n|\r|\n/).length;
}
