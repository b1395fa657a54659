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

  test("empty cells stay, also at the end of a line", () => {
    expect(cells("a,,c\n,,\nx,\n")).toEqual([
      ["a", "", "c"],
      ["", "", ""],
      ["x", ""],
    ]);
  });

  test("an open quote is told by its line and ends the reading", () => {
    expect(parseCsv('a,b\n1,"2\n3,4')).toMatchObject({ unclosedQuoteLine: 2, records: [{ line: 1 }] });
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
        expect(read.records.map((record) => record.cells.map(unguardCell))).toEqual(rows);
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
