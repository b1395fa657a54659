import { expect, it } from "vitest";
import { compareValues, nextSorting, sortWords } from "./table-column.ts";

const title = { id: "title", header: "Event", sort: { by: "text" } } as const;
const starts = { id: "starts", header: "Starts", sort: { by: "time" } } as const;

it("sorts names from A and figures and times from the most and the latest, and turns round at the second press", () => {
  expect(nextSorting(title, null)).toEqual({ id: "title", desc: false });
  expect(nextSorting(starts, { id: "title", desc: false })).toEqual({ id: "starts", desc: true });
  expect(nextSorting(starts, { id: "starts", desc: true })).toEqual({ id: "starts", desc: false });
});

it("says an order in the words of what is sorted", () => {
  expect(sortWords(title, false)).toBe("Event, A to Z");
  expect(sortWords(starts, true)).toBe("Starts, latest first");
});

it("puts numbers within names by their value, capitals beside small letters, and what is missing last", () => {
  const sorted = ["Row 10", "row 9", null, "Écluse", "Ebony"].sort(compareValues);
  expect(sorted).toEqual(["Ebony", "Écluse", "row 9", "Row 10", null]);
  expect([3, null, 1].sort(compareValues)).toEqual([1, 3, null]);
});
