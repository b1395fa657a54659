import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LayoutDocument } from "../layout.ts";
import { seatRuns } from "../seat-runs.ts";
import { importLayout } from "./import-layout.ts";
import { parseSeatRanges } from "./seat-ranges.ts";

const told = (text: string, options = {}) =>
  importLayout(text, options).problems.map(({ code, path }) => `${code} ${path}`);
const ids = (layout: LayoutDocument | null) =>
  (layout?.sections ?? []).flatMap((section) =>
    section.kind === "seated" ? seatRuns(section).flatMap((run) => run.seats.map((seat) => seat.id)) : [],
  );

describe("a seat list", () => {
  test.each([
    ["commas", "Category,Sector,Row,Number\nGold,A,1,1\nGold,A,1,2\n"],
    [
      "semicolons, quotes, byte order mark and CRLF",
      '\uFEFF"Kategorie";"Sektor";"Reihe";"Platz"\r\n"Gold";"A";"1";"1"\r\n"Gold";"A";"1";"2"\r\n',
    ],
    ["tabs and accents", "Catégorie\tSection\tRangée\tSiège\nGold\tA\t1\t1\nGold\tA\t1\t2"],
  ])("is read with %s", (_, text) => {
    const result = importLayout(text);
    expect(result).toMatchObject({
      ok: true,
      format: "csv",
      counts: { seats: 2, rows: 1, sections: 1, categories: 1 },
    });
    expect(ids(result.layout)).toEqual(["A/1/1", "A/1/2"]);
  });

  test("columns are found by the names given", () => {
    const text = "preis,block,linie,stuhl\nGold,A,1,1\n";
    expect(
      importLayout(text, {
        csvColumns: { category: "Preis", section: "block", row: "linie", seat: "stuhl" },
      }),
    ).toMatchObject({ ok: true });
    expect(told(text, { csvColumns: { seat: "chair" } })).toEqual([
      "csv.no_column line 1",
      "csv.no_column line 1",
      "layout.empty ",
    ]);
  });

  test("labels with accents and signs keep their text, and get ids that differ", () => {
    const result = importLayout("section,row,seat\nÉtage,Ä,1+\nÉtage,Ä,1#\n");
    expect(result.ok).toBe(true);
    expect(ids(result.layout)).toEqual(["Étage/Ä/1", "Étage/Ä/1-2"]);
  });

  test("rows and seats are put in the order of a person, however the file lists them", () => {
    const result = importLayout("section,row,seat\nA,10,2\nA,2,10\nA,2,9\nA,10,1\n");
    expect(ids(result.layout)).toEqual(["A/2/9", "A/2/10", "A/10/1", "A/10/2"]);
  });

  test("every fault is told with its line", () => {
    const text =
      "section,row,seat,category,x,y\nA,1,1,Gold,0,0\nA,1,1,Gold,20,0\nA,1,,Gold,40,0\nA,,3,Gold,60,20\nA,1,4,,80,0\nA,1,5,Gold,left,0\n";
    expect(told(text)).toEqual([
      "row.missing_label line 5",
      "seat.duplicate_label line 3",
      "seat.missing_label line 4",
      "seat.missing_category line 6",
      "seat.missing_position line 7",
    ]);
  });

  test("coordinates, traits, tables and areas are taken from their columns", () => {
    const text =
      "section,floor,row,table,seat,category,x,y,accessible,companion_of,restricted_view,house,capacity,id\n" +
      "A,1st,1,,1,Gold,5,6,,A/1/2,,,,\nA,1st,1,,2,Gold,25,6,yes,,x,1,,\nA,1st,,T1,1,Gold,90,90,,,,,,\nPit,,,,,Gold,,,,,,,250,\n";
    const { layout, ok } = importLayout(text);
    expect(ok).toBe(true);
    expect(layout?.sections).toMatchObject([
      {
        floor: "1st",
        rows: [
          {
            seats: [
              { x: 5, y: 6, companionOf: "A/1/2" },
              { accessible: true, restrictedView: true, house: true },
            ],
          },
        ],
        tables: [{ label: "T1", seats: [{ id: "A/T1/1" }] }],
      },
      { kind: "ga", label: "Pit", capacity: 250 },
    ]);
  });

  test("one line may be a whole row", () => {
    const result = importLayout('Sector,Row,Seats\nA,1,18\nA,2,"1-10,12-16"\n');
    expect(result).toMatchObject({ ok: true, counts: { seats: 33, rows: 2 } });
    expect(told("Sector,Row,Seats\nA,1,lots\nA,2,5\n")).toEqual(["row.bad_seats line 2"]);
  });

  test("a list of one kind only needs seats: section, row and category are then single", () => {
    const result = importLayout("seat,x,y\n1,0,0\n2,20,0\n");
    expect(result).toMatchObject({ ok: true, counts: { seats: 2, rows: 1, sections: 1, categories: 1 } });
  });

  test("an open quote is told", () => {
    expect(told('section,row,seat\nA,1,1\nA,1,"2\n')).toContain("csv.unclosed_quote line 3");
  });
});

