import type { Locale } from "@onsale/core/shared/locale";
import { toldWords } from "@onsale/words/told-words";
import { ruleWords } from "@onsale/words/rule-words";
import type { AppFailure } from "../errors/app-failure.ts";

/**
 * Each thing that is wrong or missing, where a refusal tells several. Apart from the words of the refusal itself, since no
 * page of a fan has room for them.
 */
export function failurePoints({ details }: AppFailure, locale: Locale): string[] {
  if ("problems" in details) {
    const { problems, count } = details;
    return toldWords({ problems, count }, locale);
  }
  if ("faults" in details)
    return details.faults.map(
      ({ path, rule }) => `${path === "" ? "" : `${path}: `}${ruleWords(rule, locale)}`,
    );
  return [];
}
