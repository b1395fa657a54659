import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText } from "../../shared/decode-text.ts";
import { findCoincident } from "../coincident-seats.ts";
import type { LayoutDocument } from "../layout.ts";
import { seatRuns } from "../seat-runs.ts";
import { importLayout } from "./import-layout.ts";

/** The way of every door: bytes to text by the one decoder, text to a layout. */
function importBytes(bytes: Uint8Array, options = {}) {
  const read = decodeText(bytes);
  return read.ok ? importLayout(read.text, options) : read;
}
const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf16le = (text: string) =>
  Uint8Array.from([
    0xff,
    0xfe,
    ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).flatMap((unit) => [
      unit & 255,
      unit >> 8,
    ]),
  ]);
const told = (text: string, options = {}) =>
  importLayout(text, options).problems.map(({ code, path }) => `${code} ${path}`);
const notes = (text: string) => importLayout(text).notes.map(({ code }) => code);

/** "A, row 1: 1 2" of every run, as fans would read it. */
function places(layout: LayoutDocument | null | undefined): string[] {
  return (layout?.sections ?? []).flatMap((section) =>
    section.kind === "seated"
      ? seatRuns(section).map(
          ({ kind, label, seats }) =>
            `${section.label}, ${kind} ${label}: ${seats.map((seat) => seat.label).join(" ")}`,
        )
      : [],
  );
}
const placesOf = (text: string, options = {}) => places(importLayout(text, options).layout);

describe("the encoding of a seat list", () => {
  const list = "Sektor;Reihe;Platz\r\nSüdtribüne;1;1\r\nSüdtribüne;1;2\r\n";
  test.each([
    ["UTF-8", utf8(list)],
    ["UTF-8 with its mark", Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8(list)])],
    ["Latin-1", latin1(list)],
    ["UTF-16", utf16le(list.replaceAll(";", "\t"))],
  ])("%s gives the same layout", (_, bytes) => {
    const result = importBytes(bytes);
    expect("layout" in result ? places(result.layout) : result).toEqual(["Südtribüne, row 1: 1 2"]);
  });

  test("a list in which characters were lost before is refused at its line", () => {
    expect(told("section,row,seat\nA,1,1\nS\uFFFDd,1,2\n")).toEqual(["file.lost_character line 3"]);
    expect(told('{"format":"onsale-layout",\n"name":"\uFFFD"}')).toEqual(["file.lost_character line 2"]);
  });
});

