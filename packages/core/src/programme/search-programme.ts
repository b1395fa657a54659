import { z } from "zod";
import { rule } from "../shared/schema-rule.ts";
import { OrganizationId } from "../shared/ids.ts";
import type { EventSummary } from "../event/event-store.ts";
import { dateText, wallClockAt } from "../event/import-wall-clock.ts";
import { Currency, PriceMinor } from "../shared/money-schema.ts";
import { Cursor, cutPage, type Page, PAGE_MAX, readCursor, writeCursor } from "../shared/page.ts";
import { datePhraseAt, type DayTest, monthNear, takeWrittenDays } from "./date-words.ts";
import { foldWords } from "./fold-words.ts";
import { isOneEdit } from "./one-edit.ts";
import { keyOf, type Listed, listedUntilMs, type Programme } from "./programme.ts";

export const QUERY_CHARACTERS_MAX = 100;
const Day = z.iso.date();
const Name = z.string().trim().max(120).default("");

export const ProgrammeAsk = z.strictObject({
  /** Words in any order: of title, genre and venue, names of months and days, "this weekend". */
  query: z
    .string()
    .trim()
    .max(QUERY_CHARACTERS_MAX)
    .refine((text) => !text.includes("\u0000"), rule("unstorable"))
    .default(""),
  city: Name,
  genre: Name,
  /** Of one organizer alone. */
  organizationId: OrganizationId.nullable().default(null),
  /** Both days included, as clocks at the venue show them. */
  from: Day.nullable().default(null),
  to: Day.nullable().default(null),
  /** At most this for the cheapest place, whole; other currencies are left out. */
  price: z.strictObject({ maxMinor: PriceMinor, currency: Currency }).nullable().default(null),
  after: Cursor.nullable().default(null),
  limit: z.int().min(1).max(PAGE_MAX).default(48),
});
export type ProgrammeAsk = z.infer<typeof ProgrammeAsk>;

export type Facet = { readonly name: string; readonly count: number };
export type Found = Page<{ readonly event: EventSummary; readonly fromMinor: number | null }> & {
  /** How many stand before this page. */
  readonly before: number;
  /** Of everything that is listed, by name: what there is to choose from. */
  readonly cities: readonly Facet[];
  readonly genres: readonly Facet[];
  readonly currencies: readonly string[];
};

export function searchProgramme(programme: Programme, ask: ProgrammeAsk, nowMs: number): Found {
  const listed = programme.listed.filter(({ event }) => listedUntilMs(event) > nowMs);
  const found = findWords(programme, ask.query, nowMs);
  const fits = filtersOf(ask);
  const hits = programme.listed.filter(
    (one, at) => listedUntilMs(one.event) > nowMs && (found === null || found.has(at)) && fits(one),
  );
  const before = placeAfter(hits, ask.after);
  const rows = hits.slice(before, before + ask.limit + 1);
  return {
    ...cutPage(rows, { limit: ask.limit, total: hits.length, cursorOf }),
    before,
    cities: facetsOf(listed, (one) => [one.city, one.event.venue.city]),
    genres: facetsOf(listed, (one) => [one.genre, one.event.genre]),
    currencies: [...new Set(listed.map(({ event }) => event.currency))].sort(),
  };
}

const cursorOf = ({ event }: Listed) => writeCursor(event.startsAtMs, event.id);

/** Behind the event that ended the page before, also when that one has left the list meanwhile. */
function placeAfter(hits: readonly Listed[], after: string | null): number {
  const cursor = readCursor(after);
  if (!cursor) return 0;
  const startsAtMs = Number(cursor.sortKey);
  const at = hits.findIndex(
    ({ event }) => event.startsAtMs > startsAtMs || (event.startsAtMs === startsAtMs && event.id > cursor.id),
  );
  return at === -1 ? hits.length : at;
}

function filtersOf({ organizationId, city, genre, from, to, price }: ProgrammeAsk): (one: Listed) => boolean {
  const [cityKey, genreKey] = [keyOf(city), keyOf(genre)];
  return (one) =>
    (organizationId === null || one.event.organizationId === organizationId) &&
    (cityKey === "" || one.city === cityKey) &&
    (genreKey === "" || one.genre === genreKey) &&
    (from === null || one.span.last >= from) &&
    (to === null || one.span.first <= to) &&
    (price === null ||
      (one.event.currency === price.currency && one.fromMinor !== null && one.fromMinor <= price.maxMinor));
}

