import { describe, expect, test } from "vitest";
import { parseEventFile } from "./parse-event-file.ts";

const iso = (ms: number | null | undefined) =>
  ms === null || ms === undefined ? ms : new Date(ms).toISOString();
const codes = (file: { problems: readonly { code: string; path: string }[] }) =>
  file.problems.map(({ path, code }) => `${path}: ${code}`);
const calendar = (...lines: string[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
const vevent = (...lines: string[]) => [
  "BEGIN:VEVENT",
  "UID:1",
  "SUMMARY:Strings",
  "LOCATION:Hall",
  ...lines,
  "END:VEVENT",
];

describe("Ticketmaster Discovery", () => {
  const discovery = (event: Record<string, unknown>) =>
    JSON.stringify({
      name: "Northern Static",
      id: "1",
      _embedded: { venues: [{ name: "Hall", timezone: "Europe/Zurich" }] },
      ...event,
    });
  const start = { localDate: "2027-07-05", localTime: "20:00:00" };

  test("the street and the postcode of a venue are its address", () => {
    const address = { line1: "Lindenhof 4", line2: "Side entrance" };
    const venues = [{ name: "Hall", timezone: "Europe/Zurich", address, postalCode: "8001" }];
    const dates = { start: { ...start, dateTime: "2027-07-05T18:00:00Z" } };
    const file = parseEventFile(discovery({ dates, _embedded: { venues } }), {});
    expect(file.events[0]?.venue.address).toBe("Lindenhof 4, Side entrance, 8001");
    for (const list of [
      "title,start,venue,address,postcode,timezone\nA,2027-07-05 20:00,Hall,Lindenhof 4,8001,Europe/Zurich\n",
      "Titel;Beginn;Halle;Strasse;PLZ;Zeitzone\nA;2027-07-05 20:00;Hall;Lindenhof 4;8001;Europe/Zurich\n",
      'title,start,venue,address,timezone\nA,2027-07-05 20:00,Hall,"Lindenhof 4, 8001",Europe/Zurich\n',
    ])
      expect(parseEventFile(list, {}).events[0]?.venue.address).toBe("Lindenhof 4, 8001");
  });

  test("a local time without an instant is taken on the venue's clock", () => {
    const file = parseEventFile(discovery({ dates: { start } }));
    expect(iso(file.events[0]?.startsAtMs)).toBe("2027-07-05T18:00:00.000Z");
  });

  test.each([
    [{ ...start, dateTBD: true }, "event.date_unknown"],
    [{ ...start, timeTBA: true }, "event.time_unknown"],
    [{ localDate: "2027-07-05", noSpecificTime: true }, "event.time_unknown"],
    [{ localDate: "2027-02-30", localTime: "20:00:00" }, "event.bad_start"],
    [{}, "event.missing_start"],
  ])("start %j is refused: %s", (bad, code) => {
    expect(codes(parseEventFile(discovery({ dates: { start: bad } })))).toEqual([`[0]: ${code}`]);
  });

  test("what was cancelled, put off or is a test is left out and named", () => {
    const text = JSON.stringify([
      ...["cancelled", "postponed"].map((code) => ({ name: code, dates: { start, status: { code } } })),
      { name: "test", test: true, dates: { start } },
    ]);
    const file = parseEventFile(text);
    expect(file).toMatchObject({ ok: true, found: 3, events: [] });
    expect(file.warnings.map(({ code }) => code)).toEqual([
      "event.not_happening",
      "event.not_happening",
      "event.test",
    ]);
  });

  test("no zone anywhere is a fault, unless the caller names one", () => {
    const bare = discovery({
      dates: { start },
      _embedded: { venues: [{ name: "Hall", city: { name: "Nowhere" } }] },
    });
    expect(codes(parseEventFile(bare))).toEqual(["[0]: event.missing_timezone"]);
    expect(parseEventFile(bare, { venueTimeZone: "Asia/Tokyo" }).events[0]?.timeZone).toBe("Asia/Tokyo");
    const byVenue = new Map([["hall", "America/Denver"]]);
    const both = parseEventFile(bare, { venueTimeZone: "Asia/Tokyo", venueTimeZones: byVenue });
    expect(both.events[0]?.timeZone).toBe("America/Denver");
  });

  test("an unknown zone is a fault that names it", () => {
    const file = parseEventFile(discovery({ dates: { start, timezone: "Mars/Olympus" } }));
    expect(codes(file)).toEqual(["[0]: event.unknown_timezone"]);
    expect(file.problems[0]?.details).toMatchObject({ zone: "Mars/Olympus" });
  });

  test("the same event twice is one event and one fault", () => {
    const one = JSON.parse(discovery({ dates: { start } })) as unknown;
    const file = parseEventFile(JSON.stringify([one, one]));
    expect(file.events).toHaveLength(1);
    expect(codes(file)).toEqual(["[1]: event.duplicate"]);
  });
});

describe("iCalendar", () => {
  test("an instant in UTC is shown on the calendar's zone", () => {
    const file = parseEventFile(
      calendar("X-WR-TIMEZONE:Europe/Zurich", ...vevent("DTSTART:20270705T180000Z")),
    );
    expect(file.events[0]).toMatchObject({ timeZone: "Europe/Zurich" });
    expect(iso(file.events[0]?.startsAtMs)).toBe("2027-07-05T18:00:00.000Z");
  });

  test("a floating time needs a zone from somebody", () => {
    const text = calendar(...vevent("DTSTART:20270705T200000"));
    expect(codes(parseEventFile(text))).toEqual(["line 3: event.missing_timezone"]);
    expect(iso(parseEventFile(text, { venueTimeZone: "Europe/Zurich" }).events[0]?.startsAtMs)).toBe(
      "2027-07-05T18:00:00.000Z",
    );
  });

  test.each([
    ["/mozilla.org/20050126_1/America/New_York", "America/New_York"],
    ["W. Europe Standard Time", "Europe/Berlin"],
    ['"Europe/London"', "Europe/London"],
  ])("TZID %s is %s", (tzid, zone) => {
    const file = parseEventFile(calendar(...vevent(`DTSTART;TZID=${tzid}:20270705T200000`)));
    expect(file.events[0]?.timeZone).toBe(zone);
  });

  test("a zone of the file's own is understood by the place written into it", () => {
    const zone = ["BEGIN:VTIMEZONE", "TZID:Our time", "X-LIC-LOCATION:Europe/Oslo", "END:VTIMEZONE"];
    const file = parseEventFile(calendar(...zone, ...vevent("DTSTART;TZID=Our time:20270705T200000")));
    expect(file.events[0]?.timeZone).toBe("Europe/Oslo");
  });

  test("an all-day entry starts at midnight, and is said to", () => {
    const file = parseEventFile(calendar(...vevent("DTSTART;VALUE=DATE:20270705")), {
      venueTimeZone: "Europe/Zurich",
    });
    expect(iso(file.events[0]?.startsAtMs)).toBe("2027-07-04T22:00:00.000Z");
    expect(file.warnings.map(({ code }) => code)).toEqual(["event.all_day"]);
  });

  test("a weekly series keeps its hour across a change of the clocks, without the dates taken out", () => {
    const file = parseEventFile(
      calendar(
        ...vevent(
          "DTSTART;TZID=Europe/Zurich:20270321T200000",
          "DURATION:PT90M",
          "RRULE:FREQ=WEEKLY;UNTIL=20270411T180000Z",
          "EXDATE:20270404T180000Z",
        ),
      ),
    );
    expect(file.problems).toEqual([]);
    expect(file.events.map((event) => iso(event.startsAtMs))).toEqual([
      "2027-03-21T19:00:00.000Z",
      "2027-03-28T18:00:00.000Z",
      "2027-04-11T18:00:00.000Z",
    ]);
    expect(iso(file.events[1]?.endsAtMs)).toBe("2027-03-28T19:30:00.000Z");
  });

  test("a date of a series that was moved stands once, at its new time", () => {
    const series = vevent("DTSTART;TZID=Europe/Zurich:20270601T200000", "RRULE:FREQ=DAILY;COUNT=2");
    const moved = vevent(
      "RECURRENCE-ID;TZID=Europe/Zurich:20270602T200000",
      "DTSTART;TZID=Europe/Zurich:20270603T190000",
    );
    const file = parseEventFile(calendar(...series, ...moved));
    expect(file.events.map((event) => iso(event.startsAtMs))).toEqual([
      "2027-06-01T18:00:00.000Z",
      "2027-06-03T17:00:00.000Z",
    ]);
  });

  test.each([
    ["RRULE:FREQ=DAILY", "event.endless_recurrence"],
    ["RRULE:FREQ=DAILY;COUNT=100000", "event.too_many_dates"],
    ["RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "event.too_often"],
    ["RRULE:FREQ=SOMETIMES", "event.unreadable"],
  ])("%s is refused: %s", (rule, code) => {
    expect(
      codes(parseEventFile(calendar(...vevent("DTSTART;TZID=Europe/Zurich:20270601T200000", rule)))),
    ).toEqual([`line 3: ${code}`]);
  });

  test("one broken event is one fault with its line; the others are read", () => {
    const text = calendar(
      ...vevent("DTSTART;TZID=Europe/Zurich:20270601T200000"),
      ...vevent("NONSENSE"),
      ...vevent("DTSTART;TZID=Europe/Zurich:2027").with(1, "UID:3"),
    );
    const file = parseEventFile(text);
    expect(file).toMatchObject({ ok: false, found: 3 });
    expect(file.events).toHaveLength(1);
    expect(codes(file)).toEqual(["line 9: event.unreadable", "line 15: event.bad_start"]);
  });

  test("what is cancelled is left out", () => {
    const file = parseEventFile(calendar(...vevent("STATUS:CANCELLED", "DTSTART:20270705T180000Z")));
    expect(file).toMatchObject({ ok: true, found: 1, events: [] });
  });
});

describe("CSV", () => {
  test("columns are found by their usual names, with any delimiter, and by mapping", () => {
    const text = "Event;Beginn;Venue;Time zone\nStrings;2027-07-05 20:00;Hall;Europe/Zurich\n";
    const file = parseEventFile(text, { columns: { start: "beginn" } });
    expect(file.problems).toEqual([]);
    expect(iso(file.events[0]?.startsAtMs)).toBe("2027-07-05T18:00:00.000Z");
  });

  test("date and time in two columns, with am and pm; an offset wins over the zone", () => {
    const text =
      "title,date,time,venue,timezone,end\nA,2027-07-05,7:30PM,Hall,Europe/Zurich,2027-07-05T22:00+02:00\n";
    const [event] = parseEventFile(text).events;
    expect([iso(event?.startsAtMs), iso(event?.endsAtMs)]).toEqual([
      "2027-07-05T17:30:00.000Z",
      "2027-07-05T20:00:00.000Z",
    ]);
  });

  test("every fault names its line, and a faulty line is no event", () => {
    const text = [
      "title,start,venue,city,country,currency,price_min,price_max",
      "Good,2027-07-05 20:00,Hall,Basel,CH,CHF,40,60.50",
      ",2027-07-05 20:00,Hall,Basel,CH,,,",
      "No start,,Hall,Basel,CH,,,",
      "Bad start,tomorrow,Hall,Basel,CH,,,",
      "Bad currency,2027-07-05 20:00,Hall,Basel,CH,francs,,",
      "Bad price,2027-07-05 20:00,Hall,Basel,CH,CHF,60,40",
      "No venue,2027-07-05 20:00,,Basel,CH,,,",
      "Too long,2027-07-05 20:00,Hall,Basel,CH,,,,more",
    ].join("\n");
    const file = parseEventFile(text);
    expect(file.events.map(({ title, priceRange }) => [title, priceRange])).toEqual([
      ["Good", { minMinor: 4_000, maxMinor: 6_050 }],
    ]);
    expect(codes(file).sort()).toEqual([
      "line 3: event.missing_title",
      "line 4: event.missing_start",
      "line 5: event.bad_start",
      "line 6: event.bad_currency",
      "line 7: event.bad_price",
      "line 8: event.missing_venue",
      "line 9: line.too_many_cells",
    ]);
  });

  test("a missing column is one fault of the header, not one of every line", () => {
    expect(codes(parseEventFile("title,venue\nA,Hall\nB,Hall\n"))).toEqual(["line 1: column.missing"]);
    const unknown = parseEventFile("title,start\nA,2027-07-05 20:00\n", {
      columns: { venue: "Ort", seat: "Nr" },
    });
    expect(codes(unknown)).toEqual(["line 1: column.not_found", "line 1: column.unknown_field"]);
  });

  test("a sale before 2000 or after its own end is left out and named", () => {
    const text =
      "title,start,venue,city,country,sale start,sale end\nA,2027-07-05 20:00,Hall,Basel,CH,1900-01-01 18:00,\nB,2027-07-05 21:00,Hall,Basel,CH,2027-02-01 10:00,2027-01-01 10:00\n";
    const file = parseEventFile(text);
    expect(file.events.map((event) => event.saleWindows)).toEqual([[], []]);
    expect(file.warnings.map(({ code }) => code).filter((code) => code.startsWith("sale"))).toEqual([
      "sale_window.placeholder_start",
      "sale_window.never_open",
    ]);
  });
});

test("what is no event file says which formats there are", () => {
  for (const text of ["", "hello", "{}", "[1,2]", '{"zones":[]}', "a,b\n1,2\n", "<svg/>"]) {
    expect(codes(parseEventFile(text))).toEqual(["line 1: file.unknown_format"]);
  }
});