describe("what a spreadsheet adds", () => {
  test("lines of delimiters, a title above the header and any line end are left out or read", () => {
    expect(placesOf("section,row,seat,,\nA,1,1,,\nA,1,2,,\n,,,,\n\n  \nA,2,1\n")).toEqual([
      "A, row 1: 1 2",
      "A, row 2: 1",
    ]);
    expect(placesOf("Case Hall seat list 2027,,\nsection,row,seat\nA,1,1\n")).toEqual(["A, row 1: 1"]);
    expect(notes("Case Hall seat list 2027,,\nsection,row,seat\nA,1,1\n")).toEqual([
      "csv.lines_above_header",
    ]);
    expect(placesOf("Sektor;Reihe;Platz\rA;1;1\rA;1;2\r")).toEqual(["A, row 1: 1 2"]);
  });

  test("the delimiter is named by sep= or seen in the lines, whatever the header's words hold", () => {
    expect(placesOf("sep=;\r\nsection;row;seat\r\nA,B;1;1\r\n")).toEqual(["A,B, row 1: 1"]);
    expect(placesOf("Sektor;Reihe (A, B, C, D);Platz\nA;X;1\nA;X;2\n")).toEqual(["A, row X: 1 2"]);
    expect(placesOf('Sektor;Reihe (A, B, C oder D);Platz;"Notiz, kurz"\nA;X;1;x\nA;X;2;y\n')).toEqual([
      "A, row X: 1 2",
    ]);
    expect(notes('Sektor;Reihe;Platz;"Notiz, kurz"\nA;X;1;x\n')).toEqual(["csv.columns_left_out"]);
  });

  test('text cells ="007" are 007, and zeros and case stay as they are written', () => {
    expect(placesOf('section,row,seat\n="A",="01",="007"\n="A",="01",="008"\n')).toEqual([
      "A, row 01: 007 008",
    ]);
    expect(placesOf("section,row,seat\nA,1,01\nA,1,1\nA,01,1\n")).toEqual(["A, row 01: 1", "A, row 1: 01 1"]);
    expect(placesOf("section,row,seat\nA,a,1\nA,A,1\nblock b,1,1\nBlock B,1,1\n")).toHaveLength(4);
    expect(placesOf('section,row,seats\nA,1,01-04\nA,2,"1-3,7"\n')).toEqual([
      "A, row 1: 01 02 03 04",
      "A, row 2: 1 2 3 7",
    ]);
  });

  test("what looks like a date or a formula is a label", () => {
    expect(placesOf("section,row,seat\nA,1,1-2\nA,1,2. Jan\n")).toEqual(["A, row 1: 1-2 2. Jan"]);
    expect(placesOf('section,row,seat\n"=HYPERLINK(""http://a.example"",""A"")",1,1\n@B,+1,-1\n')).toEqual([
      '=HYPERLINK("http://a.example","A"), row 1: 1',
      "@B, row +1: -1",
    ]);
  });

  test("coordinates with a decimal comma are coordinates", () => {
    const { layout } = importLayout("section;row;seat;x;y\nA;1;1;12,5;3,0\nA;1;2;34,5;-3,25\n");
    expect(layout?.sections).toMatchObject([
      {
        rows: [
          {
            seats: [
              { x: 12.5, y: 3 },
              { x: 34.5, y: -3.25 },
            ],
          },
        ],
      },
    ]);
  });

  test("labels of other scripts and signs are kept, too long ones and bad ranges refused by line", () => {
    expect(placesOf("section,row,seat\nמרפסת,א,١\nמרפסת,א,٢\n🎭 Loge,♿,1\n")).toHaveLength(2);
    expect(told(`section,row,seat\n${"Tribüne ".repeat(12)},1,1\n`)).toEqual(["document.too_big line 2"]);
    expect(told("section,row,seats\nA,1,1..4\nA,4,A1-A4\nA,5,2-8 even\n")).toEqual([
      "row.bad_seats line 3",
      "row.bad_seats line 4",
    ]);
  });
});

