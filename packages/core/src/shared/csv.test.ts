import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectDelimiter, formatCsv, parseCsv, unguardCell } from "./csv.ts";

const cells = (text: string, delimiter?: string) =>
  parseCsv(text, delimiter === undefined ? {} : { delimiter }).records.map((record) => record.cells);

describe("reading", () => {
  test("line ends, byte order mark, blank lines and a missing last line end make no difference", () => {
    const expected = [
      ["a", "b"],
      ["1", "2"],
    ];
    for (const text of ["a,b\n1,2", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "\uFEFFa,b\n\n1,2\n\n"])
      expect(cells(text)).toEqual(expected);
  });

  test("quotes hold delimiters, quotes and line ends, and lines are still counted", () => {
    const { records } = parseCsv('a,b\n"x, ""y""\nz",2\n3,4');
    expect(records).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ['x, "y"\nz', "2"] },
      { line: 4, cells: ["3", "4"] },
    ]);
  });

  test("empty cells stay, also at the end of a line; lines of nothing else are left out and counted", () => {
    expect(parseCsv("a,,c\n,,\n ,\t\n\nx,\n").records).toEqual([
      { line: 1, cells: ["a", "", "c"] },
      { line: 5, cells: ["x", ""] },
    ]);
  });

  test('the line "sep=" names the delimiter and is no record', () => {
    for (const first of ["sep=;", "SEP=;", '"sep=;"', "sep=;,,", "\uFEFFsep=;"])
      expect(parseCsv(`${first}\r\na,b;c\r\n`)).toMatchObject({
        delimiter: ";",
        records: [{ line: 2, cells: ["a,b", "c"] }],
      });
    expect(cells("sep=\t\na\tb\n")).toEqual([["a", "b"]]);
    expect(cells("separate,b\n")).toEqual([["separate", "b"]]);
  });

  test('what a spreadsheet keeps as text, ="007", is that text', () => {
    expect(cells('="A",="01","=""007"""\n="x,y",1,2\n')).toEqual([
      ["A", "01", "007"],
      ["x,y", "1", "2"],
    ]);
    expect(cells('="a"&"b",=1+1,="\n')).toEqual([['="a"&"b"', "=1+1", '="']]);
  });

  test("an open quote is told by its line and ends the reading", () => {
    expect(parseCsv('a,b\n1,"2\n3,4')).toMatchObject({ unclosedQuoteLine: 2, records: [{ line: 1 }] });
  });

  test("commas in a heading, a price or a remark do not make a comma the delimiter", () => {
    expect(detectDelimiter("Sektor;Reihe (A, B, C, D);Platz\nA;1;1\nA;1;2\n")).toBe(";");
    expect(detectDelimiter("name;price\nA;12,50\nB;13,50\n")).toBe(";");
    expect(detectDelimiter("name\tremark\nA\ta, b, c, d\nB\te; f; g\n")).toBe("\t");
  });

  test("a table is split by the delimiter it was written with, whatever its cells hold", () => {
    const cell = fc.stringMatching(/^[A-Za-z][ A-Za-z,;|.]{0,7}$/);
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 3, maxLength: 6 }),
      );
    const ends = fc.constantFrom("\n", "\r\n", "\r");
    fc.assert(
      fc.property(table, fc.constantFrom(",", ";", "\t", "|"), ends, (rows, delimiter, end) => {
        const quoted = rows.map((row) =>
          row.map((text) => (text.includes(delimiter) ? `"${text}"` : text)).join(delimiter),
        );
        const read = parseCsv(`sep=${delimiter}${end}${quoted.join(end)}`);
        expect(read.records.map((record) => record.cells)).toEqual(rows);
        const header = Array.from({ length: rows[0]?.length ?? 0 }, (_, n) => `Column ${n}`).join(delimiter);
        const plain = rows.map((row) =>
          row.map((text) => text.replaceAll(/[^A-Za-z]/g, "x")).join(delimiter),
        );
        expect(detectDelimiter([header, ...plain].join(end))).toBe(delimiter);
      }),
    );
  });

  test("the delimiter is the one that splits the first line most, outside quotes", () => {
    expect(detectDelimiter('"a,b,c";d;e\n1,2,3')).toBe(";");
    expect(detectDelimiter("a\tb\n")).toBe("\t");
    expect(detectDelimiter("a|b|c,d\n")).toBe("|");
    expect(detectDelimiter("a")).toBe(",");
  });
});

describe("writing", () => {
  test("what is written reads back the same", () => {
    const table = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 5 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(table, (rows) => {
        const read = parseCsv(formatCsv(rows), { delimiter: "," });
        expect(read.unclosedQuoteLine).toBeNull();
        const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ""));
        expect(read.records.map((record) => record.cells.map(unguardCell))).toEqual(filled);
      }),
    );
  });

  test("no text can start as a formula", () => {
    fc.assert(
      fc.property(fc.constantFrom("=", "+", "-", "@", "\t", "\r"), fc.string(), (sign, rest) => {
        const [[cell = ""] = []] = cells(formatCsv([[sign + rest, "x"]]), ",");
        expect(cell.startsWith("'")).toBe(true);
      }),
    );
  });

  test("numbers stay numbers", () => {
    expect(formatCsv([[-1.5, true, undefined, "-1.5"]])).toBe("-1.5,true,,'-1.5\r\n");
  });
});
