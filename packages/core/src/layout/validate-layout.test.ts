import { threadCpuUsage } from "node:process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateStadium } from "./generate/stadium.ts";
import { generateTheatre } from "./generate/theatre.ts";
import type { GaSection, LayoutDocument, Row, SeatedSection } from "./layout.ts";
import { parseLayout } from "./parse-layout.ts";
import { compileLayout } from "./seat-plan.ts";
import { validateLayout } from "./validate-layout.ts";

function row(label: string, y: number, seats = 4): Row {
  const make = (i: number) => ({ id: `S/${label}/${i + 1}`, label: String(i + 1), x: i * 20, y });
  return { label, shape: "straight", seats: Array.from({ length: seats }, (_, i) => make(i)) };
}
function section(overrides: Partial<SeatedSection> = {}): SeatedSection {
  return {
    kind: "seated",
    key: "S",
    label: "S",
    category: "A",
    rows: [row("1", 0), row("2", 24)],
    tables: [],
    ...overrides,
  };
}
function area(overrides: Partial<GaSection> = {}): GaSection {
  return { kind: "ga", key: "G", label: "G", category: "A", capacity: 10, ...overrides };
}
function layout(overrides: Partial<LayoutDocument> = {}): LayoutDocument {
  const categories = [{ key: "A", label: "A" }];
  const base = {
    format: "onsale-layout",
    version: 1,
    name: "Test",
    focalPoint: { x: 0, y: 0 },
    shapes: [],
    texts: [],
  } as const;
  return { ...base, shapes: [], texts: [], categories, sections: [section(), area()], ...overrides };
}
/** Rows 1 and 2 of four seats, with changes to seats by [row, seat]. */
function withSeats(changes: [number, number, object][]): LayoutDocument {
  const changed = section();
  for (const [rowIndex, seatIndex, change] of changes) {
    const target = changed.rows[rowIndex]?.seats[seatIndex];
    if (target !== undefined) Object.assign(target, change);
  }
  return layout({ sections: [changed] });
}
const told = (document: LayoutDocument) =>
  validateLayout(document).map(({ code, path }) => `${code} ${path}`);

const line = [
  { x: 0, y: 0 },
  { x: 10, y: 10 },
  { x: 20, y: 20 },
];

const cases: [string, LayoutDocument, string[]][] = [
  ["a sound layout", layout(), []],
  ["no sections", layout({ sections: [] }), ["layout.empty "]],
  [
    "a category key twice",
    layout({
      categories: [
        { key: "A", label: "A" },
        { key: "A", label: "B" },
      ],
    }),
    ["category.duplicate_key categories[1]"],
  ],
  [
    "a section label twice",
    layout({ sections: [section(), area({ label: "S" })] }),
    ["section.duplicate_label sections[1]"],
  ],
  [
    "a section key twice",
    layout({ sections: [section(), area({ key: "S" })] }),
    ["section.duplicate_key sections[1]"],
  ],
  [
    "an unknown section category",
    layout({ sections: [area({ category: "B" })] }),
    ["section.unknown_category sections[0]"],
  ],
  [
    "an area without category",
    layout({ sections: [{ kind: "ga", key: "G", label: "G", capacity: 1 }] }),
    ["ga.missing_category sections[0]"],
  ],
  ["an area for nobody", layout({ sections: [area({ capacity: 0 })] }), ["ga.no_capacity sections[0]"]],
  ["an empty section", layout({ sections: [section({ rows: [] })] }), ["section.empty sections[0]"]],
  [
    "an empty row",
    layout({ sections: [section({ rows: [row("1", 0), row("2", 24, 0)] })] }),
    ["row.empty sections[0].rows[1]"],
  ],
  [
    "a row without label",
    layout({ sections: [section({ rows: [row("?", 0)] })] }),
    ["row.missing_label sections[0].rows[0]"],
  ],
  [
    "an empty table",
    layout({ sections: [section({ tables: [{ label: "T", x: 0, y: 0, shape: "round", seats: [] }] })] }),
    ["table.empty sections[0].tables[0]"],
  ],
  [
    "an outline without area",
    layout({ sections: [area({ outline: line })] }),
    ["section.bad_outline sections[0]"],
  ],
  [
    "shapes without size",
    layout({
      shapes: [
        { kind: "rectangle", role: "stage", x: 0, y: 0 },
        { kind: "polygon", role: "stage", x: 0, y: 0, points: line },
      ],
    }),
    ["shape.missing_size shapes[0]", "shape.bad_outline shapes[1]"],
  ],
  [
    "a seat label twice in a row",
    withSeats([[0, 1, { label: "1" }]]),
    ["seat.duplicate_label sections[0].rows[0].seats[1]"],
  ],
  [
    "a seat id twice",
    withSeats([[1, 0, { id: "S/1/1" }]]),
    ["seat.duplicate_id sections[0].rows[1].seats[0]"],
  ],
  [
    "seats without label",
    withSeats([
      [0, 1, { label: "?" }],
      [0, 2, { label: " " }],
    ]),
    ["seat.missing_label sections[0].rows[0].seats[1]", "seat.missing_label sections[0].rows[0].seats[2]"],
  ],
  [
    "an unknown seat category",
    withSeats([[1, 3, { category: "B" }]]),
    ["seat.unknown_category sections[0].rows[1].seats[3]"],
  ],
  [
    "a seat where another is",
    withSeats([[1, 1, { x: 20, y: 0 }]]),
    ["seat.coincident sections[0].rows[1].seats[1]"],
  ],
  [
    "a companion of nobody",
    withSeats([[0, 1, { companionOf: "S/9/9" }]]),
    ["seat.companion_without_partner sections[0].rows[0].seats[1]"],
  ],
  [
    "a companion of itself",
    withSeats([[0, 1, { companionOf: "S/1/2" }]]),
    ["seat.companion_of_itself sections[0].rows[0].seats[1]"],
  ],
  [
    "a companion of a common seat",
    withSeats([[0, 1, { companionOf: "S/1/1" }]]),
    ["seat.companion_not_accessible sections[0].rows[0].seats[1]"],
  ],
  [
    "a companion of an accessible seat",
    withSeats([
      [0, 0, { accessible: true }],
      [0, 1, { companionOf: "S/1/1" }],
    ]),
    [],
  ],
];

