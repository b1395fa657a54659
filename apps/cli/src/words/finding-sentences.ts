import type { Finding, InvariantId, WrongOf } from "@onsale/core/reconcile/findings";
import type { Locale } from "@onsale/core/shared/locale";
import type { Told } from "./drift-sentences.ts";

export type SayFinding = (facts: Finding, locale: Locale) => Told;

/** One language's words for each row that breaks an invariant. Complete by its type: a finding without words does not compile. */
export type FindingSentences = {
  readonly [I in InvariantId]: { readonly [W in WrongOf<I>]: SayFinding };
};
