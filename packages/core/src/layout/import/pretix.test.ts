import { describe, expect, test } from "vitest";
import { importLayout } from "./import-layout.ts";

type PlanOptions = { rows?: unknown[]; areas?: unknown[]; extra?: object };
const seat = (number: string, ...[x, y = 0, more = {}]: [number, number?, object?]) => ({
  seat_guid: `g${number}`,
  seat_number: number,
  position: { x, y },
  category: "Stalls",
  ...more,
});
const row = (label: string, seats: unknown[], more: object = {}) => ({
  row_number: label,
  seats,
  position: { x: 0, y: 0 },
  ...more,
});

function plan({
  rows = [row("A", [seat("1", 0), seat("2", 25)])],
  areas = [],
  extra = {},
}: PlanOptions = {}) {
  const zones = [{ name: "Main hall", position: { x: 100, y: 50 }, rows, areas }];
  return {
    name: "Plan",
    categories: [{ name: "Stalls", color: "#abc" }],
    zones,
    size: { width: 1, height: 1 },
    ...extra,
  };
}
const read = (value: unknown, options = {}) => importLayout(JSON.stringify(value), options);
const told = (value: unknown) => read(value).problems.map(({ code, path }) => `${code} ${path}`);

describe("a pretix seating plan", () => {
  test("positions add up from zone to row to seat, and ids say zone, row and number", () => {
    const { layout } = read(plan({ rows: [row("A", [seat("1", 3, 4)], { position: { x: 10, y: 20 } })] }));
    expect(layout?.categories).toEqual([{ key: "Stalls", label: "Stalls", color: "#aabbcc" }]);
    expect(layout?.sections).toMatchObject([
      { key: "Main hall", rows: [{ label: "A", seats: [{ id: "Main hall/A/1", x: 113, y: 74 }] }] },
    ]);
  });

  test("rows whose seats leave the line are curved", () => {
    const arc = [0, 1, 2, 3, 4].map((i) => seat(String(i), i * 20, (i - 2) ** 2 * 3));
    const rows = read(
      plan({ rows: [row("A", arc), row("B", [seat("1", 0, 90), seat("2", 20, 90), seat("3", 40, 90)])] }),
    ).layout?.sections[0];
    expect(rows?.kind === "seated" ? rows.rows.map((each) => each.shape) : []).toEqual([
      "curved",
      "straight",
    ]);
  });

  test("areas of every shape come over, with a stage as the focal point", () => {
    const at = { x: 10, y: 10 };
    const text = (words: string) => ({ text: words, position: { x: 0, y: 0 } });
    const { layout, problems } = read(
      plan({
        areas: [
          {
            shape: "rectangle",
            position: at,
            rotation: 90,
            rectangle: { width: 40, height: 20 },
            text: text("Stage"),
          },
          { shape: "circle", position: at, circle: { radius: 5 } },
          { shape: "ellipse", position: at, ellipse: { radius: { x: 5, y: 3 } } },
          { shape: "polygon", position: at, polygon: { points: [at, { x: 30, y: 0 }, { x: 0, y: 30 }] } },
          { shape: "text", position: at, text: text("Exit") },
        ],
      }),
    );
    expect(problems).toEqual([]);
    // A rectangle turns around its corner: 40 x 20 turned by 90 degrees has its middle at (-10, 20) from there.
    expect(layout?.shapes[0]).toMatchObject({
      role: "stage",
      label: "Stage",
      x: 100,
      y: 80,
      width: 40,
      height: 20,
      rotation: 90,
    });
    expect(layout?.shapes.map((shape) => shape.kind)).toEqual(["rectangle", "ellipse", "ellipse", "polygon"]);
    expect(layout?.shapes[3]?.points?.[0]).toEqual({ x: 120, y: 70 });
    expect(layout?.texts).toMatchObject([{ text: "Exit", x: 110, y: 60 }]);
    expect(layout?.focalPoint).toEqual({ x: 100, y: 80 });
  });

  test("a zone with drawings only is no section", () => {
    const drawing = { name: "Bar", position: { x: 0, y: 0 }, rows: [], areas: [] };
    const value = plan();
    expect(read({ ...value, zones: [...value.zones, drawing] }).counts.sections).toBe(1);
  });

  test("zones without a name fall back to their id, then to their number", () => {
    const rows = (y: number) => [row("A", [seat("1", 0, y)])];
    const zones = [
      { zone_id: "north", position: { x: 0, y: 0 }, rows: rows(0) },
      { position: { x: 0, y: 0 }, rows: rows(50) },
    ];
    expect(read({ ...plan(), zones }).layout?.sections.map((section) => section.label)).toEqual([
      "north",
      "Zone 2",
    ]);
  });

  test("every fault is told at its place", () => {
    const rows = [
      row("A", [seat("1", 0), seat("1", 25), seat("", 50), seat("4", 75, 0, { category: "Boxes" })]),
      row("B", []),
      row("", [
        seat("1", 0, 25),
        seat("2", 25, 25, { category: "" }),
        seat("3", 0, 0, { position: { x: "left" } }),
      ]),
    ];
    expect(told(plan({ rows }))).toEqual([
      "row.empty zones[0].rows[1]",
      "row.missing_label zones[0].rows[2]",
      "seat.duplicate_label zones[0].rows[0].seats[1]",
      "seat.missing_label zones[0].rows[0].seats[2]",
      "seat.unknown_category zones[0].rows[0].seats[3]",
      "seat.missing_category zones[0].rows[2].seats[1]",
      "seat.missing_position zones[0].rows[2].seats[2]",
    ]);
  });

  test("fields of the wrong type are told, not skipped", () => {
    expect(told({ ...plan(), zones: [{ position: {}, rows: "many" }] })).toEqual([
      "file.bad_type zones[0].rows",
      "layout.empty ",
    ]);
    expect(told({ ...plan(), categories: 3 })).toContain("file.bad_type categories");
    expect(told({ ...plan(), zones: ["x"] })).toContain("file.bad_type zones[0]");
  });

  test("numbers instead of texts are understood", () => {
    expect(
      read(plan({ rows: [{ row_number: 1, seats: [{ ...seat("1", 0), seat_number: 7 }] }] })).layout
        ?.sections,
    ).toMatchObject([{ rows: [{ label: "1", seats: [{ id: "Main hall/1/7" }] }] }]);
  });
});