describe("every fault is told with its code and place", () => {
  test.each(cases)("%s", (_, document, expected) => {
    expect(told(document)).toEqual(expected);
  });

  test("a seat without category in a section without category", () => {
    const { category: _category, ...bare } = section({ rows: [row("1", 0, 2)] });
    expect(told(layout({ sections: [bare] }))).toEqual([
      "seat.missing_category sections[0].rows[0].seats[0]",
      "seat.missing_category sections[0].rows[0].seats[1]",
    ]);
  });

  test("several faults are all told", () => {
    const document = layout({
      sections: [section({ category: "B", rows: [row("?", 0)] }), area({ capacity: 0, label: "S" })],
    });
    expect(told(document)).toEqual([
      "section.unknown_category sections[0]",
      "row.missing_label sections[0].rows[0]",
      "section.duplicate_label sections[1]",
      "ga.no_capacity sections[1]",
    ]);
  });
});

test("a row may go on behind an aisle under the same label, as long as seat labels differ", () => {
  const right = {
    ...row("1", 0),
    seats: row("1", 0).seats.map((seat, i) => ({
      ...seat,
      id: `S/1/${i + 5}`,
      label: String(i + 5),
      x: 200 + i * 20,
    })),
  };
  expect(told(layout({ sections: [section({ rows: [row("1", 0), right] })] }))).toEqual([]);
});

test("floors lie over each other without their seats coinciding", () => {
  const upstairs = section({ key: "U", label: "U", floor: "Balcony" });
  upstairs.rows = upstairs.rows.map((each) => ({
    ...each,
    seats: each.seats.map((seat) => ({ ...seat, id: `U${seat.id}` })),
  }));
  expect(told(layout({ sections: [section({ floor: "Stalls" }), upstairs] }))).toEqual([]);
});

test("a layout found sound compiles, and moving any seat onto another is found", () => {
  const seats = generateTheatre().sections.flatMap((each) =>
    each.kind === "seated" ? each.rows.flatMap((r) => r.seats) : [],
  );
  const index = fc.integer({ min: 0, max: seats.length - 1 });
  expect(compileLayout(generateTheatre()).seatCount).toBe(seats.length);
  fc.assert(
    fc.property(index, index, (a, b) => {
      fc.pre(a !== b);
      const theatre = generateTheatre();
      const all = theatre.sections.flatMap((each) =>
        each.kind === "seated" ? each.rows.flatMap((r) => r.seats) : [],
      );
      const [from, to] = [all[a], all[b]];
      if (from === undefined || to === undefined) return;
      for (const each of theatre.sections) delete each.floor;
      Object.assign(from, { x: to.x, y: to.y });
      expect(validateLayout(theatre).map((problem) => problem.code)).toEqual(["seat.coincident"]);
    }),
    { numRuns: 25 },
  );
});

test("60,000 seats at one place, on three floors, are judged in linear time", () => {
  const stadium = generateStadium(60_000);
  for (const each of stadium.sections) {
    if (each.kind === "seated")
      for (const r of each.rows) for (const seat of r.seats) Object.assign(seat, { x: 0, y: 0 });
  }
  const before = threadCpuUsage();
  expect(validateLayout(stadium)).toHaveLength(1_001);
  expect(threadCpuUsage(before).user / 1_000).toBeLessThan(20_000);
});

test("a document of the wrong shape is told by JSON path", () => {
  const broken = {
    ...layout(),
    sections: [{ ...section(), rows: [{ label: "1", seats: [{ id: "S/1/1", label: 1, x: 0, y: "0" }] }] }],
    extra: 1,
  };
  const parsed = parseLayout(broken);
  expect(parsed.ok).toBe(false);
  expect(parsed.ok ? [] : parsed.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
    "document.invalid_type sections[0].rows[0].seats[0].label",
    "document.invalid_type sections[0].rows[0].seats[0].y",
    "document.unrecognized_keys ",
  ]);
});
