import type { Locale } from "@onsale/core/shared/locale";
import type { SeatRules } from "@onsale/core/shared/sale-problems";

/** One language's sentence for each rule of a selection; complete by its type. */
export type SeatRuleCatalog = {
  readonly [C in keyof SeatRules]: (details: SeatRules[C], locale: Locale) => string;
};