describe("labels that look the same", () => {
  test("are refused as duplicates, each by its line", () => {
    expect(told("section,row,seat\nA,1,7\nA,1,7\u200b\nA,1,\u202e7\nA,1,7\u00ad\n")).toEqual([
      "seat.duplicate_label line 3",
      "seat.duplicate_label line 4",
      "seat.duplicate_label line 5",
    ]);
    expect(told("section,row,seat\nBlock A,1,1\nBlock  A,1,1\n")).toEqual(["seat.duplicate_label line 3"]);
    expect(told("section,row,seat,x,y\nBlock A,1,1,0,0\nBlock\u00a0A,1\u200e,１,40,0\n")).toEqual([
      "seat.duplicate_label line 3",
    ]);
  });

  test("are refused in every format and in our own documents", () => {
    const seat = (label: string, x: number) => ({ label, x, y: 0, categoryKey: "1" });
    const chart = {
      name: "C",
      categories: { list: [{ key: "1", label: "A", color: "#111111" }] },
      subChart: { rows: [{ label: "R", seats: [seat("1", 0), seat("1\u200b", 30)] }] },
    };
    expect(told(JSON.stringify(chart))).toEqual(["seat.duplicate_label subChart.rows[0].seats[1]"]);
    const { layout } = importLayout("section,row,seat\nA,1,1\nA,1,2\nB,1,1\n");
    const own = JSON.stringify(layout);
    expect(told(own.replace('"label":"2"', '"label":"\u00ad1"'))).toEqual([
      expect.stringContaining("seat.duplicate_label sections[0]"),
    ]);
    expect(told(own.replace('"label":"B"', '"label":" A\u2060"'))).toEqual([
      expect.stringContaining("section.duplicate_label sections[1]"),
    ]);
    expect(told(own.replace('"label":"2"', '"label":"\u200b\u2060"'))).toEqual([
      expect.stringContaining("seat.missing_label sections[0]"),
    ]);
    const rows = [
      { name: "1", seats: "2" },
      { name: "1\u200b", seats: "2" },
    ];
    expect(told(JSON.stringify({ west: { a: { name: "1", rows } } }))).toHaveLength(2);
  });

  test("get names that differ to the eye when asked for, and no seat is lost", () => {
    const result = importLayout("section,row,seat\nA,1,7\nA,1,7\u200b\nA,1,\u202e7\n", {
      renameDuplicates: true,
    });
    expect(places(result.layout)).toEqual(["A, row 1: 7 7-2 7-3"]);
  });

  test("categories whose names look the same are one category", () => {
    const result = importLayout("section,row,seat,category\nA,1,1,Gold\nA,1,2,Gold\u00a0\nA,1,3,Silver\n");
    expect(result.layout?.categories.map(({ label }) => label)).toEqual(["Gold", "Silver"]);
  });

  test("no list of seats on sale ever holds two that a person cannot tell apart", () => {
    const label = fc
      .tuple(
        fc.constantFrom("1", "2", "01", "a"),
        fc.constantFrom("", "\u200b", "\u00ad", " ", "\u00a0", "\u200f"),
      )
      .map(([text, sign]) => text + sign);
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label, label), { minLength: 1, maxLength: 12 }), (lines) => {
        const { layout, ok } = importLayout(
          `section,row,seat\n${lines.map((line) => line.join(",")).join("\n")}\n`,
        );
        const seen = lines.map((line) => line.map((text) => text.replaceAll(/[^0-9a]/g, "")).join("/"));
        expect(ok).toBe(new Set(seen).size === seen.length);
        expect(layout === null).toBe(!ok);
      }),
    );
  });
});

