import type { Locale } from "@onsale/core/shared/locale";
import { ProgrammeAsk, QUERY_CHARACTERS_MAX } from "@onsale/core/programme/search-programme";
import { formatMoney, parseMoney } from "@onsale/core/shared/money";
import { Currency } from "@onsale/core/shared/money-schema";

/** What stands in the address of a search, as it was typed. */
export type ProgrammeParams = Readonly<
  Record<"q" | "city" | "genre" | "from" | "to" | "max" | "currency" | "after", string>
>;
export type SearchParams = Record<string, string | string[] | undefined>;

const LONGEST = 200;

export function readParams(params: SearchParams): ProgrammeParams {
  const text = (name: string, most = LONGEST) => {
    const value = params[name];
    return typeof value === "string"
      ? value.toWellFormed().replaceAll("\u0000", " ").trim().slice(0, most)
      : "";
  };
  return {
    q: text("q", QUERY_CHARACTERS_MAX),
    city: text("city", 120),
    genre: text("genre", 120),
    from: text("from"),
    to: text("to"),
    max: text("max", 20),
    currency: text("currency", 3),
    after: text("after"),
  };
}

/** What cannot be read narrows nothing, and `unread` names it, so that nobody takes the answer for another one. */
export function askOf(params: ProgrammeParams): { ask: ProgrammeAsk; unread: readonly string[] } {
  const unread: string[] = [];
  const day = (text: string): string | null => {
    const read = ProgrammeAsk.shape.from.safeParse(text || null);
    if (!read.success) unread.push(text);
    return read.data ?? null;
  };
  return {
    ask: {
      query: params.q,
      organizationId: null,
      city: params.city,
      genre: params.genre,
      from: day(params.from),
      to: day(params.to),
      price: readPrice(params, unread),
      after: params.after || null,
      limit: 48,
    },
    unread,
  };
}

function readPrice({ max, currency }: ProgrammeParams, unread: string[]): ProgrammeAsk["price"] {
  if (max === "") return null;
  if (!Currency.safeParse(currency).success) {
    unread.push(max);
    return null;
  }
  // A comma with up to two digits behind it is how much of the world writes cents.
  const price = ProgrammeAsk.shape.price.safeParse({
    maxMinor: parseMoney(max.replace(/,(?=\d{1,2}$)/, "."), currency),
    currency,
  });
  if (!price.success) unread.push(max);
  return price.data ?? null;
}

/** The same search with other parts; the place in its pages is kept only when it is given. */
export function programmeHref(params: ProgrammeParams, over: Partial<ProgrammeParams> = {}): string {
  const kept = Object.entries({ ...params, after: "", ...over }).filter(([, value]) => value !== "");
  return kept.length === 0 ? "/" : `/?${new URLSearchParams(kept)}`;
}

export function isNarrowed({ q, city, genre, from, to, max }: ProgrammeParams): boolean {
  return [q, city, genre, from, to, max].some((value) => value !== "");
}

/** "Zürich, Classical, from 2026-12-05, up to 50.00 CHF": the filters in words. */
export function filterWords({ city, genre, from, to }: ProgrammeParams, ask: ProgrammeAsk, locale: Locale) {
  return [
    city,
    genre,
    ask.from === null ? "" : `from ${from}`,
    ask.to === null ? "" : `until ${to}`,
    ask.price === null ? "" : `up to ${formatMoney(ask.price.maxMinor, ask.price.currency, locale)}`,
  ].filter((text) => text !== "");
}
