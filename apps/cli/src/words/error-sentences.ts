import type { ErrorCode, ErrorDetails } from "@onsale/core/shared/error-details";
import type { Locale } from "@onsale/core/shared/locale";

/** A sentence; with it each thing that is wrong or missing, where these are several. */
export type Words = { readonly sentence: string; readonly points: readonly string[] };

/** What one language says of each code. Complete by its type: a code without words does not compile. */
export type ErrorSentences = {
  readonly [C in ErrorCode]: (details: ErrorDetails[C], locale: Locale) => string | Words;
};
