import type { DriftDetails, DriftKind, FoundDrift } from "@onsale/core/reconcile/reconcile";
import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { Locale } from "@onsale/core/shared/locale";
import { TERMINAL_LOCALE } from "../terminal-locale.ts";
import type { DriftSentences, Told } from "./drift-sentences.ts";
import { DRIFT_EN } from "./en-drift.ts";

const CATALOGS: Catalogs<DriftSentences> = { en: DRIFT_EN };

/** A difference between Redis and Postgres as an operator is told it. */
export const driftWords = (found: FoundDrift, locale: Locale = TERMINAL_LOCALE): Told =>
  said(catalogFor(CATALOGS, locale), found, locale);

function said<K extends DriftKind>(
  sentences: DriftSentences,
  { kind, details }: { readonly kind: K; readonly details: DriftDetails[K] },
  locale: Locale,
): Told {
  return sentences[kind](details, locale);
}
