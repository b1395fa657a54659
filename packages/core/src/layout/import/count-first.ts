import { LAYOUT_SEATS_MAX } from "../layout.ts";
import { LAYOUT_RUNS_MAX } from "../validate-layout.ts";
import { problem, type Problem } from "../../shared/problem.ts";
import type { Draft, UnplacedSection } from "./draft.ts";

/** A line for each seat, and as much again for areas, headings and blank lines as any list had. */
const LINES_MAX = LAYOUT_SEATS_MAX + 20_000;
/** A spreadsheet's own columns end at 16,384; a seat list with a hundred has not been seen. */
const COLUMNS_MAX = 1_000;
const JSON_DEPTH_MAX = 64;
/** A chart of 200,000 seats with twenty fields each, written at length, has four million. */
const JSON_VALUES_MAX = 6_000_000;
const SECTIONS_MAX = 2_000;
const CATEGORIES_MAX = 200;
const RUN_SEATS_MAX = 1_000;

/** A list with more lines than a layout has seats is not read. Counting costs a look at each character, reading a hundred. */
export function tooManyLines(text: string): Problem | null {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  // Old spreadsheets end lines with CR alone.
  if (lines === 1) for (let at = text.indexOf("\r"); at >= 0; at = text.indexOf("\r", at + 1)) lines += 1;
  return lines > LINES_MAX ? problem("file.too_many_lines", "", { found: lines, max: LINES_MAX }) : null;
}

/** A line that is wider than any table, whatever it takes for a delimiter. */
export function tooManyColumns(text: string): Problem | null {
  let columns = 1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === LINE_FEED || char === RETURN) columns = 1;
    else if (char === COMMA || char === SEMICOLON || char === TAB) columns += 1;
    if (columns > COLUMNS_MAX) return problem("file.too_many_columns", "", { max: COLUMNS_MAX });
  }
  return null;
}

/** Nested or listed beyond what a layout, or what else was asked for, can be: told before anything is made of it. */
export function tooMuchJson(text: string, valuesMax = JSON_VALUES_MAX): Problem | null {
  let [depth, values] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === BRACKET || char === BRACE) {
      depth += 1;
      if (depth > JSON_DEPTH_MAX) return problem("file.too_deep", "", { max: JSON_DEPTH_MAX });
    } else if (char === BRACKET_END || char === BRACE_END) depth -= 1;
    else if (char === COMMA) values += 1;
  }
  return values > valuesMax ? problem("file.too_many_values", "", { found: values, max: valuesMax }) : null;
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [SEMICOLON, TAB, LINE_FEED, RETURN] = [0x3b, 0x09, 0x0a, 0x0d];
const [BRACKET, BRACKET_END, BRACE, BRACE_END] = [0x5b, 0x5d, 0x7b, 0x7d];

function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

/** What no layout may have more of, of rows that have no places yet: told before they are arranged. */
export function tooManyParts(sections: readonly Pick<UnplacedSection, "label" | "rows">[]): Problem[] {
  return partProblems(sections.map(({ label, rows }) => ({ label, runs: rows })));
}

/** The same of a whole draft: told before ids are given and neighbours compared. */
export function tooMuchDraft({ sections, categories }: Draft): Problem[] {
  const problems = partProblems(sections);
  if (categories.length > CATEGORIES_MAX)
    problems.push(
      problem("layout.too_many_categories", "", { found: categories.length, max: CATEGORIES_MAX }),
    );
  return problems;
}

type Part = {
  readonly label: string;
  readonly runs: readonly { readonly label: string; readonly seats: readonly unknown[] }[];
};

function partProblems(sections: readonly Part[]): Problem[] {
  const problems: Problem[] = [];
  let [runs, seats] = [0, 0];
  for (const section of sections) {
    runs += section.runs.length;
    for (const run of section.runs) {
      seats += run.seats.length;
      if (run.seats.length > RUN_SEATS_MAX && problems.length < 10) {
        const count = { found: run.seats.length, max: RUN_SEATS_MAX };
        problems.push(problem("row.too_long", "", { section: section.label, row: run.label, ...count }));
      }
    }
  }
  if (seats > LAYOUT_SEATS_MAX) problems.push(tooManySeats(seats));
  if (sections.length > SECTIONS_MAX)
    problems.push(problem("layout.too_many_sections", "", { found: sections.length, max: SECTIONS_MAX }));
  if (runs > LAYOUT_RUNS_MAX)
    problems.push(problem("layout.too_many_rows", "", { found: runs, max: LAYOUT_RUNS_MAX }));
  return problems;
}

export const tooManySeats = (found: number): Problem =>
  problem("layout.too_many_seats", "", { found, max: LAYOUT_SEATS_MAX });
