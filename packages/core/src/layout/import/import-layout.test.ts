import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exportLayout } from "../export/export-layout.ts";
import { generateTheatre } from "../generate/theatre.ts";
import { importLayout } from "./import-layout.ts";
import type { ImportOptions, ImportResult } from "./import-result.ts";

/** What every answer promises, whatever went in; the answer's broken promises. */
function brokenPromises({ ok, layout, problems }: ImportResult): string[] {
  return [
    ...(ok === (problems.length === 0) ? [] : ["ok without problems, and only then"]),
    ...(ok === (layout !== null) ? [] : ["a layout when ok, and only then"]),
    ...problems
      .filter((problem) => !/^[a-z]+\.[a-z_]+$/.test(problem.code))
      .map((problem) => `code ${problem.code}`),
  ];
}
const codes = (text: string, options: ImportOptions = {}) =>
  importLayout(text, options).problems.map((problem) => problem.code);

const theatre = exportLayout(generateTheatre(), "onsale");
const samples = [
  theatre,
  exportLayout(generateTheatre(), "pretix"),
  exportLayout(generateTheatre(), "csv"),
  '{"subChart":{"sections":[{"label":"S","subChart":{"rows":[{"label":"A","seats":[{"label":"1","x":1,"y":2}]}]}}]}}',
  '{"west":{"s":{"name":"1","rows":[{"name":"1","seats":"1-5"}]}}}',
  '<svg><polygon id="section-1-bg" points="0 0 1 0 1 1"/></svg>',
];

describe("bad input becomes problems, never an exception", () => {
  test.each<[string, string, string]>([
    ["an empty file", "", "file.empty"],
    ["white space", " \r\n\uFEFF ", "file.empty"],
    ["a truncated document", theatre.slice(0, 5_000), "file.bad_json"],
    ["unknown JSON", '{"hello":[1,2]}', "file.unknown_format"],
    ["a JSON list of numbers", "[1,2,3]", "file.unknown_format"],
    ["prose", "Dear customer,\nplease find attached", "file.unknown_format"],
    ["a page", "<!doctype html><html></html>", "file.unknown_format"],
    ["binary", "\u0000\u0001PK\u0003\u0004", "file.unknown_format"],
    ["an SVG without sections", "<svg><circle r='1'/></svg>", "svg.no_sections"],
    ["lists nested a hundred thousand deep", "[".repeat(100_000) + "]".repeat(100_000), "file.too_deep"],
    [
      "objects nested deep in a known format",
      `{"zones":${'[{"rows":'.repeat(5_000)}[]${"}]".repeat(5_000)}}`,
      "file.too_deep",
    ],
    [
      "a newer version of our format",
      theatre.replace('"version": 1', '"version": 2'),
      "document.invalid_value",
    ],
  ])("%s", (_, text, code) => {
    const result = importLayout(text);
    expect(brokenPromises(result)).toEqual([]);
    expect(result.problems.map((problem) => problem.code)).toContain(code);
  });

  test("numbers beyond all charts are refused", () => {
    const seat = '{"label":"1","x":1e300,"y":0,"categoryKey":1}';
    const text = `{"categories":{"list":[{"key":1,"label":"A"}]},"subChart":{"rows":[{"label":"A","seats":[${seat}]}]}}`;
    const result = importLayout(text);
    expect(brokenPromises(result)).toEqual([]);
    expect(result.problems).toMatchObject([{ code: "document.too_big", path: "subChart.rows[0].seats[0]" }]);
    expect(importLayout(text.replace("1e300", "1e999")).ok).toBe(false);
  });

  test("a format that was asked for and is not there is told", () => {
    expect(codes(theatre, { format: "pretix" })).toEqual(["file.unknown_format"]);
    expect(codes("a,b\n1,2", { format: "seatsio" })).toEqual(["file.unknown_format"]);
    expect(codes("<svg></svg>", { format: "csv" })).toContain("csv.no_column");
  });

  test("any text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 120 }), (text) => {
        expect(brokenPromises(importLayout(text))).toEqual([]);
      }),
    );
  });

  test("any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(brokenPromises(importLayout(text))).toEqual([]);
      }),
    );
  });

  test("any JSON under the fields that formats have", () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    const seatLike = fc.oneof(
      value,
      fc.record({
        label: value,
        x: value,
        y: value,
        position: value,
        seat_number: value,
        categoryKey: value,
        category: value,
      }),
    );
    const rowLike = fc.oneof(
      value,
      fc.record({
        label: value,
        row_number: value,
        name: value,
        position: value,
        seats: fc.oneof(value, fc.array(seatLike)),
      }),
    );
    const rows = fc.oneof(value, fc.array(rowLike, { maxLength: 4 }));
    const areas = fc.oneof(
      value,
      fc.array(fc.record({ shape: value, label: value, points: value, capacity: value, text: value }), {
        maxLength: 3,
      }),
    );
    const zone = fc.record({ name: value, position: value, rows, areas });
    const section = fc.record({
      label: value,
      points: value,
      topLeft: value,
      subChart: fc.oneof(value, fc.record({ rows, tables: rows, booths: rows })),
    });
    const document = fc.oneof(
      fc.record({ zones: fc.oneof(value, fc.array(fc.oneof(value, zone))), categories: value, name: value }),
      fc.record({
        subChart: fc.record({
          rows,
          tables: rows,
          booths: rows,
          generalAdmissionAreas: areas,
          shapes: areas,
          sections: fc.array(section),
        }),
        categories: value,
      }),
      fc.record({ subChartFloors: fc.array(value) }),
      fc.record({
        format: fc.constant("onsale-layout"),
        sections: fc.array(fc.record({ kind: value, rows })),
        categories: value,
      }),
      fc.dictionary(fc.string(), fc.oneof(value, fc.record({ name: value, rows }))),
    );
    fc.assert(
      fc.property(document, fc.boolean(), (json, renameDuplicates) => {
        expect(brokenPromises(importLayout(JSON.stringify(json), { renameDuplicates }))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("any damage to a good file", () => {
    const damage = fc.record({
      sample: fc.constantFrom(...samples),
      at: fc.nat(),
      length: fc.nat({ max: 200 }),
      put: fc.string({ maxLength: 5 }),
    });
    fc.assert(
      fc.property(damage, ({ sample, at, length, put }) => {
        const from = at % sample.length;
        expect(
          brokenPromises(importLayout(sample.slice(0, from) + put + sample.slice(from + length))),
        ).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});

test("an SVG keeps no markup, whatever is in it", () => {
  const text = `<svg><title>Hall <b>x</b></title><script>alert(1)</script><rect id="section-1&quot;onload=x-bg" x="0" y="0" width="5" height="5" onclick="x()"/></svg>`;
  const result = importLayout(text);
  expect(result.counts.sections).toBe(1);
  expect(JSON.stringify(result)).not.toMatch(/alert|onclick|<script|&quot;/);
});

test("ids come from labels alone: the same file gives the same layout again", () => {
  for (const text of samples) expect(importLayout(text)).toEqual(importLayout(text));
});

test("the name can be chosen", () => {
  for (const text of samples.slice(0, 3))
    expect(importLayout(text, { name: "My hall" }).layout?.name).toBe("My hall");
});
