import fc from "fast-check";
import { EventId, OrganizationId, VenueId } from "../shared/ids.ts";
import { expect, test } from "vitest";
import { EventDraft } from "../event/event.ts";
import type { EventSummary } from "../event/event-store.ts";
import { foldWords } from "./fold-words.ts";
import { listEvent, makeProgramme } from "./programme.ts";
import { ProgrammeAsk, searchProgramme } from "./search-programme.ts";

const TONHALLE = { name: "Tonhalle", city: "Zürich", country: "Switzerland" };
const MUSIKVEREIN = { name: "Musikverein, Großer Saal", city: "Wien", country: "Österreich" };
/** A Wednesday. */
const NOW = Date.UTC(2026, 11, 2, 12);
const at = (month: number, day: number, hour = 19) => Date.UTC(2026, month - 1, day, hour);

let made = 0;
function event(
  title: string,
  over: Partial<Omit<EventSummary, "venue">> & { venue?: typeof TONHALLE } = {},
): EventSummary {
  made += 1;
  const id = `00000000-0000-4000-8000-${String(made).padStart(12, "0")}`;
  const organizationId = OrganizationId.parse(id);
  const venueId = VenueId.parse(id);
  const venue = over.venue ?? TONHALLE;
  const draft = EventDraft.parse({
    slug: `event-${made}`,
    title,
    venueId,
    layoutId: null,
    timeZone: "Europe/Zurich",
    currency: "CHF",
    doorsAtMs: null,
    startsAtMs: at(12, 10),
    endsAtMs: null,
  });
  return {
    ...draft,
    id: EventId.parse(id),
    organizationId,
    state: "on_sale",
    priceVersion: 1,
    detailsVersion: 1,
    createdAtMs: 0,
    ...over,
    organizer: { slug: "org", name: "Organizer" },
    venue: { id: venueId, organizationId, address: "", timeZone: "Europe/Zurich", ...venue },
  };
}

const EVENTS = [
  event("Night of Strings", { startsAtMs: at(12, 5), genre: "Classical" }),
  event("Requiem", { startsAtMs: at(12, 6, 16), venue: MUSIKVEREIN, currency: "EUR", genre: "Choral" }),
  event("Weihnachtskonzert", { startsAtMs: at(12, 20), genre: "Classical" }),
  event("Mars Attack", { startsAtMs: at(12, 9), genre: "Film" }),
  event("Spring Gala", { startsAtMs: Date.UTC(2027, 2, 12, 19), genre: "Gala" }),
  event("Winter Festival", { startsAtMs: at(12, 3), endsAtMs: at(12, 8), genre: "Festival" }),
];
const programme = makeProgramme(EVENTS.map((one, n) => listEvent(one, (n + 1) * 1_000)));
const find = (query: string, filters: Partial<ProgrammeAsk> = {}) =>
  searchProgramme(programme, ProgrammeAsk.parse({ query, ...filters }), NOW).items.map(
    (one) => one.event.title,
  );
const IN_ZURICH = ["Winter Festival", "Night of Strings", "Mars Attack", "Weihnachtskonzert", "Spring Gala"];

test.each(["zurich", "Zuri", "Zürich", "ZÜRICH", "Zu\u0308rich", "zurch", "Zuerich", "zruich"])(
  "%s finds what is on in Zürich",
  (query) => expect(find(query)).toEqual(IN_ZURICH),
);

test("words are met in any order, across title and venue, however many blanks and commas stand between them", () => {
  for (const query of ["strings zurich", "Zürich  Strings", "  night,  tonhalle,strings "])
    expect(find(query)).toEqual(["Night of Strings"]);
});

test("a venue is found as the page prints it", () => {
  expect(find("Tonhalle, Zürich")).toEqual(IN_ZURICH);
  expect(find("Musikverein, Großer Saal, Wien")).toEqual(["Requiem"]);
  expect(find("Musikverein Grosser Saal")).toEqual(["Requiem"]);
  expect(find("osterreich")).toEqual(["Requiem"]);
});