describe("renaming what repeats", () => {
  const rows = [
    row("A", [seat("1", 0), seat("2", 25)]),
    row("A", [seat("1", 200), seat("2", 225)]),
    row("B", [seat("1", 0, 30), seat("1", 25, 30)]),
  ];

  test("a second row with the same numbers is renamed and keeps them; a number that repeats in its row is renamed", () => {
    const { ok, renamed, layout } = read(plan({ rows }), { renameDuplicates: true });
    expect(ok).toBe(true);
    expect(renamed).toEqual([
      { kind: "seat", path: "zones[0].rows[2].seats[1]", from: "1", to: "1-2" },
      { kind: "row", path: "zones[0].rows[1]", from: "A", to: "A-2" },
    ]);
    const section = layout?.sections[0];
    expect(
      section?.kind === "seated"
        ? section.rows.map((each) => [each.label, each.seats.map((s) => s.label)])
        : [],
    ).toEqual([
      ["A", ["1", "2"]],
      ["A-2", ["1", "2"]],
      ["B", ["1", "1-2"]],
    ]);
  });

  test("a row that only goes on behind an aisle is left alone", () => {
    const halves = [row("A", [seat("1", 0)]), row("A", [seat("2", 200)])];
    expect(read(plan({ rows: halves }), { renameDuplicates: true })).toMatchObject({ ok: true, renamed: [] });
  });

  test("a new label never takes one that is already there", () => {
    const taken = [row("A", [seat("1", 0)]), row("A-2", [seat("1", 0, 25)]), row("A", [seat("1", 0, 50)])];
    expect(read(plan({ rows: taken }), { renameDuplicates: true }).renamed).toMatchObject([
      { from: "A", to: "A-3" },
    ]);
  });

  test("without the wish the file is refused", () => {
    expect(read(plan({ rows }))).toMatchObject({
      ok: false,
      layout: null,
      renamed: [],
      counts: { seats: 6, rows: 3 },
    });
  });
});
