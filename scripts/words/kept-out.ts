/** Where a word that is kept out may stand all the same: in these spellings, and nowhere else. */
type Allowed = { readonly file: RegExp; readonly spelling: RegExp };

const ANYWHERE = /^/;

export const ALLOWED: readonly Allowed[] = [
  { file: ANYWHERE, spelling: /house[- ]?seats?/gi },
  // A network at home.
  { file: ANYWHERE, spelling: /households?/gi },
  // The mark of one house seat in a layout's document and in lists of seats: written in files that people have.
  {
    file: /^packages\/core\/src\/layout\/|^packages\/db\/src\/testing\/sale-fixture\.ts$|^docs\/layouts\.md$|\/layout-columns\.tsx$/,
    spelling: /["`.]house\b|\bhouse(\??:|,capacity)|"house houseseat/g,
  },
  // Genres, by which a poster is chosen.
  { file: /\/poster\/poster-art\.ts$/, spelling: /\bbasket\|/g },
  { file: ANYWHERE, spelling: /basketball/gi },
];

/** The glossary says what is kept out; the licence is not ours; the rest is made from what is looked at anyway. */
export const PASSED_OVER = /^(LICENSE|docs\/glossary\.md|pnpm-lock\.yaml|scripts\/words\/.*)$|\/generated\//;

/** Words in code letters in the column "Not" of the glossary's tables. */
export function keptOutBy(glossary: string): readonly string[] {
  const words = glossary
    .split("\n")
    .filter((line) => line.startsWith("| **"))
    .flatMap((line) =>
      [...(line.split("|").at(-2) ?? "").matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? ""),
    );
  return [...new Set(words)];
}

/** Every line of the text in which a word stands that is kept out, also as a part of a name: a line each. */
export function misnamed(words: readonly string[], file: string, text: string): readonly string[] {
  const patterns = words.map((word) => ({ word, pattern: partOfName(word) }));
  return text.split("\n").flatMap((line, at) => {
    const rest = ALLOWED.filter((allowed) => allowed.file.test(file)).reduce(
      (left, { spelling }) => left.replaceAll(spelling, ""),
      line,
    );
    return patterns
      .filter(({ pattern }) => pattern.test(rest))
      .map(({ word }) => `${file}:${at + 1}: "${word}" is not a word of Onsale (docs/glossary.md)`);
  });
}

/** `cart` in "cart", "carts", "cart-bar", "cartBar", "myCart" and "CART_MAX", not in "cartoon": where its case turns, a part ends. */
function partOfName(word: string): RegExp {
  const [head = "", ...tail] = word.toLowerCase().split(/[ -]/);
  const first = inTwoCases(head);
  const rest = tail.map((part) => `[ _-]?${inTwoCases(part).either}`).join("");
  const loud = word.toUpperCase().replaceAll(/[ -]/g, "[ _-]?");
  return new RegExp(
    `(?<![A-Za-z])${first.small}${rest}s?(?![a-z])|${first.title}${rest}s?(?![a-z])|(?<![A-Z])${loud}S?(?![A-Za-z])`,
  );
}

function inTwoCases(small: string) {
  const [head, tail] = [small.slice(0, 1), small.slice(1)];
  const large = head.toUpperCase();
  return { small, title: `${large}${tail}`, either: `[${head}${large}]${tail}` };
}
