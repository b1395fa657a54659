import { expect, test } from "vitest";
import { clashes, mergeForms } from "./merge-forms.ts";

const base = { title: "Show", subtitle: "", windows: [1] };

test("what only they changed stays theirs, what I typed stays mine", () => {
  const sides = {
    base,
    mine: { ...base, subtitle: "With guests" },
    theirs: { ...base, title: "Another show", windows: [2] },
  };
  expect(mergeForms(sides)).toEqual({ title: "Another show", subtitle: "With guests", windows: [2] });
  expect(clashes(sides)).toEqual([]);
});

test("what both changed is named, and not when both made the same of it", () => {
  const mine = { title: "Mine", subtitle: "Same", windows: [3] };
  const theirs = { title: "Theirs", subtitle: "Same", windows: [1] };
  expect(clashes({ base, mine, theirs })).toEqual(["title"]);
  expect(mergeForms({ base, mine, theirs }).title).toBe("Mine");
});
