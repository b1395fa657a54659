import type { Finding, InvariantId } from "@onsale/core/reconcile/findings";
import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { Locale } from "@onsale/core/shared/locale";
import { TERMINAL_LOCALE } from "../terminal-locale.ts";
import type { Told } from "./drift-sentences.ts";
import { FINDINGS_EN } from "./en-findings.ts";
import type { FindingSentences, SayFinding } from "./finding-sentences.ts";

const CATALOGS: Catalogs<FindingSentences> = { en: FINDINGS_EN };

/** A row that breaks an invariant, as an operator is told it. */
export function findingWords(id: InvariantId, row: Finding, locale: Locale = TERMINAL_LOCALE): Told {
  const sayings: Readonly<Partial<Record<string, SayFinding>>> = catalogFor(CATALOGS, locale)[id];
  return sayings[row.wrong]?.(row, locale) ?? { what: row.wrong, todo: "" };
}
