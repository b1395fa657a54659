import { validateLayout } from "@onsale/core/layout/validate-layout";
import { importLayout } from "@onsale/core/layout/import/import-layout";
import { problem } from "@onsale/core/shared/problem";
import { someNames } from "@onsale/core/shared/some-names";
import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { expect, test } from "vitest";
import { makeProblemWords, problemWords } from "./problem-words.ts";
import { en } from "./problems/en.ts";
import type { ProblemCatalog } from "./problems/problem-catalog.ts";

const said = (text: string) =>
  importLayout(text).problems.map((found) => problemWords(found, DEFAULT_LOCALE));

test("a problem without words does not compile, nor do words that read what it does not tell", () => {
  const { "event.no_layout": _left, ...rest } = en;
  // @ts-expect-error event.no_layout has no words here
  const incomplete: ProblemCatalog = rest;
  // @ts-expect-error event.other_currency tells no `list`
  const astray: ProblemCatalog = { ...en, "event.other_currency": ({ list }) => String(list) };
  // @ts-expect-error a problem with details cannot be told without them
  const untold = () => problem("event.other_currency", "priceList.currency");
  expect([incomplete, astray, untold]).toHaveLength(3);
});

test("a second language is one more catalogue: its readers get its words, everybody else English", () => {
  const de: ProblemCatalog = { ...en, "event.no_layout": () => "Wählen Sie einen Saalplan." };
  const say = makeProblemWords({ en, de });
  const found = problem("event.no_layout", "layoutId");
  expect(say(found, "de-DE")).toBe("Wählen Sie einen Saalplan.");
  expect(say(found, "fr-FR")).toBe("Choose a seat layout.");
});

test("numbers in a sentence look as their reader writes them", () => {
  const found = problem("layout.too_many_seats", "", { found: 200_001, max: 200_000 });
  expect(problemWords(found, "en-GB")).toBe("The layout has 200,001 seats; at most 200,000 are possible.");
  expect(problemWords(found, "de-DE")).toContain("200.001 seats");
});

test("a list of names that is too long says how many it leaves out", () => {
  const found = someNames(Array.from({ length: 40 }, (_, n) => `Column ${n}`));
  const words = problemWords(problem("csv.no_column", "line 1", { found }), DEFAULT_LOCALE);
  expect(words).toContain('"Column 11" and 28 more');
  expect(words).not.toContain("Column 12");
});

test("what is wrong with a file is said in words that name it", () => {
  expect(said("")).toEqual(["The file is empty."]);
  expect(said("hello")[0]).toMatch(/^No known layout format: it begins with "hello".*Known are our own JSON/);
  expect(said('{"zones": [], "name": ')[0]).toMatch(/^The file is no complete JSON: /);
  expect(said("section,row,seat\nA,1,1\nA,1,1\n")).toEqual([
    "Seat 1 of row 1, section A, has the same label as line 2.",
  ]);
  expect(said("section,row,seats\nA,1,1-x\n")[0]).toBe(
    '"1-x" is neither a count of seats nor a range such as 1-10.',
  );
});

test("every problem of a layout that the rules find has words of its own", () => {
  const layout = {
    format: "onsale-layout",
    version: 1,
    name: "Hall",
    categories: [
      { key: "a", label: "" },
      { key: "a", label: "A" },
    ],
    focalPoint: { x: 0, y: 0 },
    sections: [
      { kind: "seated", key: "s", label: "?", category: "b", rows: [], tables: [] },
      { kind: "ga", key: "s", label: "G", capacity: 0 },
    ],
    shapes: [{ kind: "rectangle", x: 0, y: 0, role: "decoration" }],
    texts: [],
  } as unknown as Parameters<typeof validateLayout>[0];
  const found = validateLayout(layout);
  expect(found.length).toBeGreaterThan(6);
  for (const one of found) expect(problemWords(one, DEFAULT_LOCALE)).toMatch(/^[A-Z].*\.$/);
});

test("a problem of a newer server than this page is told by its code", () => {
  const newer = { code: "seat.made_of_cheese", path: "", details: {} } as unknown as ReturnType<
    typeof problem
  >;
  expect(problemWords(newer, DEFAULT_LOCALE)).toBe("seat.made_of_cheese");
});
