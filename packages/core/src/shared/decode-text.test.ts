import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeText, lineOfLostCharacter } from "./decode-text.ts";

const bytesOf = (...values: number[]) => Uint8Array.from(values);
const ascii = (text: string) => Array.from(text, (char) => char.charCodeAt(0));
const utf16 = (text: string, isLittle: boolean) =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).flatMap((unit) =>
    isLittle ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255],
  );
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

const words = fc.string({ unit: "grapheme", maxLength: 60 }).filter((text) => !/[\0\uFEFF\uFFFE]/.test(text));

test("what was written as UTF-8 or UTF-16, with its mark or without, reads back the same", () => {
  fc.assert(
    fc.property(words, (said) => {
      const text = `section,row,seat\r\n${said}`;
      const utf8 = new TextEncoder().encode(text);
      const written: [string, Uint8Array][] = [
        ["utf-8", utf8],
        ["utf-8", bytesOf(0xef, 0xbb, 0xbf, ...utf8)],
        ["utf-16le", bytesOf(0xff, 0xfe, ...utf16(text, true))],
        ["utf-16be", bytesOf(0xfe, 0xff, ...utf16(text, false))],
        ["utf-16le", bytesOf(...utf16(text, true))],
        ["utf-16be", bytesOf(...utf16(text, false))],
      ];
      for (const [charset, bytes] of written) expect(decodeText(bytes)).toEqual({ ok: true, text, charset });
    }),
  );
});

test("Latin-1 reads back the same, and is said to be that", () => {
  const letters = fc.constantFrom(...Array.from("äöüÄÖÜßéèêàâçñøåæíóú"));
  const word = fc.tuple(letters, fc.stringMatching(/^[a-z]{1,6}$/)).map(([letter, rest]) => letter + rest);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (said) => {
      const text = said.join(";");
      expect(decodeText(latin1(text))).toEqual({ ok: true, text, charset: "windows-1252" });
    }),
  );
});

test("a calendar line folded inside a character keeps the character and the number of lines", () => {
  for (const fold of ["\r\n ", "\n ", "\n\t"]) {
    const bytes = bytesOf(...ascii("SUMMARY:Gro"), 0xc3, ...ascii(fold), 0x9f, ...ascii("er Abend\n"));
    expect(decodeText(bytes)).toMatchObject({ ok: true, text: `SUMMARY:Groß${fold}er Abend\n` });
  }
  const note = bytesOf(...ascii("A"), 0xf0, 0x9f, ...ascii("\r\n "), 0x8e, 0xb7, ...ascii("B"));
  expect(decodeText(note)).toMatchObject({ ok: true, text: "A🎷\r\n B" });
});

test("every place at which a UTF-8 line can be folded gives the same words", () => {
  fc.assert(
    fc.property(words, fc.nat(), (said, pick) => {
      const bytes = new TextEncoder().encode(`SUMMARY:${said}x`);
      const at = 8 + (pick % (bytes.length - 8));
      const folded = bytesOf(...bytes.subarray(0, at), 13, 10, 32, ...bytes.subarray(at));
      const read = decodeText(folded);
      expect(read.ok ? read.text.replace("\r\n ", "") : read.fault).toBe(`SUMMARY:${said}x`);
    }),
  );
});

test("no bytes at all are ever read with a lost character or a control code", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const read = decodeText(bytes);
      if (!read.ok) return;
      const isOwn = new TextEncoder().encode("\uFFFD").every((byte) => bytes.includes(byte));
      expect(read.text.includes("\0")).toBe(false);
      expect(read.text.includes("\uFFFD") && read.charset === "windows-1252" && !isOwn).toBe(false);
    }),
  );
});

test.each([
  [
    "Cyrillic of Windows-1251",
    "unknown_charset",
    [0xd1, 0xe5, 0xea, 0xf2, 0xee, 0xf0, 0x3b, 0xd0, 0xff, 0xe4],
  ],
  ["Shift_JIS", "unknown_charset", [0x93, 0xfa, 0x96, 0x7b, 0x82, 0xcc, 0x89, 0xb9]],
  ["UTF-8 that was cut inside a letter", "damaged", [...new TextEncoder().encode("Zürich Ärger Öl "), 0xc3]],
  ["no text", "zero_bytes", [0x50, 0x4b, 0x03, 0x04, 0x00, 0x00, 0x00, 0x08]],
])("%s is refused and said to be", (_, why, values) => {
  expect(decodeText(Uint8Array.from(values))).toMatchObject({ ok: false, fault: { why } });
});

test("a damaged character is told by its line", () => {
  const bytes = bytesOf(...new TextEncoder().encode("Zürich\nBäle\n"), 0xe4, ...ascii("\n"));
  expect(decodeText(bytes)).toMatchObject({ ok: false, fault: { why: "damaged", line: 3 } });
  expect(lineOfLostCharacter("a\r\nb\rS\uFFFDd")).toBe(3);
  expect(lineOfLostCharacter("Süd")).toBeNull();
});
