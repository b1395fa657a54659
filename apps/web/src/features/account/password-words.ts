import type { Locale } from "@onsale/core/shared/locale";
import type { AppFailure } from "../errors/app-failure.ts";
import { wordsFor } from "../errors/error-words.ts";

/** What is said at the field of a password that was refused; null: the failure is about something else. */
export function passwordWords(failure: AppFailure, locale: Locale): string | null {
  if (failure.code !== "account.weak_password") return null;
  const { title, todo } = wordsFor(failure, locale);
  return `${title} ${todo}`;
}
