import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { Locale } from "@onsale/core/shared/locale";
import type { Problem, ProblemCode, ProblemDetails } from "@onsale/core/shared/problem";
import { en } from "./problems/en.ts";
import type { ProblemCatalog } from "./problems/problem-catalog.ts";

/** What is wrong, in one sentence or two, with what to do about it. Where it is, stands beside it: `path`. */
export function makeProblemWords(catalogs: Catalogs<ProblemCatalog>) {
  return (problem: Problem, locale: Locale): string => said(catalogFor(catalogs, locale), problem, locale);
}

function said<C extends ProblemCode>(
  catalog: ProblemCatalog,
  { code, details }: { readonly code: C; readonly details: ProblemDetails[C] },
  locale: Locale,
): string {
  // A page that was opened before an update meets a problem that it does not know.
  return Object.hasOwn(catalog, code) ? catalog[code](details, locale) : code;
}

export const problemWords = makeProblemWords({ en });
