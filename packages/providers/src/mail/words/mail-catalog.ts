import type { LetterFacts, LetterKind } from "@onsale/core/mail/letter";
import type { Locale } from "@onsale/core/shared/locale";

export type Written = { readonly subject: string; readonly lines: readonly string[] };

/** One language's mails. Complete by its type: a kind of letter without words does not compile. */
export type MailCatalog = { readonly [K in LetterKind]: (facts: LetterFacts[K], locale: Locale) => Written };
