import fc from "fast-check";
import { expect, test } from "vitest";
import { type Romanize, slugOf } from "./slug.ts";

/** Enough of a romanization for a test: the real table is given by the portal and by the server. */
const TABLE: Readonly<Record<string, string>> = {
  海: "Hai ",
  風: "Feng ",
  子: "Zi ",
  ど: "do",
  も: "mo",
  М: "M",
  и: "i",
  р: "r",
};
const romanize: Romanize = (text) => Array.from(text, (char) => TABLE[char] ?? char).join("");
const slug = (name: string, max = 80) => slugOf(name, { max, stem: "event", romanize });

test("names of every script become small letters, digits and single dashes", () => {
  expect(
    ["Café Zürich!", "L'été à Bâle", "Groß & Ærø", "海風", "子ども", "Мир", "früh"].map((name) => slug(name)),
  ).toEqual(["cafe-zurich", "lete-a-bale", "gross-aero", "hai-feng", "zi-domo", "mir", "fruh"]);
});

test("names without a letter stay apart, and only nothing becomes nothing", () => {
  expect([slug("🎷"), slug("🎻"), slug("!!!"), slug("  "), slug("")]).toEqual([
    "event-1f3b7",
    "event-1f3bb",
    "event-21-21-21",
    "",
    "",
  ]);
});

test("whatever the name and wherever it is cut, it fits the schema of an address", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
      fc.integer({ min: 6, max: 80 }),
      (name, max) => {
        const made = slug(name, max);
        expect(made.length).toBeLessThanOrEqual(max);
        expect(made === "" ? name.trim() : /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(made)).toBe(
          made === "" ? "" : true,
        );
      },
    ),
    { numRuns: 500 },
  );
});
