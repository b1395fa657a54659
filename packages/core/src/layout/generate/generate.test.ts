import { describe, expect, test } from "vitest";
import { countLayout } from "../describe-layout.ts";
import type { LayoutDocument, Seat } from "../layout.ts";
import { seatRuns } from "../seat-runs.ts";
import { parseLayout } from "../parse-layout.ts";
import { validateLayout } from "../validate-layout.ts";
import { closestPair } from "../testing/closest-pair.ts";
import { generateArena } from "./arena.ts";
import { generateStadium } from "./stadium.ts";
import { generateTheatre } from "./theatre.ts";

function seatsOf(layout: LayoutDocument): Seat[] {
  return layout.sections.flatMap((section) =>
    section.kind === "seated" ? seatRuns(section).flatMap((run) => [...run.seats]) : [],
  );
}

const venues = {
  arena: () => generateArena(),
  theatre: () => generateTheatre(),
  "stadium of 39,616": () => generateStadium(39_616),
  "stadium of 300": () => generateStadium(300),
};

describe.each(Object.entries(venues))("%s", (_, generate) => {
  const layout = generate();

  test("is a faultless document", () => {
    expect(parseLayout(layout)).toMatchObject({ ok: true });
    expect(validateLayout(layout)).toEqual([]);
  });

  test("has no two seats closer than nine tenths of a seat", () => {
    expect(closestPair(seatsOf(layout))).toBeGreaterThan(18);
  });

  test("has an outline for every section and a labelled stage", () => {
    expect(layout.sections.every((section) => (section.outline?.length ?? 0) >= 3)).toBe(true);
    expect(layout.shapes).toMatchObject([{ role: "stage", label: expect.any(String) }]);
  });

  test("comes out the same every time", () => {
    expect(generate()).toEqual(layout);
  });
});

test("the arena has about 13,000 seats, a standing floor, and seats of every kind", () => {
  const arena = generateArena({ name: "Test Arena" });
  const counts = countLayout(arena);
  const seats = seatsOf(arena);
  expect(arena.name).toBe("Test Arena");
  expect(counts.seats).toBeGreaterThan(12_500);
  expect(counts.seats).toBeLessThan(13_500);
  expect(counts.gaCapacity).toBeGreaterThan(1_000);
  expect(seats.filter((seat) => seat.accessible)).toHaveLength(
    seats.filter((seat) => seat.companionOf).length,
  );
  for (const trait of ["accessible", "companionOf", "restrictedView", "house"] as const) {
    expect({ trait, few: seats.filter((seat) => seat[trait]).length <= 5 }).toEqual({ trait, few: false });
  }
});

test("the arena is the same on both sides of the stage", () => {
  const rows = generateArena().sections.flatMap((section) =>
    section.kind === "seated" ? [section.rows.length] : [],
  );
  const seats = generateArena().sections.flatMap((section) =>
    section.kind === "seated" ? [section.rows.reduce((sum, row) => sum + row.seats.length, 0)] : [],
  );
  const lower = seats.slice(0, seats.length / 2);
  expect(rows).toHaveLength(seats.length);
  expect(lower).toEqual(lower.toReversed());
});

test("the theatre has about 1,000 seats in curved rows on two floors", () => {
  const theatre = generateTheatre();
  expect(countLayout(theatre).seats).toBeGreaterThan(900);
  expect(countLayout(theatre).seats).toBeLessThan(1_100);
  expect(new Set(theatre.sections.map((section) => section.floor))).toEqual(new Set(["Stalls", "Balcony"]));
  const shapes = theatre.sections.flatMap((section) =>
    section.kind === "seated" ? section.rows.map((row) => row.shape) : [],
  );
  expect(new Set(shapes)).toEqual(new Set(["curved"]));
});

test.each([6, 7, 499, 2_500, 20_000, 60_000])("a stadium of %i seats has exactly these", (seatCount) => {
  expect(countLayout(generateStadium(seatCount)).seats).toBe(seatCount);
});

test("a stadium of no sensible size is refused", () => {
  expect(() => generateStadium(0)).toThrow("6 to 200,000");
});
