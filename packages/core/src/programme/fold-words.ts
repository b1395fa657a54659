/** Letters that no decomposition takes apart, as people without them on their keyboard type them. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  æ: "ae",
  œ: "oe",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** The words of a text as search compares them: "Café  Zürich!" and "cafe zurich" are the same two. */
export function foldWords(text: string): string[] {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[\p{Mark}\p{Default_Ignorable_Code_Point}'’‘`]/gu, "")
    .replaceAll(/[ßøæœłđðþı]/g, (letter) => SPELLED[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
