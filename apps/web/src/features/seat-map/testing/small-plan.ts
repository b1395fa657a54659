import type { LayoutDocument, Seat } from "@onsale/core/layout/layout";

/** Two seated sections of 5 rows x 10 seats, an aisle after seat 5, two price levels, and a standing floor. */
export function smallPlan(): LayoutDocument {
  const section = (key: string, left: number, category: string) => ({
    kind: "seated" as const,
    key,
    label: key,
    category,
    tables: [],
    rows: Array.from({ length: 5 }, (_, row) => ({
      label: String(row + 1),
      shape: "straight" as const,
      seats: Array.from({ length: 10 }, (__, seat): Seat => ({
        id: `${key}/${row + 1}/${seat + 1}`,
        label: String(seat + 1),
        x: left + seat * 10 + (seat >= 5 ? 15 : 0),
        y: 60 + row * 12,
        ...(row === 0 && seat === 0 ? { accessible: true } : {}),
        ...(row === 0 && seat === 1 ? { companionOf: `${key}/1/1` } : {}),
      })),
    })),
  });
  return {
    format: "onsale-layout",
    version: 1,
    name: "Small hall",
    categories: [
      { key: "cheap", label: "Side" },
      { key: "dear", label: "Centre" },
    ],
    focalPoint: { x: 0, y: 0 },
    sections: [
      section("A", -160, "dear"),
      section("B", 20, "cheap"),
      {
        kind: "ga",
        key: "F",
        label: "Floor",
        category: "cheap",
        capacity: 100,
        outline: [
          { x: -60, y: 15 },
          { x: 60, y: 15 },
          { x: 60, y: 45 },
          { x: -60, y: 45 },
        ],
      },
    ],
    shapes: [{ kind: "rectangle", role: "stage", label: "Stage", x: 0, y: 0, width: 120, height: 20 }],
    texts: [],
  };
}