/** Said around the words that matter, and in few titles. */
const SMALL_WORDS = new Set("a am an and at das der die et for fur im in la le of on the und von".split(" "));

type Term = { readonly word: string | null; readonly dates: DayTest | null; readonly datesIfNoText: boolean };

/** Places in the programme that every word speaks of; null: the query asks for nothing. */
export function findWords({ listed, byWord }: Programme, query: string, nowMs: number): Set<number> | null {
  const terms = termsOf(query);
  if (terms.length === 0) return null;
  return terms
    .map((term) => placesOfTerm({ listed, byWord }, term, nowMs))
    .reduce((found, places) => new Set([...found].filter((at) => places.has(at))));
}

function placesOfTerm({ listed, byWord }: Programme, { word, ...term }: Term, nowMs: number): Set<number> {
  const places = word === null ? new Set<number>() : placesOf(byWord, word, term.dates === null);
  const dates = term.dates ?? (word !== null && places.size === 0 ? monthNear(word) : null);
  if (dates && !(term.datesIfNoText && places.size > 0)) {
    const todayIn = dayIn(nowMs);
    listed.forEach(({ span, event }, at) => {
      if (dates(span, todayIn(event.timeZone))) places.add(at);
    });
  }
  return places;
}

/** The day in each zone, asked of the calendar once. */
function dayIn(nowMs: number): (timeZone: string) => string {
  const days = new Map<string, string>();
  return (timeZone) => {
    const day = days.get(timeZone) ?? dateText(wallClockAt(nowMs, timeZone));
    days.set(timeZone, day);
    return day;
  };
}

function termsOf(query: string): Term[] {
  const { rest, days } = takeWrittenDays(query);
  const all = foldWords(rest);
  const large = all.filter((word) => !SMALL_WORDS.has(word));
  const words = large.length > 0 ? large : all;
  const terms: Term[] = days.map((day) => ({
    word: null,
    dates: ({ first, last }) => first <= day && last >= day,
    datesIfNoText: false,
  }));
  for (let at = 0; at < words.length;) {
    const phrase = datePhraseAt(words, at);
    const word = phrase && phrase.count > 1 ? null : (words[at] ?? null);
    terms.push({ word, dates: phrase?.test ?? null, datesIfNoText: phrase?.onlyWithoutText ?? false });
    at += phrase?.count ?? 1;
  }
  return terms;
}

/** A part of a word must be as long as this to be looked for inside it; scripts without blanks need less. */
const INSIDE_FROM_CHARACTERS = 4;

/** Of words that begin so or have it inside; of none, those a slip of the finger away. */
function placesOf(byWord: Programme["byWord"], typed: string, guess: boolean): Set<number> {
  const inside = typed.length >= INSIDE_FROM_CHARACTERS || /[^\p{Script=Latin}\p{N}]/u.test(typed);
  const has = (word: string) => word.startsWith(typed) || (inside && word.includes(typed));
  const places = unionOf(byWord, has);
  return places.size > 0 || !guess ? places : unionOf(byWord, (word) => isOneEdit(typed, word));
}

function unionOf(byWord: Programme["byWord"], test: (word: string) => boolean): Set<number> {
  const places = new Set<number>();
  for (const [word, at] of byWord) if (test(word)) for (const place of at) places.add(place);
  return places;
}

/** Named as most of them write it. */
function facetsOf(
  listed: readonly Listed[],
  of: (one: Listed) => readonly [key: string, name: string],
): Facet[] {
  const byKey = new Map<string, Map<string, number>>();
  for (const one of listed) {
    const [key, name] = of(one);
    if (key === "") continue;
    const names = byKey.get(key) ?? new Map<string, number>();
    byKey.set(key, names.set(name.trim(), (names.get(name.trim()) ?? 0) + 1));
  }
  return [...byKey.values()]
    .map((names) => {
      const [[name] = [""]] = [...names].sort((a, b) => b[1] - a[1]);
      return { name, count: [...names.values()].reduce((sum, count) => sum + count, 0) };
    })
    .sort((a, b) => (keyOf(a.name) < keyOf(b.name) ? -1 : 1));
}
