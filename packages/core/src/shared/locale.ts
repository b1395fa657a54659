/**
 * How amounts, counts and clocks are written for a reader. The words of Onsale are English; these are the five ways in
 * which its numbers are written, each named after the largest region that writes so. A page that is kept for many readers
 * is kept once per way, so there are few.
 */
export const LOCALES = ["en-GB", "en-US", "de-DE", "de-CH", "fr-FR"] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = "en-GB";

/** A longer tag decides before its language does. */
const WAYS: Readonly<Record<string, Locale>> = {
  en: "en-GB",
  "en-us": "en-US",
  "en-ph": "en-US",
  ja: "en-GB",
  ko: "en-GB",
  zh: "en-GB",
  th: "en-GB",
  he: "en-GB",
  // 1.234,50
  de: "de-DE",
  "de-ch": "de-CH",
  "de-li": "de-CH",
  "de-at": "fr-FR",
  nl: "de-DE",
  it: "de-DE",
  "it-ch": "de-CH",
  rm: "de-CH",
  es: "de-DE",
  "es-mx": "en-GB",
  pt: "de-DE",
  "pt-pt": "fr-FR",
  da: "de-DE",
  tr: "de-DE",
  el: "de-DE",
  hr: "de-DE",
  sl: "de-DE",
  sr: "de-DE",
  ro: "de-DE",
  id: "de-DE",
  vi: "de-DE",
  ca: "de-DE",
  is: "de-DE",
  // 1 234,50
  fr: "fr-FR",
  cs: "fr-FR",
  sk: "fr-FR",
  pl: "fr-FR",
  hu: "fr-FR",
  ru: "fr-FR",
  uk: "fr-FR",
  bg: "fr-FR",
  fi: "fr-FR",
  sv: "fr-FR",
  nb: "fr-FR",
  nn: "fr-FR",
  no: "fr-FR",
  et: "fr-FR",
  lv: "fr-FR",
  lt: "fr-FR",
};

/** A header may be as long as it likes; nobody reads more languages than these. */
const HEADER_CHARACTERS_MAX = 400;

/** From a request's Accept-Language: the most wanted language whose way of writing is known. */
export function localeOf(acceptLanguage: string | null | undefined): Locale {
  const wanted = (acceptLanguage ?? "")
    .slice(0, HEADER_CHARACTERS_MAX)
    .toLowerCase()
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const weight = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean);
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const way = wayOf(tag);
    if (way) return way;
  }
  return DEFAULT_LOCALE;
}

/** "de-latn-ch" and "de-ch" are both written as in Switzerland. */
function wayOf(tag: string): Locale | undefined {
  const [language = "", ...rest] = tag.split("-");
  const region = rest.find((part) => /^[a-z]{2}$/.test(part));
  return (region === undefined ? undefined : WAYS[`${language}-${region}`]) ?? WAYS[language];
}
