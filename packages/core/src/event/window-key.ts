import { z } from "zod";

export const WINDOW_KEY_MAX = 40;
/** A sale window is named by its key: "public", or the key of a presale. */
export const WindowKey = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "small letters, digits and single dashes")
  .max(WINDOW_KEY_MAX);
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
