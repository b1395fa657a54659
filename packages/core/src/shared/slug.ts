/** Any script in Latin letters ("海風" to "Hai Feng"). Its table is large, so who needs it brings it. */
export type Romanize = (text: string) => string;

/**
 * The part of an address that a name becomes: "Café Zürich!" to "cafe-zurich". One rule for portal, terminal and imports,
 * for events, presales and ticket types. A name without any letter or digit keeps its signs as numbers behind `stem`, so
 * that two of them stay apart; only a name of nothing is "".
 */
export function slugOf(
  name: string,
  { max, stem, romanize }: { max: number; stem: string; romanize: Romanize },
): string {
  const latin = words(romanize(name.normalize("NFC")), max);
  if (latin !== "" || name.trim() === "") return latin;
  return words(`${stem}-${signsOf(name)}`, max);
}

/** Small letters and digits with single dashes between them, never one at an end. */
export function words(text: string, max: number): string {
  return text
    .replaceAll("ß", "ss")
    .replaceAll(/[øØ]/g, "o")
    .replaceAll(/[æÆ]/g, "ae")
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase()
    .replaceAll(/['’ʹʺ`]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, max)
    .replace(/-$/, "");
}

export function signsOf(name: string): string {
  const signs = Array.from(name.normalize("NFC").trim(), (char) => (char.codePointAt(0) ?? 0).toString(16));
  return signs.join("-");
}