describe("tables without coordinates", () => {
  test("stand behind the rows of their section, as tables", () => {
    const text =
      "section,row,table,seat\nBallroom,1,,1\nBallroom,1,,2\nBallroom,,1,1\nBallroom,,1,2\nBallroom,,2,1\n";
    const { layout, ok } = importLayout(text);
    expect(ok).toBe(true);
    expect(places(layout)).toEqual([
      "Ballroom, row 1: 1 2",
      "Ballroom, table 1: 1 2",
      "Ballroom, table 2: 1",
    ]);
    expect(layout?.sections).toMatchObject([
      { rows: [{}], tables: [{ shape: "round" }, { shape: "round" }] },
    ]);
  });

  test("of any number and size never touch each other, their rows or other sections", () => {
    const sections = fc.array(
      fc.record({
        rows: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
        tables: fc.array(fc.integer({ min: 1, max: 14 }), { minLength: 1, maxLength: 9 }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(sections, (parts) => {
        const lines = parts.flatMap(({ rows, tables }, section) => [
          ...rows.flatMap((seats, row) =>
            Array.from({ length: seats }, (_, i) => `S${section},${row},,${i}`),
          ),
          ...tables.flatMap((seats, table) =>
            Array.from({ length: seats }, (_, i) => `S${section},,${table},${i}`),
          ),
        ]);
        const result = importLayout(`section,row,table,seat\n${lines.join("\n")}\n`);
        expect(result.problems).toEqual([]);
        expect(result.counts.seats).toBe(lines.length);
        const seats = (result.layout?.sections ?? []).flatMap((section) =>
          section.kind === "seated" ? seatRuns(section).flatMap((run) => run.seats) : [],
        );
        // Twice as near as the fault "stands where another stands" would be a hint of it already.
        expect([
          ...findCoincident(
            seats.map((seat) => ({ ...seat, x: seat.x / 2, y: seat.y / 2 })),
            () => "",
          ),
        ]).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("headers", () => {
  test.each([
    "Secteur;Rangée;Siège\nA;1;1\n",
    "Sector;Fila;Butaca\nA;1;1\n",
    "Settore;Fila;Posto\nA;1;1\n",
    "Setor;Fileira;Assento\nA;1;1\n",
    "Vak;Rij;Stoel\nA;1;1\n",
    "Sektion;Rad;Plats\nA;1;1\n",
    "Sekcja;Rząd;Miejsce\nA;1;1\n",
    "Сектор;Ряд;Место\nA;1;1\n",
    "ブロック,列,座席\nA,1,1\n",
    "區域,排,座位\nA,1,1\n",
    "구역,열,좌석\nA,1,1\n",
    "SECTION_NAME;Row No.;Seat No.\nA;1;1\n".replace("_NAME", ""),
  ])("%s are found", (text) => {
    expect(placesOf(text)).toEqual(["A, row 1: 1"]);
  });

  test("columns can be given by number, and left out on purpose", () => {
    const text = "a,b,c,row\nNorth,5,1,x\nNorth,5,2,y\n";
    const csvColumns = { section: "#1", row: "#2", seat: "#3" };
    expect(placesOf(text, { csvColumns })).toEqual(["North, row 5: 1 2"]);
    expect(placesOf("row,seat\nx,1\ny,2\n", { csvColumns: { row: "" } })).toEqual(["Main, row 1: 1 2"]);
    expect(told(text, { csvColumns: { ...csvColumns, seat: "#9" } })).toContain("csv.no_column line 1");
  });
});

describe("seats.io and pretix", () => {
  test("what a seats.io chart displays is what fans see", () => {
    const chart = {
      name: "C",
      categories: { list: [{ key: "1", label: "A" }] },
      subChart: {
        sections: [
          {
            label: "SEC-01",
            displayedLabel: "Balcony",
            categoryKey: "1",
            topLeft: { x: 0, y: 0 },
            subChart: {
              rows: [
                {
                  label: "R-1",
                  displayLabel: "A",
                  seats: [
                    { label: "S-1", displayedLabel: "1", x: 0, y: 0 },
                    { label: "2", displayedLabel: null, x: 20, y: 0 },
                  ],
                },
              ],
            },
          },
        ],
      },
    };
    expect(placesOf(JSON.stringify(chart))).toEqual(["Balcony, row A: 1 2"]);
  });

  const uuid = "8b91a7bf-674b-48bc-a83b-6cffc6b99548";
  const plan = (category: object, seats: object[]) =>
    JSON.stringify({
      name: "Plan",
      categories: [category],
      zones: [{ name: "Z", rows: [{ row_number: "1", seats }] }],
    });
  const at = (x: number) => ({ position: { x, y: 0 } });

  test.each([
    [{ name: "Parkett", uuid }, uuid, "Parkett"],
    [{ name: uuid, label: "Parkett" }, uuid, "Parkett"],
    [{ name: "Parkett" }, "Parkett", "Parkett"],
    [{ name: uuid }, uuid, "Category 1"],
  ])("a pretix category %j is shown by a name", (category, key, label) => {
    const { layout } = importLayout(plan(category, [{ seat_number: "1", category: key, ...at(0) }]));
    expect(layout?.categories.map((one) => one.label)).toEqual([label]);
    expect(layout?.sections).toMatchObject([
      { rows: [{ seats: [{ category: layout?.categories[0]?.key }] }] },
    ]);
  });

  test("a pretix seat without number or with an unknown category is named", () => {
    const seats = [
      { seat_guid: "a", category: "A", ...at(0) },
      { seat_number: 2, category: "B", ...at(20) },
    ];
    expect(told(plan({ name: "A" }, seats))).toEqual([
      "seat.missing_label zones[0].rows[0].seats[0]",
      "seat.unknown_category zones[0].rows[0].seats[1]",
    ]);
  });
});
