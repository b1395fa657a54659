import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { ErrorCode } from "@onsale/core/shared/error-details";
import type { AppError } from "@onsale/core/shared/errors";
import type { Locale } from "@onsale/core/shared/locale";
import { TERMINAL_LOCALE } from "../terminal-locale.ts";
import { en } from "./en.ts";
import type { ErrorSentences, Words } from "./error-sentences.ts";

/** What the terminal says of a refusal by the domain. */
export function makeErrorWords(catalogs: Catalogs<ErrorSentences>) {
  return <C extends ErrorCode>(error: AppError<C>, locale: Locale = TERMINAL_LOCALE): Words => {
    const said = catalogFor(catalogs, locale)[error.code](error.details, locale);
    return typeof said === "string" ? { sentence: said, points: [] } : said;
  };
}

export const wordsOf = makeErrorWords({ en });
