import { signsOf, words } from "../shared/slug.ts";

export const WINDOW_KEY_MAX = 40;
export const PUBLIC_WINDOW = "public";

/**
 * "public" for every public window; for a presale its key, or its label in small letters and dashes. A label in no Latin
 * letter gets its signs as numbers, so that two of them stay apart; portal and imports give such presales a readable key.
 */
export function windowKeyOf({
  kind,
  key,
  label,
}: {
  readonly kind: "public" | "presale";
  readonly key?: string | undefined;
  readonly label: string;
}): string {
  if (kind === "public") return PUBLIC_WINDOW;
  if (key !== undefined) return key;
  const plain = words(label, WINDOW_KEY_MAX);
  if (plain === "") return words(`presale-${signsOf(label)}`, WINDOW_KEY_MAX);
  return plain === PUBLIC_WINDOW ? "presale" : plain;
}
