import fc from "fast-check";
import { expect, test } from "vitest";
import { isSameLabel, labelIdentity } from "./label.ts";

const UNSEEN = [
  "\u200b",
  "\u200c",
  "\u200d",
  "\u200e",
  "\u200f",
  "\u202e",
  "\u2066",
  "\u2069",
  "\u00ad",
  "\ufeff",
  "\u2060",
  "\u061c",
  "\u034f",
  "\u180e",
  "\ufe0f",
];
const BLANKS = [" ", "\u00a0", "\u2003", "\u2009", "\u202f", "\u3000", "\t", "\u2800"];

test("what cannot be seen makes no difference, wherever it stands", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Za-z0-9äöü]{1,8}$/),
      fc.constantFrom(...UNSEEN),
      fc.nat(),
      (label, sign, pick) => {
        const at = pick % (label.length + 1);
        expect(isSameLabel(label.slice(0, at) + sign + label.slice(at), label)).toBe(true);
      },
    ),
  );
});

test("blanks of any kind and number are one blank, and none at the ends", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...BLANKS), { minLength: 1, maxLength: 4 }), (blanks) => {
      const blank = blanks.join("");
      expect(labelIdentity(`${blank}Block${blank}A${blank}`)).toBe("Block A");
    }),
  );
});

test("forms that look alike by Unicode's own word are alike: full width, ligatures, composed letters", () => {
  expect(isSameLabel("１２", "12")).toBe(true);
  expect(isSameLabel("Trib\u0075\u0308ne", "Tribüne")).toBe(true);
  expect(isSameLabel("oﬃce", "office")).toBe(true);
});

test("case, leading zeros, signs and other scripts stay apart", () => {
  const labels = ["1", "01", "a", "A", "1+", "1#", "Ä", "Ae", "א", "١", "♿", "🎭 Loge", "-1"];
  expect(new Set(labels.map(labelIdentity)).size).toBe(labels.length);
});

test("asking twice changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 20 }), (label) => {
      expect(labelIdentity(labelIdentity(label))).toBe(labelIdentity(label));
    }),
    { numRuns: 2_000 },
  );
});
