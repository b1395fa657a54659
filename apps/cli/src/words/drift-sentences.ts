import type { DriftDetails, DriftKind } from "@onsale/core/reconcile/reconcile";
import type { Locale } from "@onsale/core/shared/locale";

/** What was found and what it means, and what to do about it. */
export type Told = { readonly what: string; readonly todo: string };

/** One language's words for each difference. Complete by its type: a kind without words does not compile. */
export type DriftSentences = {
  readonly [K in DriftKind]: (details: DriftDetails[K], locale: Locale) => Told;
};
