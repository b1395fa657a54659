import type { Locale } from "@onsale/core/shared/locale";
import type { RuleDetails } from "@onsale/core/shared/schema-rule";

/** One language's sentence for each rule of an input. Complete by its type: a rule without words does not compile. */
export type RuleCatalog = {
  readonly [R in keyof RuleDetails]: (details: RuleDetails[R], locale: Locale) => string;
};
