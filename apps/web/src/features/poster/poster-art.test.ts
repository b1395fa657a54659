import { expect, test } from "vitest";
import { posterArt } from "./poster-art.ts";
import { setTitle } from "./set-title.ts";

test("a poster is a function of title and genre alone", () => {
  expect(posterArt("Night Trains", "Rock")).toEqual(posterArt("Night Trains", "Rock"));
  expect(posterArt("Night Trains", "Rock")).not.toEqual(posterArt("Night Boats", "Rock"));
});

test("every genre paints something, with numbers only", () => {
  for (const genre of ["Rock", "Classical", "Theatre", "Ice hockey", "Comedy", "Dance", "", "Other"]) {
    for (const title of ["A", "Zürich", "The Long Goodbye"]) {
      const { shapes } = posterArt(title, genre);
      expect(shapes.length).toBeGreaterThan(2);
      for (const shape of shapes) expect(shape.d).not.toMatch(/NaN|undefined|Infinity/);
    }
  }
});

test("a title is set in at most three lines and never loses a word that fits", () => {
  const set = setTitle("The Winter of the Northern Lights");
  expect(set.lines.length).toBeLessThanOrEqual(3);
  expect(set.lines.map((line) => line.text).join(" ")).toBe("The Winter of the Northern Lights");
});

test("a title too long for a poster ends in an ellipsis", () => {
  expect(setTitle("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk").lines[0]?.text).toMatch(/…$/);
});
