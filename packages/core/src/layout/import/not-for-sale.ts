import { labelIdentity } from "../../shared/label.ts";
import { problem } from "../../shared/problem.ts";
import { someNames } from "../../shared/some-names.ts";
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
  const all = someNames(layout.categories.map(({ label }) => label));
  const problems = [...wanted].flatMap(([identity, name]) =>
    known.has(identity) ? [] : [problem("category.unknown", "categories", { name, known: all })],
  );
  if (problems.length > 0) return { ...result, ok: false, layout: null, problems };
  return { ...result, layout: { ...layout, categories } };
}
