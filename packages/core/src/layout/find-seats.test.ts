import { expect, test } from "vitest";
import { findSeats } from "./find-seats.ts";
import { LayoutDocument } from "./layout.ts";
import { compileLayout } from "./seat-plan.ts";

const row = (label: string, seats: readonly string[], y: number) => ({
  label,
  seats: seats.map((seat, n) => ({ id: `${label}/${seat}`, label: seat, x: n * 10, y })),
});
const plan = compileLayout(
  LayoutDocument.parse({
    format: "onsale-layout",
    version: 1,
    name: "Hall",
    categories: [{ key: "all", label: "All" }],
    focalPoint: { x: 0, y: -50 },
    sections: [
      {
        kind: "seated",
        key: "floor",
        label: "Floor",
        category: "all",
        rows: [row("1", ["1", "2", "3", "4"], 0), row("2", ["A-1", "A-2", "A-3"], 12)],
      },
      { kind: "ga", key: "pit", label: "Pit", category: "all", capacity: 10 },
    ],
  }),
);
const seats = (text: string) => {
  const found = findSeats(plan, text);
  return found.ok ? found.seatNos : found.fault;
};

test("a seat, a range in the order of the row, a row and a section are named as people read them", () => {
  expect(seats("Floor, 1, 2")).toEqual([1]);
  expect(seats("Floor,1,2-4")).toEqual([1, 2, 3]);
  expect(seats("Floor, 1, 4-2")).toEqual([1, 2, 3]);
  expect(seats("Floor, 2")).toEqual([4, 5, 6]);
  expect(seats("Floor")).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("labels with a dash of their own are labels first and ends of a range second", () => {
  expect(seats("Floor, 2, A-2")).toEqual([5]);
  expect(seats("Floor, 2, A-1-A-3")).toEqual([4, 5, 6]);
});

test("labels are the same when they look the same", () => {
  expect(seats("Floor\u200B, 1, ２")).toEqual([1]);
});

test("what is not there is said by name", () => {
  expect(seats("Balcony, 1, 1")).toEqual({ why: "section", section: "Balcony" });
  expect(seats("Pit")).toEqual({ why: "section", section: "Pit" });
  expect(seats("Floor, 9")).toEqual({ why: "row", section: "Floor", row: "9" });
  expect(seats("Floor, 1, 2-9")).toEqual({ why: "seat", section: "Floor", row: "1", seat: "2-9" });
  expect(seats("")).toEqual({ why: "form", text: "" });
});
