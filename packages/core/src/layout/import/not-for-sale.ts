import { labelIdentity } from "../../shared/label.ts";
import type { ImportResult } from "./import-result.ts";

/**
 * Takes categories out of sale: their seats are kept by the organizer from the start, their standing areas hold nobody, and
 * they need no price. Plans of other systems have categories that nobody sells; which ones is not in the file.
 */
export function keepFromSale(result: ImportResult, names: readonly string[]): ImportResult {
  const { layout } = result;
  if (layout === null || names.length === 0) return result;
  const wanted = new Map(names.map((name) => [labelIdentity(name), name]));
  const categories = layout.categories.map((category) => {
    const isKept = [category.label, category.key].some((name) => wanted.has(labelIdentity(name)));
    return isKept ? { ...category, notForSale: true } : category;
  });
  const known = new Set(
    layout.categories.flatMap(({ label, key }) => [labelIdentity(label), labelIdentity(key)]),
  );
  const all = layout.categories.map(({ label }) => `"${label}"`).join(", ");
  const problems = [...wanted].flatMap(([identity, name]) =>
    known.has(identity)
      ? []
      : [
          {
            code: "category.unknown",
            path: "categories",
            message: `There is no category "${name}" to keep from sale; there are ${all}.`.slice(0, 500),
          },
        ],
  );
  if (problems.length > 0) return { ...result, ok: false, layout: null, problems };
  return { ...result, layout: { ...layout, categories } };
}
