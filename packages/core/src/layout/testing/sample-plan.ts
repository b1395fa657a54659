import { LayoutDocument, type Seat } from "../layout.ts";
import { compileLayout, type SeatPlan } from "../seat-plan.ts";

type SampleRow = {
  /**
   * One letter per place, 10 units apart: "s" seat, "a" accessible, "c" companion of the nearest accessible seat of the
   * row, "h" house seat, " " nobody sits there (an aisle).
   */
  seats: string;
  category?: string;
};
export type SampleSection = {
  key: string;
  rows?: readonly (string | SampleRow)[];
  /** Seats around each round table. */
  tables?: readonly number[];
  /** A standing area instead of seats. */
  capacity?: number;
  category?: string;
};

/** Sections one below the other, rows 10 units apart, the stage above the middle of the widest row. */
export function samplePlan(sections: readonly SampleSection[]): SeatPlan {
  let y = 0;
  const document = LayoutDocument.parse({
    format: "onsale-layout",
    version: 1,
    name: "Sample hall",
    categories: [
      { key: "gold", label: "Gold" },
      { key: "silver", label: "Silver" },
    ],
    focalPoint: { x: 5 * (widestRow(sections) - 1), y: -50 },
    sections: sections.map(({ key, rows, tables, capacity, category = "gold" }) => {
      const base = { key, label: key, category };
      if (capacity !== undefined) return { kind: "ga", ...base, capacity };
      const madeRows = (rows ?? []).map((row, n) => {
        const { seats, category: own } = typeof row === "string" ? { seats: row, category: undefined } : row;
        y += 10;
        return {
          label: `${n + 1}`,
          seats: rowSeats({ place: `${key}/${n + 1}`, letters: seats, y, category: own }),
        };
      });
      const madeTables = (tables ?? []).map((count, n) => {
        y += 100;
        return { label: `T${n + 1}`, x: 0, y, seats: tableSeats(`${key}/T${n + 1}`, count, y) };
      });
      return { kind: "seated", ...base, rows: madeRows, tables: madeTables };
    }),
  });
  return compileLayout(document);
}

function widestRow(sections: readonly SampleSection[]): number {
  const widths = sections.flatMap((section) =>
    (section.rows ?? []).map((row) => (typeof row === "string" ? row : row.seats).length),
  );
  return Math.max(1, ...widths);
}

function rowSeats(row: { place: string; letters: string; y: number; category: string | undefined }): Seat[] {
  const letters = row.letters.split("");
  const idAt = (n: number): string =>
    `${row.place}/${letters.slice(0, n + 1).filter((l) => l !== " ").length}`;
  const accessible = letters.flatMap((letter, n) => (letter === "a" ? [n] : []));
  return letters.flatMap((letter, n): Seat[] => {
    if (letter === " ") return [];
    const id = idAt(n);
    const partner = accessible.toSorted((a, b) => Math.abs(a - n) - Math.abs(b - n))[0];
    return [
      {
        id,
        label: id.slice(id.lastIndexOf("/") + 1),
        x: n * 10,
        y: row.y,
        ...(row.category === undefined ? {} : { category: row.category }),
        ...(letter === "a" ? { accessible: true } : {}),
        ...(letter === "h" ? { house: true } : {}),
        ...(letter === "c" && partner !== undefined ? { companionOf: idAt(partner) } : {}),
      },
    ];
  });
}

function tableSeats(place: string, count: number, y: number): Seat[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `${place}/${n + 1}`,
    label: `${n + 1}`,
    x: 20 * Math.cos((2 * Math.PI * n) / count),
    y: y + 20 * Math.sin((2 * Math.PI * n) / count),
  }));
}
