import { decodeText } from "@onsale/core/shared/decode-text";
import type { EventFileOptions } from "@onsale/core/event/import-event";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEventFile } from "./parse-event-file.ts";

const iso = (ms: number | null | undefined) =>
  ms == null ? null : `${new Date(ms).toISOString().slice(0, 16)}Z`;
const told = (text: string, options?: EventFileOptions) =>
  parseEventFile(text, options).problems.map(({ code, path }) => `${path}: ${code}`);
const warned = (text: string, options?: EventFileOptions) =>
  parseEventFile(text, options).warnings.map(({ code }) => code);
const starts = (text: string, options?: EventFileOptions) =>
  parseEventFile(text, options).events.map((event) => iso(event.startsAtMs));

const calendar = (...lines: readonly string[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
const vevent = (...lines: readonly string[]) => [
  "BEGIN:VEVENT",
  "UID:a@case.example",
  "SUMMARY:Weekly play",
  "LOCATION:Case Hall",
  ...lines,
  "END:VEVENT",
];
const WEEKLY = [
  "DTSTART;TZID=Europe/Zurich:20270303T200000",
  "DTEND;TZID=Europe/Zurich:20270303T220000",
  "RRULE:FREQ=WEEKLY;COUNT=3",
];
/** Three Wednesdays at 20:00 in Zurich. */
const WEEKS = ["2027-03-03T19:00Z", "2027-03-10T19:00Z", "2027-03-17T19:00Z"];

/** The second Wednesday, said in every way that a file may say it. */
const SECOND = [
  "RECURRENCE-ID:20270310T190000Z",
  "RECURRENCE-ID;TZID=Europe/Zurich:20270310T200000",
  "RECURRENCE-ID;TZID=Europe/London:20270310T190000",
  "RECURRENCE-ID;TZID=America/New_York:20270310T140000",
  "RECURRENCE-ID;TZID=W. Europe Standard Time:20270310T200000",
  "RECURRENCE-ID:20270310T200000",
  "RECURRENCE-ID;VALUE=DATE:20270310",
];

describe("a series of iCalendar", () => {
  test.each(SECOND)("a date moved by %s stands once, at its new time", (named) => {
    const moved = vevent(named, "DTSTART;TZID=Europe/Zurich:20270310T180000");
    const expected = [WEEKS[0], WEEKS[2], "2027-03-10T17:00Z"];
    expect(starts(calendar(...vevent(...WEEKLY), ...moved))).toEqual(expected);
    // The change may stand before what it changes.
    expect(starts(calendar(...moved, ...vevent(...WEEKLY)))).toEqual(expected);
  });

  test.each(SECOND)("a date cancelled by %s is left out, and said to be", (named) => {
    const text = calendar(
      ...vevent(...WEEKLY),
      ...vevent("STATUS:CANCELLED", named, "DTSTART;TZID=Europe/Zurich:20270310T180000"),
    );
    expect(starts(text)).toEqual([WEEKS[0], WEEKS[2]]);
    expect(warned(text)).toEqual(["event.not_happening"]);
  });

  test.each(SECOND.map((named) => named.replace("RECURRENCE-ID", "EXDATE")))(
    "%s leaves that date out",
    (named) => {
      expect(starts(calendar(...vevent(...WEEKLY, named)))).toEqual([WEEKS[0], WEEKS[2]]);
      // Dates that are none of the series do not hide one that is.
      const more = ["EXDATE:20270304T190000Z,20270305T190000Z", named, "EXDATE;VALUE=DATE:20270306"];
      expect(starts(calendar(...vevent(...WEEKLY, ...more)))).toEqual([WEEKS[0], WEEKS[2]]);
    },
  );

  test("a change for this and all following moves the following, and a cancelled one ends the series", () => {
    const named = "RECURRENCE-ID;RANGE=THISANDFUTURE:20270310T190000Z";
    const moved = vevent(named, "DTSTART;TZID=Europe/Zurich:20270310T193000");
    expect(starts(calendar(...vevent(...WEEKLY), ...moved))).toEqual([
      WEEKS[0],
      "2027-03-17T18:30Z",
      "2027-03-10T18:30Z",
    ]);
    const ended = vevent("STATUS:CANCELLED", named, "DTSTART;TZID=Europe/Zurich:20270310T193000");
    expect(starts(calendar(...vevent(...WEEKLY), ...ended))).toEqual([WEEKS[0]]);
  });

  test.each([
    ["a day", "UNTIL=20270317"],
    ["an instant", "UNTIL=20270317T190000Z"],
    ["the clock's own time", "UNTIL=20270317T200000"],
  ])("an UNTIL that is %s counts the last date", (_, until) => {
    expect(starts(calendar(...vevent(...WEEKLY).with(6, `RRULE:FREQ=WEEKLY;${until}`)))).toEqual(WEEKS);
  });

  test("added dates may be periods, instants or days; a period has its own end", () => {
    const added = (line: string) =>
      parseEventFile(calendar(...vevent(...WEEKLY, line))).events.map((event) => [
        iso(event.startsAtMs),
        iso(event.endsAtMs),
      ]);
    expect(added("RDATE;VALUE=PERIOD:20270401T180000Z/20270401T200000Z").at(-1)).toEqual([
      "2027-04-01T18:00Z",
      "2027-04-01T20:00Z",
    ]);
    expect(added("RDATE;VALUE=PERIOD:20270401T180000Z/PT45M").at(-1)).toEqual([
      "2027-04-01T18:00Z",
      "2027-04-01T18:45Z",
    ]);
    expect(added("RDATE;TZID=Europe/London:20270401T190000").at(-1)).toEqual([
      "2027-04-01T18:00Z",
      "2027-04-01T20:00Z",
    ]);
    expect(added("RDATE;VALUE=DATE:20270401").at(-1)?.[0]).toBe("2027-04-01T18:00Z");
    expect(starts(calendar(...vevent(...WEEKLY.slice(0, 2), "RDATE:20270310T190000Z")))).toEqual(
      WEEKS.slice(0, 2),
    );
  });

  test("a series in UTC keeps its instant across a change of the clocks, and the hour on the wall is said", () => {
    const text = calendar(
      "X-WR-TIMEZONE:Europe/Zurich",
      ...vevent("DTSTART:20270317T190000Z", "DTEND:20270317T210000Z", "RRULE:FREQ=WEEKLY;COUNT=3"),
    );
    expect(starts(text)).toEqual(["2027-03-17T19:00Z", "2027-03-24T19:00Z", "2027-03-31T19:00Z"]);
    expect(warned(text)).toEqual(["event.series_in_utc"]);
    expect(parseEventFile(text).warnings[0]?.details).toMatchObject({ hours: ["20:00", "21:00"] });
  });

  test("a date that no rule has and no zone knows is refused by name", () => {
    const text = calendar(...vevent(...WEEKLY, "EXDATE;TZID=Mars/Olympus:20270310T200000"));
    expect(told(text)).toEqual(["line 3: event.bad_recurrence"]);
  });
});

describe("zones of iCalendar", () => {
  const observance = (kind: string, ...lines: readonly string[]) => [
    `BEGIN:${kind}`,
    ...lines,
    `END:${kind}`,
  ];
  const fixed = (name: string, offset: string) => [
    "BEGIN:VTIMEZONE",
    `TZID:${name}`,
    ...observance("STANDARD", "DTSTART:19700101T000000", `TZOFFSETFROM:${offset}`, `TZOFFSETTO:${offset}`),
    "END:VTIMEZONE",
  ];
  const summertime = [
    "BEGIN:VTIMEZONE",
    "TZID:GMT",
    ...observance(
      "STANDARD",
      "DTSTART:20001029T020000",
      "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
      "TZOFFSETFROM:+0100",
      "TZOFFSETTO:+0000",
    ),
    ...observance(
      "DAYLIGHT",
      "DTSTART:20000326T010000",
      "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
      "TZOFFSETFROM:+0000",
      "TZOFFSETTO:+0100",
    ),
    "END:VTIMEZONE",
  ];

  test("the file's own rules win over a known name", () => {
    const text = calendar(
      ...summertime,
      ...vevent("DTSTART;TZID=GMT:20270723T142000", "DTEND;TZID=GMT:20270723T160000"),
    );
    expect(starts(text)).toEqual(["2027-07-23T13:20Z"]);
    expect(starts(text, { venueTimeZone: "Europe/Lisbon" })).toEqual(["2027-07-23T13:20Z"]);
    expect(warned(text)).toEqual(["event.timezone_by_clock"]);
    expect(starts(calendar(...summertime, ...vevent("DTSTART;TZID=GMT:20270123T142000")))).toEqual([
      "2027-01-23T14:20Z",
    ]);
  });

  test("a zone that only the file knows is read by its rules, and shown in one with the same clock", () => {
    const text = calendar(
      ...fixed("Hall clock", "+1100"),
      ...vevent("DTSTART;TZID=Hall clock:20270201T200000", "DTEND;TZID=Hall clock:20270201T220000"),
    );
    expect(parseEventFile(text)).toMatchObject({ ok: true, events: [{ timeZone: "Etc/GMT-11" }] });
    expect(starts(text)).toEqual(["2027-02-01T09:00Z"]);
    expect(parseEventFile(text, { venueTimeZone: "Pacific/Noumea" })).toMatchObject({
      events: [{ timeZone: "Pacific/Noumea" }],
      warnings: [],
    });
  });

  test("a zone that nobody knows is helped by the venue's, and refused without it", () => {
    const text = calendar(...vevent("DTSTART;TZID=Our place:20270705T200000"));
    expect(told(text)).toEqual(["line 3: event.unknown_timezone"]);
    expect(starts(text, { venueTimeZone: "Europe/Zurich" })).toEqual(["2027-07-05T18:00Z"]);
    const byVenue = new Map([["case hall", "Europe/London"]]);
    expect(starts(text, { venueTimeZones: byVenue })).toEqual(["2027-07-05T19:00Z"]);
    expect(warned(text, { venueTimeZone: "Europe/Zurich" })).toEqual(["event.timezone_replaced"]);
  });

  test("the end has its own zone", () => {
    const ends = (...lines: readonly string[]) =>
      parseEventFile(calendar(...vevent(...lines))).events.map((event) => iso(event.endsAtMs));
    expect(
      ends("DTSTART;TZID=Europe/London:20270505T200000", "DTEND;TZID=Europe/Paris:20270505T233000"),
    ).toEqual(["2027-05-05T21:30Z"]);
    expect(
      ends("DTSTART;TZID=America/New_York:20270505T230000", "DTEND;TZID=America/Los_Angeles:20270505T223000"),
    ).toEqual(["2027-05-06T05:30Z"]);
    expect(ends("DTSTART;TZID=Europe/London:20270505T200000", "DTEND:20270505T213000Z")).toEqual([
      "2027-05-05T21:30Z",
    ]);
    expect(ends("DTSTART;TZID=Europe/London:20270505T200000", "DTEND;TZID=Moon:20270505T213000")).toEqual([
      null,
    ]);
  });

  test("each event has the zone it names, in a file with several", () => {
    const text = calendar(
      ...fixed("Europe/Berlin", "+0100"),
      ...fixed("Africa/Bissau", "+0000"),
      ...vevent("DTSTART;TZID=Europe/Berlin:20270115T150000"),
      ...vevent("DTSTART;TZID=Africa/Bissau:20270115T150000").with(1, "UID:b"),
      ...vevent("DTSTART:20270115T150000", "DURATION:PT1H30M").with(1, "UID:c"),
    );
    const file = parseEventFile(text, { venueTimeZone: "Asia/Tokyo" });
    expect(file.events.map((event) => [event.timeZone, iso(event.startsAtMs), iso(event.endsAtMs)])).toEqual([
      ["Europe/Berlin", "2027-01-15T14:00Z", null],
      ["Africa/Bissau", "2027-01-15T15:00Z", null],
      ["Asia/Tokyo", "2027-01-15T06:00Z", "2027-01-15T07:30Z"],
    ]);
    expect(told(text)).toEqual(["line 31: event.missing_timezone"]);
  });

  test.each([
    ["Romance Standard Time", "Europe/Paris"],
    ["Egypt Standard Time", "Africa/Cairo"],
    ["Newfoundland Standard Time", "America/St_Johns"],
  ])("%s of Windows is %s", (tzid, zone) => {
    expect(
      parseEventFile(calendar(...vevent(`DTSTART;TZID=${tzid}:20270705T200000`))).events[0]?.timeZone,
    ).toBe(zone);
  });

  test("rules of no real zone are answered, and in time", () => {
    for (const rule of [
      "FREQ=SECONDLY",
      "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
      "FREQ=YEARLY;BYDAY=53SU;BYMONTH=2",
      "FREQ=DAILY;INTERVAL=1",
    ]) {
      const zone = [
        "BEGIN:VTIMEZONE",
        "TZID:X",
        ...observance(
          "STANDARD",
          "DTSTART:19700101T000000",
          `RRULE:${rule}`,
          "TZOFFSETFROM:+0100",
          "TZOFFSETTO:+0100",
        ),
        "END:VTIMEZONE",
      ];
      const file = parseEventFile(calendar(...zone, ...vevent("DTSTART;TZID=X:20270705T200000")), {
        venueTimeZone: "Europe/Zurich",
      });
      expect(file.found).toBe(1);
    }
  });

  test("the same rules as a known zone give the same instants, on every day of the year", () => {
    const zurich = summertime.map((line) =>
      line
        .replace("TZID:GMT", "TZID:Own")
        .replaceAll("+0100", "+0200")
        .replaceAll("+0000", "+0100")
        .replace("T020000", "T030000")
        .replace("T010000", "T020000"),
    );
    const days = fc.integer({ min: 0, max: 3_650 });
    fc.assert(
      fc.property(days, fc.integer({ min: 4, max: 23 }), (day, hour) => {
        const date = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10).replaceAll("-", "");
        const at = (tzid: string) =>
          starts(
            calendar(
              ...zurich,
              ...vevent(`DTSTART;TZID=${tzid}:${date}T${String(hour).padStart(2, "0")}0000`),
            ),
          );
        expect(at("Own")).toEqual(at("Europe/Zurich"));
      }),
      { numRuns: 150 },
    );
  });
});

describe("the names of a feed", () => {
  const once = (sequence: string, start: string) =>
    vevent(`SEQUENCE:${sequence}`, `DTSTART;TZID=Europe/Berlin:${start}T200000`);

  test("an event keeps its UID and says how new it is", () => {
    expect(parseEventFile(calendar(...once("11", "20270711"))).events[0]?.feed).toEqual({
      uid: "ical:a@case.example",
      sequence: 11,
    });
  });

  test("each date of a series has a name of its own, which a moved date keeps", () => {
    const uids = (...lines: readonly string[]) =>
      parseEventFile(calendar(...lines)).events.map((event) => event.feed?.uid);
    const regular = uids(...vevent(...WEEKLY));
    expect(new Set(regular).size).toBe(3);
    for (const named of SECOND) {
      const moved = uids(
        ...vevent(...WEEKLY),
        ...vevent(named, "DTSTART;TZID=Europe/Zurich:20270312T180000"),
      );
      expect(new Set(moved)).toEqual(new Set(regular));
    }
  });

  test("of two entries with one UID the newer is taken, wherever it stands, and the older is named", () => {
    const [old, young] = [once("10", "20270710"), once("11", "20270711")];
    for (const both of [
      [...old, ...young],
      [...young, ...old],
    ]) {
      expect(starts(calendar(...both))).toEqual(["2027-07-11T18:00Z"]);
      expect(warned(calendar(...both))).toEqual(["event.superseded"]);
    }
    expect(told(calendar(...once("1", "20270710"), ...once("1", "20270711")))).toEqual([
      "line 10: event.same_uid",
    ]);
  });

  test("numbers of a list are no names of a feed, what calls itself a UID is", () => {
    const feeds = (header: string) =>
      parseEventFile(
        `${header},title,start,venue,timezone\n7,A,2027-05-01 20:00,Hall,Europe/Zurich\n`,
      ).events.map((event) => event.feed);
    expect([feeds("id"), feeds("uid")]).toEqual([[null], [{ uid: "csv:7", sequence: 0 }]]);
  });
});

test("a line folded inside a character gives the whole word", () => {
  const head = new TextEncoder().encode("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nSUMMARY:Gro");
  const tail = new TextEncoder().encode(
    "er Abend\r\nLOCATION:Case Hall\r\nDTSTART;TZID=Europe/Berlin:20270115T150000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
  );
  const read = decodeText(Uint8Array.from([...head, 0xc3, 13, 10, 32, 0x9f, ...tail]));
  expect(read.ok ? parseEventFile(read.text).events[0]?.title : read.fault).toBe("Großer Abend");
});
