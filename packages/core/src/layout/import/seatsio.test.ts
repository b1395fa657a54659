import { describe, expect, test } from "vitest";
import { importLayout } from "./import-layout.ts";

const seat = (label: string, ...[x, y, more]: [number, number, object?]) => ({
  label,
  x,
  y,
  categoryKey: 1,
  ...more,
});
const row = (label: string, seats: unknown[], more: object = {}) => ({ label, seats, ...more });
const empty = {
  rows: [],
  tables: [],
  booths: [],
  generalAdmissionAreas: [],
  sections: [],
  shapes: [],
  texts: [],
};
const categories = {
  list: [
    { key: 1, label: "Gold", color: "#aabbcc" },
    { key: "two", label: "Silver", color: "#112233" },
  ],
};
const chart = (subChart: object, more: object = {}) => ({
  name: "Chart",
  categories,
  subChart: { ...empty, ...subChart },
  ...more,
});
const read = (value: unknown) => importLayout(JSON.stringify(value));

describe("a seats.io chart", () => {
  test("rows in no section get one, and keep their own category", () => {
    const { layout, ok } = read(
      chart({ rows: [row("A", [seat("1", 0, 0), seat("2", 20, 0, { categoryKey: "two" })])] }),
    );
    expect(ok).toBe(true);
    expect(layout?.sections).toMatchObject([
      {
        key: "Main",
        rows: [{ label: "A", seats: [{ id: "Main/A/1", category: "Gold" }, { category: "Silver" }] }],
      },
    ]);
  });

  test("what stands in a section is relative to its corner and has its category; outlines are not", () => {
    const section = {
      label: "Left",
      categoryKey: "two",
      entrance: "Gate 3",
      zone: "z",
      topLeft: { x: 1000, y: 500 },
      points: [
        { x: 1001, y: 501 },
        { x: 1101, y: 501 },
        { x: 1101, y: 601 },
      ],
      subChart: {
        ...empty,
        width: 102,
        height: 102,
        rows: [row("A", [seat("1", 5, 6, { categoryKey: null })])],
      },
    };
    const { layout } = read(
      chart({ sections: [section] }, { zones: { list: [{ key: "z", focalPoint: { x: 7, y: 8 } }] } }),
    );
    expect(layout?.sections).toMatchObject([
      {
        label: "Left",
        category: "Silver",
        entrance: "Gate 3",
        focalPoint: { x: 7, y: 8 },
        rows: [{ seats: [{ x: 1005, y: 506 }] }],
      },
    ]);
    expect(layout?.sections[0]?.outline?.[0]).toEqual({ x: 1001, y: 501 });
  });

  test("tables, booths and areas of every shape come over", () => {
    const { layout, counts, notes, ok } = read(
      chart({
        tables: [
          {
            label: "T1",
            center: { x: 50, y: 50 },
            radius: 20,
            type: "round",
            bookAsAWhole: true,
            seats: [seat("1", 20, 50), seat("2", 80, 50)],
          },
        ],
        booths: [
          {
            label: "B1",
            categoryKey: 1,
            center: { x: 200, y: 50 },
            width: 40,
            height: 20,
            rotationAngle: 45,
          },
        ],
        generalAdmissionAreas: [
          {
            label: "GA1",
            categoryKey: 1,
            capacity: 100,
            type: "circle",
            center: { x: 0, y: 0 },
            radius1: 10,
            radius2: 5,
            rotationAngle: 0,
          },
          {
            label: "GA2",
            categoryKey: "two",
            capacity: 50,
            type: "rectangle",
            center: { x: 0, y: 0 },
            width: 10,
            height: 5,
          },
          {
            label: "GA3",
            categoryKey: 1,
            capacity: 25,
            points: [
              { x: 0, y: 0 },
              { x: 9, y: 0 },
              { x: 0, y: 9 },
            ],
          },
        ],
      }),
    );
    expect(ok).toBe(true);
    expect(counts).toMatchObject({ seats: 3, tables: 2, gaCapacity: 175, sections: 4 });
    expect(layout?.sections[0]).toMatchObject({
      tables: [
        { label: "T1", x: 50, y: 50, shape: "round", radius: 20, seats: [{ id: "Main/T1/1" }, {}] },
        { label: "B1", shape: "rectangular", rotation: 45, seats: [{ id: "Main/B1/B1", x: 200, y: 50 }] },
      ],
    });
    expect(layout?.sections.slice(1).map((section) => section.outline?.length)).toEqual([36, 4, 3]);
    expect(notes).toMatchObject([{ code: "seatsio.book_as_a_whole", path: "subChart.tables[0]" }]);
  });

  test("accessible, restricted and companion seats keep what they are; a companion goes with the nearest accessible seat", () => {
    const seats = [
      seat("1", 0, 0, { accessible: true }),
      seat("2", 20, 0, { companionSeat: true }),
      seat("3", 40, 0, { restrictedView: true }),
      seat("4", 100, 0, { accessible: true }),
      seat("5", 120, 0, { companionSeat: true }),
    ];
    expect(read(chart({ rows: [row("A", seats)] })).layout?.sections).toMatchObject([
      {
        rows: [
          {
            seats: [
              { accessible: true },
              { companionOf: "Main/A/1" },
              { restrictedView: true },
              {},
              { companionOf: "Main/A/4" },
            ],
          },
        ],
      },
    ]);
  });

  test("a companion with no accessible seat anywhere is a fault", () => {
    const { problems } = read(chart({ rows: [row("A", [seat("1", 0, 0, { companionSeat: true })])] }));
    expect(problems).toMatchObject([
      { code: "seat.companion_without_partner", path: "subChart.rows[0].seats[0]" },
    ]);
  });

  test("floors become a field of the section and are set under each other", () => {
    const floor = (name: string, label: string) => ({
      ...empty,
      width: 200,
      height: 100,
      floorName: name,
      focalPoint: { x: 100, y: 0 },
      sections: [
        {
          label,
          categoryKey: 1,
          topLeft: { x: 0, y: 0 },
          subChart: { ...empty, rows: [row("A", [seat("1", 10, 10)])] },
        },
      ],
    });
    const { layout, ok } = read({
      name: "F",
      categories,
      subChartFloors: [floor("1", "S"), floor("2", "S")],
    });
    expect(ok).toBe(true);
    expect(layout?.sections.map(({ floor: name, key }) => [name, key])).toEqual([
      ["1", "1/S"],
      ["2", "2/S"],
    ]);
    const ys = layout?.sections.flatMap((section) =>
      section.kind === "seated" ? section.rows.flatMap((r) => r.seats.map((s) => s.y)) : [],
    );
    expect(ys?.map(Math.round)).toEqual([10, 125]);
    expect(layout?.sections.map((section) => Math.round(section.focalPoint?.y ?? -1))).toEqual([0, 115]);
  });

  test("a stage is shown and looked at when the chart names no focal point", () => {
    const stage = {
      smartType: "stage",
      label: "Stage",
      center: { x: 100, y: 10 },
      width: 50,
      height: 20,
      rotationAngle: 360,
    };
    const { layout } = read(
      chart({ rows: [row("A", [seat("1", 0, 50)])], shapes: [stage], focalPoint: null }),
    );
    expect(layout?.shapes).toMatchObject([
      { role: "stage", kind: "rectangle", x: 100, y: 10, width: 50, height: 20 },
    ]);
    expect(layout?.focalPoint).toEqual({ x: 100, y: 10 });
  });

  test("every fault is told at its place", () => {
    const value = chart({
      rows: [
        row("?", [seat("1", 0, 0)]),
        row("B", [seat("1", 0, 20, { categoryKey: 9 }), seat("2", "x" as never, 20)]),
      ],
      sections: [{ label: "Empty", categoryKey: 1, subChart: empty }],
      generalAdmissionAreas: [{ label: "GA", categoryKey: null, capacity: 0, points: [] }],
    });
    expect(read(value).problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "row.missing_label subChart.rows[0]",
      "section.empty subChart.sections[0]",
      "ga.no_capacity subChart.generalAdmissionAreas[0]",
      "ga.missing_category subChart.generalAdmissionAreas[0]",
      "seat.unknown_category subChart.rows[1].seats[0]",
      "seat.missing_position subChart.rows[1].seats[1]",
    ]);
  });
});
