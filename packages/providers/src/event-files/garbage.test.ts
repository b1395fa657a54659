import type { EventFile } from "@onsale/core/event/import-event";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseEventFile } from "./parse-event-file.ts";

const SAMPLES = {
  ticketmaster: JSON.stringify({
    _embedded: {
      events: [
        {
          name: "Northern Static",
          id: "a1",
          dates: {
            start: { localDate: "2027-03-05", localTime: "20:00:00", dateTime: "2027-03-05T19:00:00Z" },
            timezone: "Europe/Zurich",
          },
          sales: {
            public: { startDateTime: "2026-12-01T09:00:00Z", endDateTime: "2027-03-05T19:00:00Z" },
            presales: [
              { name: "Members", startDateTime: "2026-11-01T09:00:00Z", endDateTime: "2026-12-01T09:00:00Z" },
            ],
          },
          priceRanges: [{ type: "standard", currency: "CHF", min: 40.5, max: 120 }],
          classifications: [{ primary: true, segment: { name: "Music" }, genre: { name: "Rock" } }],
          _embedded: {
            venues: [
              {
                name: "Hall",
                city: { name: "Basel" },
                country: { countryCode: "CH" },
                timezone: "Europe/Zurich",
              },
            ],
          },
        },
      ],
    },
  }),
  nyphil: JSON.stringify({
    programs: [
      {
        id: "p1",
        orchestra: "Players",
        concerts: [
          {
            eventType: "Special",
            Location: "Manhattan, NY",
            Venue: "Hall",
            Date: "2024-09-12T04:00:00Z",
            Time: "7:30PM",
          },
        ],
        works: [
          { composerName: "Doe,  Jo", workTitle: { _: "Prologue to", em: "Tea" } },
          { interval: "Intermission" },
        ],
      },
    ],
  }),
  ical: "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Night\r\n of strings\r\nDTSTART;TZID=Europe/Zurich:20270305T200000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Europe/Zurich:20270312T200000\r\nDURATION:PT2H\r\nLOCATION:Hall\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
  csv: 'title,start,venue,city,timezone,price_min,currency\r\n"Night, of strings",2027-03-05 20:00,Hall,Basel,Europe/Zurich,40.50,CHF\r\n',
} as const;

/** What must hold for every answer, whatever the input was; the names of what does not. */
function unsound({ ok, events, problems, warnings }: EventFile): string[] {
  const notes = [...problems, ...warnings];
  const rules: [string, boolean][] = [
    ["ok exactly without problems", ok === (problems.length === 0)],
    ["stable codes", notes.every(({ code }) => /^[a-z_]+\.[a-z_]+$/.test(code))],
    ["titles", events.every(({ title }) => title !== "")],
    ["starts", events.every(({ startsAtMs }) => Number.isFinite(startsAtMs))],
    ["ends", events.every(({ startsAtMs, endsAtMs }) => endsAtMs === null || endsAtMs > startsAtMs)],
    [
      "windows",
      events.every(({ saleWindows }) => saleWindows.every((one) => one.opensAtMs < one.closesAtMs)),
    ],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => rule);
}

const samples = Object.values(SAMPLES);

test("the samples are good", () => {
  expect(
    Object.entries(SAMPLES).map(([format, text]) => [
      format,
      parseEventFile(text).format,
      parseEventFile(text).ok,
    ]),
  ).toEqual(Object.keys(SAMPLES).map((format) => [format, format, true]));
});

test("a file cut off at any character is answered", () => {
  for (const text of samples)
    for (let cut = 0; cut < text.length; cut += 1)
      expect(unsound(parseEventFile(text.slice(0, cut)))).toEqual([]);
});

test("a file with characters changed, moved or doubled is answered", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.string({ unit: "grapheme", maxLength: 6 })), {
        minLength: 1,
        maxLength: 8,
      }),
      (sample, edits) => {
        let text: string = sample;
        for (const [at, length, insert] of edits) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + insert + text.slice(from + length);
        }
        expect(unsound(parseEventFile(text))).toEqual([]);
      },
    ),
    { numRuns: 600 },
  );
});

test("any JSON in place of any value is answered", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(SAMPLES.ticketmaster, SAMPLES.nyphil),
      fc.nat(),
      fc.jsonValue(),
      (sample, pick, value) => {
        let seen = 0;
        const count = (JSON.stringify(JSON.parse(sample)).match(/[{[,:]/g) ?? []).length;
        const text = JSON.stringify(
          JSON.parse(sample, (_key, old: unknown) => (seen++ === pick % count ? value : old)),
        );
        expect(
          unsound(parseEventFile(text, { format: sample === SAMPLES.nyphil ? "nyphil" : "ticketmaster" })),
        ).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});

test("garbage in any format is answered", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom("ticketmaster", "nyphil", "ical", "csv", undefined),
      (text, format) => {
        expect(unsound(parseEventFile(text, format ? { format } : {}))).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});
