import { makeBoundedMap } from "./bounded-map.ts";
import { DEFAULT_LOCALE, type Locale } from "./locale.ts";

/**
 * How counts, amounts, days and clocks look, for every edge: pages, terminal and mail give the reader's locale, and what has
 * no reader yet Onsale's own. Nothing else asks Intl for the look of a number or a time (format.test.ts looks).
 */

/** Thousands and decimals. Written here and not asked of Intl, whose versions in a server and a browser differ. */
const SEPARATORS: Readonly<Record<Locale, readonly [thousands: string, decimal: string]>> = {
  "en-GB": [",", "."],
  "en-US": [",", "."],
  "de-DE": [".", ","],
  "de-CH": ["’", "."],
  "fr-FR": ["\u202F", ","],
};

/** Decimals, from and to; made once, since a seat map writes thousands of numbers. */
const numbers = new Map<string, Intl.NumberFormat>();
function numberFormat(least: number, most: number): Intl.NumberFormat {
  const key = `${least} ${most}`;
  let format = numbers.get(key);
  if (!format) {
    format = new Intl.NumberFormat("en", { minimumFractionDigits: least, maximumFractionDigits: most });
    numbers.set(key, format);
  }
  return format;
}

function inSeparators(text: string, locale: Locale): string {
  const [thousands, decimal] = SEPARATORS[locale];
  return text.replaceAll(/[,.]/g, (mark) => (mark === "," ? thousands : decimal));
}

/** "1,234.50" as this reader writes it, with exactly so many decimals. */
export function formatNumber(value: number, locale: Locale, digits = 0): string {
  return inSeparators(numberFormat(digits, digits).format(value), locale);
}

/** "1,234", or "12.5" where there is more to say than a whole number, to three decimals at most. */
export function formatFigure(
  value: number,
  { locale = DEFAULT_LOCALE, decimals = 3 }: { locale?: Locale; decimals?: number } = {},
): string {
  return inSeparators(numberFormat(0, decimals).format(value), locale);
}

/** The zone whose clock is read, and who reads. */
export type Reader = { readonly timeZone: string; readonly locale?: Locale };

const hasTwelveHours = (locale: Locale) => locale === "en-US";
const hourOf = (locale: Locale) => (hasTwelveHours(locale) ? "numeric" : "2-digit");

/** Making one costs ten times what it then takes to write a time; a batch of mails needs one, a page a handful. */
const clocks = makeBoundedMap<string, Intl.DateTimeFormat>(200);

function clockFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  const known = clocks.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(language, options);
  clocks.set(key, format);
  return format;
}

/** In English words, and on a clock as the reader's. */
function timeText(
  atMs: number,
  { timeZone, locale = DEFAULT_LOCALE }: Reader,
  options: Intl.DateTimeFormatOptions,
): string {
  // One language in the server and in every browser; versions of Intl differ in the blank before "pm".
  return clockFormat(hasTwelveHours(locale) ? "en-US" : "en-GB", { timeZone, ...options })
    .format(atMs)
    .replaceAll("\u202F", " ");
}

/** The parts of an event's date. Dates are the venue's, whatever zone the fan sits in. */
export function eventDate(startsAtMs: number, timeZone: string, locale: Locale = DEFAULT_LOCALE) {
  const of = (options: Intl.DateTimeFormatOptions) => timeText(startsAtMs, { timeZone, locale }, options);
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

/** "Thu 10 December, 19:30 CET" */
export function moment(atMs: number, timeZone: string, locale: Locale = DEFAULT_LOCALE): string {
  return timeText(
    atMs,
    { timeZone, locale },
    {
      weekday: "short",
      day: "numeric",
      month: "long",
      hour: hourOf(locale),
      minute: "2-digit",
      timeZoneName: "short",
    },
  );
}

/** "10 Dec 2026" */
export const formatDay = (atMs: number, reader: Reader): string =>
  timeText(atMs, reader, { dateStyle: "medium" });

/** "10 Dec 2026, 19:30" */
export const formatDayAndTime = (atMs: number, reader: Reader): string =>
  timeText(atMs, reader, { dateStyle: "medium", timeStyle: "short" });

/** "Thursday, 10 December 2026 at 19:30" */
export const formatInFull = (atMs: number, reader: Reader): string =>
  timeText(atMs, reader, { dateStyle: "full", timeStyle: "short" });

/** "19:30" */
export const formatClock = (atMs: number, reader: Reader): string =>
  timeText(atMs, reader, { timeStyle: "short" });

/** "10:02:31", for whoever watches the seconds. */
export const formatSeconds = (atMs: number, reader: Reader): string =>
  timeText(atMs, reader, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** "Fri 5 Mar, 10:00" */
export const formatWeekdayAndTime = (atMs: number, reader: Reader): string =>
  timeText(atMs, reader, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });

/** "5 Mar, 10:00" */
export const formatHour = (atMs: number, reader: Reader): string =>
  timeText(atMs, reader, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** "Sat 2026-05-02 20:00": sortable, and the same for every reader. */
export function formatSortable(atMs: number, timeZone: string): string {
  const parts = clockFormat("en-GB", {
    timeZone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(atMs);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("weekday")} ${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")}`;
}

/** "UTC+2": how far the zone's clock is ahead at that moment. */
export function formatOffset(atMs: number, timeZone: string): string {
  const parts = clockFormat("en", { timeZone, timeZoneName: "shortOffset" }).formatToParts(atMs);
  return (parts.find(({ type }) => type === "timeZoneName")?.value ?? "").replace("GMT", "UTC");
}
