import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { Locale } from "@onsale/core/shared/locale";
import type { CliError } from "../cli-error.ts";
import { TERMINAL_LOCALE } from "../terminal-locale.ts";
import { REFUSALS_EN } from "./en-refusals.ts";
import type { Refusals, RefusalSentences, RefusalWhy } from "./refusals.ts";

/** What a command says that refuses something by itself. */
export function makeRefusalWords(catalogs: Catalogs<RefusalSentences>) {
  return ({ why, facts }: CliError, locale: Locale = TERMINAL_LOCALE): string =>
    said(catalogFor(catalogs, locale), { why, facts }, locale);
}

function said<W extends RefusalWhy>(
  sentences: RefusalSentences,
  { why, facts }: { readonly why: W; readonly facts: Refusals[W] },
  locale: Locale,
): string {
  return sentences[why](facts, locale);
}

export const refusalWords = makeRefusalWords({ en: REFUSALS_EN });