describe("seat ranges", () => {
  test.each([
    ["18", [18, "1", "18"]],
    ["1-10,12-16", [15, "1", "16"]],
    ["1-4,31-34", [8, "1", "34"]],
    ["3-20", [18, "3", "20"]],
    ["5-1, 9", [6, "5", "9"]],
  ])("%s", (text, expected) => {
    const read = parseSeatRanges(text);
    expect(read.ok ? [read.labels.length, read.labels[0], read.labels.at(-1)] : read).toEqual(expected);
  });

  test.each(["", "0", "a", "1-", "-5", "1-2-3", "1-99999", "5000", "1e3", "1,,2"])(
    "%s is refused with a reason",
    (text) => {
      expect(parseSeatRanges(text)).toMatchObject({ ok: false, fault: { why: expect.any(String) } });
    },
  );

  test("a list of single numbers gives these numbers", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 9_999 }), { minLength: 2, maxLength: 50 }),
        (numbers) => {
          expect(parseSeatRanges(numbers.join(","))).toEqual({ ok: true, labels: numbers.map(String) });
        },
      ),
    );
  });
});

describe("row ranges", () => {
  const rows = (...seats: (string | number)[]) =>
    seats.map((each, i) => ({ name: String(i + 1), seats: each }));

  test("tribunes, sectors and rows are read from objects and from lists", () => {
    const objects = {
      west: { name: "west", sector_1: { name: "1", rows: rows("18", "6-36") }, sector_2: { rows: rows(5) } },
    };
    const lists = {
      tribunes: [
        {
          name: "west",
          sectors: [
            { name: "1", rows: rows("18", "6-36") },
            { name: "2", rows: rows(5) },
          ],
        },
      ],
    };
    for (const value of [objects, lists]) {
      const result = importLayout(JSON.stringify(value));
      expect(result).toMatchObject({
        ok: true,
        format: "row-ranges",
        counts: { seats: 54, rows: 3, sections: 2, categories: 1 },
      });
      expect(result.layout?.sections.map((section) => section.key)).toEqual(["1", "2"]);
    }
  });

  test("the same sector number in two tribunes are two sectors", () => {
    const result = importLayout(
      JSON.stringify({
        west: { a: { name: "1", rows: rows(3) } },
        east: { a: { name: "1", rows: rows(3) } },
      }),
    );
    expect(result.layout?.sections.map((section) => section.label)).toEqual(["west 1", "east 1"]);
  });

  test("rows that cannot be read are told at their place, and the rest is still counted", () => {
    const result = importLayout(JSON.stringify({ west: { a: { name: "1", rows: rows("3", "4-x", "") } } }));
    expect(result).toMatchObject({ ok: false, layout: null, counts: { seats: 3 } });
    expect(result.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "row.bad_seats west.a.rows[1]",
      "row.bad_seats west.a.rows[2]",
    ]);
  });
});
