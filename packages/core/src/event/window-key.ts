export const WINDOW_KEY_MAX = 40;
export const PUBLIC_WINDOW = "public";

/** "public" for every public window; for a presale its key, or its label in small letters and dashes. */
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
  const plain = label
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, WINDOW_KEY_MAX)
    .replace(/-+$/, "");
  return key ?? (plain === "" || plain === PUBLIC_WINDOW ? "presale" : plain);
}
