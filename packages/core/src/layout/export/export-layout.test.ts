import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCsv } from "../../shared/csv.ts";
import { generateArena } from "../generate/arena.ts";
import { generateTheatre } from "../generate/theatre.ts";
import { importLayout } from "../import/import-layout.ts";
import type { LayoutDocument, Seat } from "../layout.ts";
import { seatRuns } from "../seat-runs.ts";
import { validateLayout } from "../validate-layout.ts";
import { exportLayout } from "./export-layout.ts";

const labels = fc.uniqueArray(
  fc
    .string({ minLength: 1, maxLength: 6 })
    .map((text) => text.trim())
    .filter((text) => text !== "" && text !== "?"),
  {
    minLength: 1,
    maxLength: 4,
  },
);
const traits = fc.record(
  {
    restrictedView: fc.constant(true),
    house: fc.constant(true),
    accessible: fc.constant(true),
    category: fc.constantFrom("A", "B"),
  },
  { requiredKeys: [] },
);

/** Sound layouts with any labels: sections on floors, rows, tables, areas, traits, shapes and texts. */
const layouts: fc.Arbitrary<LayoutDocument> = fc
  .record({
    sections: labels,
    rows: labels,
    seats: labels,
    traits: fc.array(traits, { minLength: 1, maxLength: 5 }),
    capacity: fc.integer({ min: 1, max: 500 }),
    tables: fc.boolean(),
  })
  .map((made) => {
    let count = 0;
    const seatsOf = (prefix: string): Seat[] =>
      made.seats.map((label, i) => {
        count += 1;
        return {
          id: `${prefix}/${i}`,
          label,
          x: count * 20,
          y: -count * 7.25,
          ...made.traits[count % made.traits.length],
        };
      });
    return {
      format: "onsale-layout",
      version: 1,
      name: "Any",
      categories: [
        { key: "A", label: "Category A", color: "#123456" },
        { key: "B", label: "=B()" },
      ],
      focalPoint: { x: 1.5, y: -2 },
      sections: [
        ...made.sections.map((label, s) => ({
          kind: "seated" as const,
          key: `s${s}`,
          label,
          floor: "Ground",
          category: "A",
          rows: made.rows.map((row, r) => ({
            label: row,
            shape: "straight" as const,
            seats: seatsOf(`s${s}/r${r}`),
          })),
          tables: made.tables
            ? [{ label: "Round", x: 0, y: 0, shape: "round" as const, radius: 3, seats: seatsOf(`s${s}/t`) }]
            : [],
        })),
        {
          kind: "ga" as const,
          key: "pit",
          label: "Pit of all",
          floor: "Pit",
          category: "B",
          capacity: made.capacity,
        },
      ],
      shapes: [
        {
          kind: "ellipse" as const,
          role: "stage" as const,
          label: "Stage",
          x: 0,
          y: 0,
          width: 10,
          height: 5,
          rotation: 30,
        },
      ],
      texts: [{ text: "Exit", x: 3, y: 4, size: 12 }],
    };
  });

type Told = [string, string, string, number, number];
function seatsTold(layout: LayoutDocument | null, origin = { x: 0, y: 0 }): Told[] {
  return (layout?.sections ?? []).flatMap((section) =>
    section.kind === "ga"
      ? []
      : seatRuns(section).flatMap((run) =>
          run.seats.map((seat): Told => [
            section.label,
            run.label,
            seat.label,
            Math.round((seat.x - origin.x) * 1e6),
            Math.round((seat.y - origin.y) * 1e6),
          ]),
        ),
  );
}

describe("our own JSON", () => {
  test("reads back as exactly the same document", () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        expect(validateLayout(layout)).toEqual([]);
        expect(importLayout(exportLayout(layout, "onsale")).layout).toEqual(layout);
      }),
    );
  });

  test("of our own venues reads back as exactly the same document", () => {
    for (const layout of [generateArena(), generateTheatre()]) {
      expect(importLayout(exportLayout(layout, "onsale")).layout).toEqual(layout);
    }
  });
});

describe("pretix", () => {
  test("reads back with the same seats at the same places relative to each other", () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const back = importLayout(exportLayout(layout, "pretix"));
        expect(back.problems).toEqual([]);
        expect(back.format).toBe("pretix");
        const [first] = seatsTold(layout);
        const [firstBack] = seatsTold(back.layout);
        const originOf = (told: Told | undefined) => ({
          x: (told?.[3] ?? 0) / 1e6,
          y: (told?.[4] ?? 0) / 1e6,
        });
        expect(seatsTold(back.layout, originOf(firstBack))).toEqual(seatsTold(layout, originOf(first)));
      }),
    );
  });

  test("of our own venues has everything inside its size", () => {
    const plan: {
      size: { width: number; height: number };
      zones: {
        position: { x: number; y: number };
        rows: { seats: { position: { x: number; y: number } }[] }[];
      }[];
    } = JSON.parse(exportLayout(generateArena(), "pretix"));
    const { width, height } = plan.size;
    const outside = plan.zones.flatMap((zone) =>
      zone.rows
        .flatMap((row) => row.seats)
        .map(({ position }) => ({ x: position.x + zone.position.x, y: position.y + zone.position.y }))
        .filter(({ x, y }) => !(x > 0 && y > 0 && x < width && y < height)),
    );
    expect(outside).toEqual([]);
  });
});

describe("CSV", () => {
  test("reads back with the same seats, places, traits and areas", () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const back = importLayout(exportLayout(layout, "csv"));
        expect(back.problems).toEqual([]);
        expect(seatsTold(back.layout)).toEqual(seatsTold(layout));
        expect(back.counts).toMatchObject({
          gaCapacity: layout.sections.reduce(
            (sum, section) => sum + (section.kind === "ga" ? section.capacity : 0),
            0,
          ),
        });
      }),
    );
  });

  test("keeps companions with their accessible seats", () => {
    const back = importLayout(exportLayout(generateTheatre(), "csv")).layout;
    const companions = (layout: LayoutDocument | null) =>
      (layout?.sections ?? []).flatMap((section) =>
        section.kind === "ga"
          ? []
          : section.rows.flatMap((row) => row.seats.flatMap((seat) => seat.companionOf ?? [])),
      );
    expect(companions(back)).toEqual(companions(generateTheatre()));
    expect(companions(back)).toHaveLength(6);
  });

  test("no cell can start as a formula", () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const texts = parseCsv(exportLayout(layout, "csv"), { delimiter: "," }).records.flatMap(
          (record) => record.cells,
        );
        expect(texts.filter((cell) => /^[=+@\t\r]|^-(?![\d.]+$)/.test(cell))).toEqual([]);
      }),
    );
  });
});
