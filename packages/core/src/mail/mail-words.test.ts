import { expect, test } from "vitest";
import { mailWords } from "./mail-words.ts";

test.each([
  ["Win https://evil.example/x now", "Win https: //evil. example/x now"],
  ["www.evil.example", "www. evil. example"],
  ["eve@evil.example", "eve (at) evil. example"],
  ["Ada\r\nBcc: eve", "Ada Bcc: eve"],
  ["St.Gallen", "St. Gallen"],
  ["Dr. J.R. Müller, 19.30", "Dr. J.R. Müller, 19.30"],
])("%s is written %s", (name, words) => {
  expect(mailWords(name)).toBe(words);
});
