import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { Locale } from "@onsale/core/shared/locale";
import type { RuleDetails, RuleName, SchemaRule } from "@onsale/core/shared/schema-rule";
import { en } from "./rules/en.ts";
import type { RuleCatalog } from "./rules/rule-catalog.ts";

/** What a field says about what was typed there. */
export function makeRuleWords(catalogs: Catalogs<RuleCatalog>) {
  return (rule: SchemaRule, locale: Locale): string => said(catalogFor(catalogs, locale), rule, locale);
}

function said<R extends RuleName>(
  catalog: RuleCatalog,
  { name, details }: { readonly name: R; readonly details: RuleDetails[R] },
  locale: Locale,
): string {
  // Of a newer server than this page.
  return Object.hasOwn(catalog, name) ? catalog[name](details, locale) : name;
}

export const ruleWords = makeRuleWords({ en });
