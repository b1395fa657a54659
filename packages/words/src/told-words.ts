import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import { formatFigure } from "@onsale/core/shared/format";
import type { Locale } from "@onsale/core/shared/locale";
import type { ToldProblems } from "@onsale/core/shared/problem";
import { problemWords } from "./problem-words.ts";

type ToldCatalog = { readonly more: (count: number, locale: Locale) => string };
const en: ToldCatalog = { more: (count, locale) => `And ${formatFigure(count, { locale })} more.` };
const LANGUAGES: Catalogs<ToldCatalog> = { en };

/** The problems that an answer tells, a sentence each, and that there are more where it could not tell them all. */
export function toldWords({ problems, count }: ToldProblems, locale: Locale): string[] {
  const more = count - problems.length;
  return [
    ...problems.map((problem) => problemWords(problem, locale)),
    ...(more > 0 ? [catalogFor(LANGUAGES, locale).more(more, locale)] : []),
  ];
}
