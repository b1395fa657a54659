import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { ErrorCode, ErrorDetails } from "@onsale/core/shared/error-details";
import type { Locale } from "@onsale/core/shared/locale";
import { type AppFailure, OFFLINE } from "./app-failure.ts";
import { en } from "./words/en.ts";
import type { ErrorCatalog, ErrorWords } from "./words/error-words.ts";

/** What a page says of a failure, in the language of its reader. */
export function makeErrorWords(catalogs: Catalogs<ErrorCatalog>) {
  return (failure: AppFailure, locale: Locale): ErrorWords => {
    const catalog = catalogFor(catalogs, locale);
    if (failure.category === OFFLINE) return catalog.offline;
    const words = failure.code === null ? null : said(catalog, failure, locale);
    return words ?? (failure.category === null ? catalog.unreachable : catalog.unknown);
  };
}

/** null: a code of a newer server than this page. */
function said<C extends ErrorCode>(
  { codes }: ErrorCatalog,
  { code, details }: { readonly code: C; readonly details: ErrorDetails[C] },
  locale: Locale,
): ErrorWords | null {
  if (!Object.hasOwn(codes, code)) return null;
  const say = codes[code];
  return typeof say === "function" ? say(details, locale) : say;
}

export const wordsFor = makeErrorWords({ en });