test("a part inside a word is found, and one slip of the finger is forgiven where nothing fits", () => {
  expect(find("konzert")).toEqual(["Weihnachtskonzert"]);
  for (const typed of ["reqiem", "requieem", "reqwiem", "rqeuiem"]) expect(find(typed)).toEqual(["Requiem"]);
  expect(find("rqwiem")).toEqual([]);
});

test("months are found by their names in several languages, a year and a day beside them too", () => {
  const december = ["Winter Festival", "Night of Strings", "Requiem", "Mars Attack", "Weihnachtskonzert"];
  for (const query of ["december", "Dezember", "décembre", "decmber"]) expect(find(query)).toEqual(december);
  expect(find("dezember 2027")).toEqual([]);
  expect(find("march 2027")).toEqual(["Spring Gala"]);
  expect(find("20 december")).toEqual(["Weihnachtskonzert"]);
  expect(find("2026-12-20")).toEqual(["Weihnachtskonzert"]);
  expect(find("20.12.2026")).toEqual(["Weihnachtskonzert"]);
});

test("the name of a month is also a word of titles, and a short one is first of all that", () => {
  expect(find("mars")).toEqual(["Mars Attack", "Spring Gala"]);
  expect(find("mar")).toEqual(["Mars Attack"]);
});

test("this weekend is the next Saturday and Sunday of the venue's own calendar, with Friday's evening", () => {
  const weekend = ["Winter Festival", "Night of Strings", "Requiem"];
  for (const query of ["this weekend", "weekend", "dieses Wochenende", "am Wochenende"])
    expect(find(query)).toEqual(weekend);
  expect(find("weekend wien")).toEqual(["Requiem"]);
  expect(find("next weekend")).toEqual([]);
  expect(find("samstag")).toEqual(["Winter Festival", "Night of Strings"]);
});

test("filters narrow by city, genre, days and whole price, and what there is to choose from is counted", () => {
  expect(find("", { city: "zurich" })).toEqual(IN_ZURICH);
  expect(find("", { genre: "classical", from: "2026-12-06" })).toEqual(["Weihnachtskonzert"]);
  expect(find("", { from: "2026-12-07", to: "2026-12-08" })).toEqual(["Winter Festival"]);
  expect(find("", { price: { maxMinor: 2_000, currency: "EUR" } })).toEqual(["Requiem"]);
  expect(find("", { price: { maxMinor: 1_999, currency: "EUR" } })).toEqual([]);
  const { cities, genres, currencies } = searchProgramme(programme, ProgrammeAsk.parse({}), NOW);
  expect(cities).toEqual([
    { name: "Wien", count: 1 },
    { name: "Zürich", count: 5 },
  ]);
  expect(genres.find(({ name }) => name === "Classical")?.count).toBe(2);
  expect(currencies).toEqual(["CHF", "EUR"]);
});

test("an event is listed until its end, or for the evening when nobody knows that", () => {
  const ask = ProgrammeAsk.parse({});
  const titles = (nowMs: number) =>
    searchProgramme(programme, ask, nowMs).items.map((one) => one.event.title);
  expect(titles(at(12, 7))).toContain("Winter Festival");
  expect(titles(at(12, 8))).not.toContain("Winter Festival");
  expect(titles(at(12, 5, 20))).toContain("Night of Strings");
  expect(titles(at(12, 6, 3))).not.toContain("Night of Strings");
});

test("pages of any size put together are all 800 events once, soonest first, each with the true count", () => {
  const many = makeProgramme(
    Array.from({ length: 800 }, (_, n) =>
      listEvent(event(`Concert ${n}`, { startsAtMs: at(12, 10) + (n % 97) * 3_600_000 }), null),
    ),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (limit) => {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = searchProgramme(many, ProgrammeAsk.parse({ query: "concert", after, limit }), NOW);
        expect([page.total, page.before]).toEqual([800, seen.length]);
        seen.push(...page.items.map((one) => one.event.id));
        after = page.next;
      } while (after !== null);
      expect(seen).toEqual(many.listed.map((one) => one.event.id));
    }),
    { numRuns: 20 },
  );
});

test("any text may be asked for, and folding a folded word changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      expect(() => find(text.replaceAll("\u0000", "").trim())).not.toThrow();
      for (const word of foldWords(text)) expect(foldWords(word)).toEqual([word]);
    }),
  );
});
