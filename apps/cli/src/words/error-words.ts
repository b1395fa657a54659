import type { ErrorCode } from "@onsale/core/shared/error-details";
import type { AppError } from "@onsale/core/shared/errors";
import { en } from "./en.ts";
import type { ErrorSentences, Words } from "./error-sentences.ts";

/** A further language is one more file beside en.ts and one more entry here. */
const LANGUAGES = { en } as const satisfies Record<string, ErrorSentences>;
type Language = keyof typeof LANGUAGES;

/** What the terminal says of a refusal by the domain. */
export function wordsOf<C extends ErrorCode>(error: AppError<C>, language: Language = "en"): Words {
  const sentences: ErrorSentences = LANGUAGES[language];
  const said = sentences[error.code](error.details);
  return typeof said === "string" ? { sentence: said, points: [] } : said;
}
