import type { ErrorCode, ErrorDetails } from "@onsale/core/shared/error-details";
import { type AppFailure, OFFLINE } from "./app-failure.ts";
import { en } from "./words/en.ts";
import type { ErrorCatalog, ErrorWords } from "./words/error-words.ts";

/** A further language is one more file beside words/en.ts and one more entry here. */
const LANGUAGES = { en } as const satisfies Record<string, ErrorCatalog>;
type Language = keyof typeof LANGUAGES;

export function wordsFor(failure: AppFailure, language: Language = "en"): ErrorWords {
  const catalog: ErrorCatalog = LANGUAGES[language];
  if (failure.category === OFFLINE) return catalog.offline;
  const words = failure.code === null ? null : said(catalog, failure.code, failure.details);
  return words ?? (failure.category === null ? catalog.unreachable : catalog.unknown);
}

/** null: a code of a newer server than this page. */
function said<C extends ErrorCode>(
  { codes }: ErrorCatalog,
  code: C,
  details: ErrorDetails[C],
): ErrorWords | null {
  if (!Object.hasOwn(codes, code)) return null;
  const say = codes[code];
  return typeof say === "function" ? say(details) : say;
}
