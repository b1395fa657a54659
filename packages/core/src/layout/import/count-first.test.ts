import { expect, test } from "vitest";
import { takeFree } from "../layout-key.ts";
import { importLayout } from "./import-layout.ts";

const list = (header: string, count: number, line: (n: number) => string) =>
  `${header}\n${Array.from({ length: count }, (_, n) => line(n)).join("\n")}`;

const TOO_MUCH: Record<string, [text: () => string, code: string]> = {
  "a line of nine million columns": [
    () => `section,row,seat${",x".repeat(9_000_000)}\nA,1,7\n`,
    "file.too_many_columns",
  ],
  "1.2 million lines": [() => `section,row,seat\n${"A,1,7\n".repeat(1_200_000)}`, "file.too_many_lines"],
  "1.2 million old line ends": [
    () => `section,row,seat\r${"A,1,7\r".repeat(1_200_000)}`,
    "file.too_many_lines",
  ],
  "19 MB of [": [() => "[".repeat(19_000_000), "file.too_deep"],
  "objects in objects": [() => '{"a":'.repeat(100_000), "file.too_deep"],
  "nine million numbers": [() => `[${"1,".repeat(9_000_000)}1]`, "file.too_many_values"],
  "ranges that stand for twenty million seats": [
    () => list("section,row,seats", 20_000, (n) => `A,${n},1-1000`),
    "layout.too_many_seats",
  ],
  "row ranges that do": [
    () =>
      JSON.stringify({
        sectors: [
          { name: "A", rows: Array.from({ length: 20_000 }, (_, n) => ({ name: `${n}`, seats: "1-1000" })) },
        ],
      }),
    "layout.too_many_seats",
  ],
  "a section for each seat": [
    () => list("section,row,seat", 50_000, (n) => `S${n},1,1`),
    "layout.too_many_sections",
  ],
  "a row for each seat": [() => list("section,row,seat", 150_000, (n) => `A,${n},1`), "layout.too_many_rows"],
  "a category for each seat": [
    () =>
      list(
        "section,row,seat,category,x,y",
        100_000,
        (n) => `A,${n >> 8},${n & 255},c${n},${n & 255},${n >> 8}`,
      ),
    "layout.too_many_categories",
  ],
  "one row of everybody": [() => list("section,row,seat", 150_000, (n) => `A,1,${n}`), "row.too_long"],
};

test.each(Object.entries(TOO_MUCH))(
  "%s are counted, and refused before they are compared",
  (_name, [text, code]) => {
    const { ok, layout, problems } = importLayout(text());
    expect([ok, layout]).toEqual([false, null]);
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(problems.length).toBeLessThan(20);
  },
);

test("brackets and commas inside texts count as text", () => {
  const name = `${"[{".repeat(200)}\\"${",".repeat(300)}`;
  const { problems } = importLayout(JSON.stringify({ format: "onsale-layout", version: 1, name }));
  expect(problems.map((problem) => problem.code)).not.toContain("file.too_deep");
});

test("seats that all stand on one spot are a thousand faults and the number of the others", () => {
  const text = list("section,row,seat,x,y", 100_000, (n) => `A,${n >> 8},${n & 255},1,1`);
  const { ok, problems } = importLayout(text);
  expect(ok).toBe(false);
  expect(problems).toHaveLength(1_001);
  expect(problems.at(-1)).toMatchObject({
    code: "seat.coincident",
    details: { more: 98_999 },
  });
});

test("a name that everybody has is looked up a few times for each who wants it", () => {
  let looks = 0;
  class Counted extends Set<string> {
    override has(name: string): boolean {
      looks += 1;
      return super.has(name);
    }
  }
  const taken = new Counted();
  const names = Array.from({ length: 20_000 }, () => takeFree("A", taken));
  expect(new Set(names).size).toBe(20_000);
  expect(names.slice(0, 3)).toEqual(["A", "A-2", "A-3"]);
  expect(looks).toBeLessThan(3 * 20_000);
});
