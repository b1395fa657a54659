import { DEFAULT_LOCALE, type Locale, localeOf } from "@onsale/core/shared/locale";
import { terminalLanguage } from "./config.ts";

/** "de_CH.UTF-8", as POSIX names a locale; "C" and "POSIX" are nobody's language. */
export function localeOfPosix(name: string): Locale {
  const tag = name.split(/[.@]/, 1)[0]?.replace("_", "-") ?? "";
  return /^(?:C|POSIX)?$/.test(tag) ? DEFAULT_LOCALE : localeOf(tag);
}

/** How numbers, times and words are written here: a terminal has one reader, from its start to its end. */
export const TERMINAL_LOCALE = localeOfPosix(terminalLanguage());
