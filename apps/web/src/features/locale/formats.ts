import { DEFAULT_LOCALE, type Locale } from "@onsale/core/shared/locale";

/**
 * Dates and clocks as a reader writes them, in the house's English words. Amounts and counts are core's formatMoney and
 * formatNumber with the same locale; nothing else in the storefront asks Intl for the look of a number or a time.
 */
const hasTwelveHours = (locale: Locale) => locale === "en-US";

function part(atMs: number, locale: Locale, options: Intl.DateTimeFormatOptions): string {
  // One language in the server and in every browser; versions of Intl differ in the blank before "pm".
  return new Intl.DateTimeFormat(hasTwelveHours(locale) ? "en-US" : "en-GB", options)
    .format(atMs)
    .replaceAll("\u202F", " ");
}

/** Dates are the venue's, whatever zone the fan sits in. */
export function eventDate(startsAtMs: number, timeZone: string, locale: Locale = DEFAULT_LOCALE) {
  const of = (options: Intl.DateTimeFormatOptions) => part(startsAtMs, locale, { timeZone, ...options });
  return {
    weekday: of({ weekday: "short" }),
    day: of({ day: "numeric" }),
    month: of({ month: "short" }),
    monthAndYear: of({ month: "long", year: "numeric" }),
    time: of({ hour: hourOf(locale), minute: "2-digit" }),
    full: of({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    iso: new Date(startsAtMs).toISOString(),
  };
}

export function moment(atMs: number, timeZone: string, locale: Locale = DEFAULT_LOCALE): string {
  return part(atMs, locale, {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "long",
    hour: hourOf(locale),
    minute: "2-digit",
    timeZoneName: "short",
  });
}

const hourOf = (locale: Locale) => (hasTwelveHours(locale) ? "numeric" : "2-digit");
