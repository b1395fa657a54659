import { foldWords } from "./fold-words.ts";
import { isOneEdit } from "./one-edit.ts";

/** A day of a calendar, told from its text "2026-12-05". */
export type Day = string;
/** From the first to the last day on which something is given, as clocks at its venue show them. */
export type DaySpan = { readonly first: Day; readonly last: Day; readonly startHour: number };

export type DayTest = (span: DaySpan, today: Day) => boolean;

/** Languages whose names of months and days a fan may type. */
const LANGUAGES = ["en", "de", "fr", "it", "es", "nl"];
const DAY_MS = 86_400_000;
/** A Friday from this hour on belongs to the weekend. */
const WEEKEND_FROM_HOUR = 17;

const utc = (day: Day) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (atMs: number): Day => new Date(atMs).toISOString().slice(0, 10);
const plus = (day: Day, days: number) => dayOf(utc(day) + days * DAY_MS);
/** Monday 1 to Sunday 7. */
const weekday = (day: Day) => new Date(utc(day)).getUTCDay() || 7;

function namesBy(options: Intl.DateTimeFormatOptions, dates: readonly Date[]): Map<string, number> {
  const names = new Map<string, number>();
  for (const language of LANGUAGES) {
    const format = new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options });
    dates.forEach((date, n) => foldWords(format.format(date)).forEach((name) => names.set(name, n + 1)));
  }
  return names;
}
const MONTHS = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 15)));
// 1 January 2024 was a Monday.
const WEEK = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)));
const MONTH_NAMES = namesBy({ month: "long" }, MONTHS);
const SHORT_MONTHS = namesBy({ month: "short" }, MONTHS);
const WEEKDAY_NAMES = namesBy({ weekday: "long" }, WEEK);

const overlaps = ({ first, last }: DaySpan, from: Day, to: Day) => first <= to && last >= from;

const onDay =
  (offset: number): DayTest =>
  (span, today) =>
    overlaps(span, plus(today, offset), plus(today, offset));

const onWeekend =
  (weeks: number): DayTest =>
  (span, today) => {
    const friday = plus(today, 5 - weekday(today) + 7 * weeks);
    if (span.first === friday && span.last === friday) return span.startHour >= WEEKEND_FROM_HOUR;
    return overlaps(span, plus(friday, 1), plus(friday, 2));
  };

const PHRASES: readonly { readonly words: readonly string[]; readonly test: DayTest }[] = [
  ...["this weekend", "dieses wochenende", "weekend", "wochenende"].map((text) => ({
    words: text.split(" "),
    test: onWeekend(0),
  })),
  ...["next weekend", "nachstes wochenende"].map((text) => ({ words: text.split(" "), test: onWeekend(1) })),
  ...["today", "tonight", "heute"].map((word) => ({ words: [word], test: onDay(0) })),
  ...["tomorrow", "morgen"].map((word) => ({ words: [word], test: onDay(1) })),
].sort((a, b) => b.words.length - a.words.length);

export type DatePhrase = {
  readonly count: number;
  readonly test: DayTest;
  /** Short names such as "mar" or "may" begin many other words, so a text that has them comes first. */
  readonly onlyWithoutText: boolean;
};

/** What the words from `at` on say of a day, if they say something; `words` are folded. */
export function datePhraseAt(words: readonly string[], at: number): DatePhrase | null {
  const phrase = PHRASES.find((one) => one.words.every((word, n) => words[at + n] === word));
  if (phrase) return { count: phrase.words.length, test: phrase.test, onlyWithoutText: false };
  const word = words[at] ?? "";
  const month = MONTH_NAMES.get(word);
  if (month !== undefined) return { count: 1, test: inMonth(month), onlyWithoutText: false };
  const short = SHORT_MONTHS.get(word);
  if (short !== undefined) return { count: 1, test: inMonth(short), onlyWithoutText: true };
  const day = WEEKDAY_NAMES.get(word);
  if (day !== undefined)
    return { count: 1, test: (span) => someDay(span, (one) => weekday(one) === day), onlyWithoutText: false };
  const test = numberTest(words, at);
  return test && { count: 1, test, onlyWithoutText: false };
}

/** The month that a mistyped word was to name, where nothing else fits it. */
export function monthNear(word: string): DayTest | null {
  const near = [...MONTH_NAMES].find(([name]) => isOneEdit(word, name));
  return near ? inMonth(near[1]) : null;
}

const monthOf = (word: string | undefined) => MONTH_NAMES.get(word ?? "") ?? SHORT_MONTHS.get(word ?? "");

/** A year, or the day beside the name of a month: "5 December", "Dezember 5". */
function numberTest(words: readonly string[], at: number): DayTest | null {
  const word = words[at] ?? "";
  if (/^20\d\d$/.test(word))
    return ({ first, last }) => first.slice(0, 4) <= word && last.slice(0, 4) >= word;
  if (!/^\d{1,2}$/.test(word)) return null;
  const month = monthOf(words[at - 1]) ?? monthOf(words[at + 1]);
  if (month === undefined) return null;
  const suffix = `-${String(month).padStart(2, "0")}-${word.padStart(2, "0")}`;
  return (span) => someDay(span, (day) => day.endsWith(suffix));
}

const inMonth =
  (month: number): DayTest =>
  ({ first, last }) => {
    const from = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1;
    const to = Number(last.slice(0, 4)) * 12 + Number(last.slice(5, 7)) - 1;
    for (let at = from; at <= to && at < from + 12; at += 1) if ((at % 12) + 1 === month) return true;
    return false;
  };

/** Nothing is given for longer than this in one event. */
const DAYS_MAX = 366;

function someDay({ first, last }: DaySpan, test: (day: Day) => boolean): boolean {
  for (let day = first, n = 0; day <= last && n < DAYS_MAX; day = plus(day, 1), n += 1)
    if (test(day)) return true;
  return false;
}

const WRITTEN_DAYS =
  /\b(?:(?<y>20\d\d)-(?<m>\d{1,2})-(?<d>\d{1,2})|(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.\s?(?<y>20\d\d))\b/g;

/** "2026-12-05" and "5.12.2026" are days, and no words of a title; what is left of the text is. */
export function takeWrittenDays(text: string): { rest: string; days: Day[] } {
  const days: Day[] = [];
  let rest = text;
  for (const { 0: written, groups } of text.matchAll(WRITTEN_DAYS)) {
    const { y = "", m = "", d = "" } = groups ?? {};
    const day = `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
    if (!Number.isFinite(utc(day)) || dayOf(utc(day)) !== day) continue;
    days.push(day);
    rest = rest.replace(written, " ");
  }
  return { rest, days };
}
