import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { Locale } from "@onsale/core/shared/locale";
import type { BrokenRule, RuleCode, SeatRules } from "@onsale/core/shared/sale-problems";
import { en } from "./seat-rules/en.ts";
import type { SeatRuleCatalog } from "./seat-rules/seat-rule-catalog.ts";

/** Why a selection cannot be held, and what to take instead. */
export function makeSeatRuleWords(catalogs: Catalogs<SeatRuleCatalog>) {
  return (broken: BrokenRule, locale: Locale): string => said(catalogFor(catalogs, locale), broken, locale);
}

function said<C extends RuleCode>(
  catalog: SeatRuleCatalog,
  { code, details }: { readonly code: C; readonly details: SeatRules[C] },
  locale: Locale,
): string {
  return catalog[code](details, locale);
}

export const seatRuleWords = makeSeatRuleWords({ en });
