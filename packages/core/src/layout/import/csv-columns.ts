import { problem, type Problem } from "../../shared/problem.ts";
import { someNames } from "../../shared/some-names.ts";
import { plainHeader, SEAT_HEADERS } from "./csv-headers.ts";
import { CSV_FIELDS, type CsvColumns, type CsvField } from "./import-result.ts";

const SYNONYMS = new Map(
  CSV_FIELDS.map((field) => [field, SEAT_HEADERS[field].split(/\s+/).map((word) => plainHeader(word))]),
);

export type ColumnIndex = Readonly<Partial<Record<CsvField, number>>>;

/**
 * Finds the columns by header. Names in `chosen` win over what is usual; "#3" is the third column, whatever its header;
 * "" says that the list has no such column, even where one looks like it.
 */
export function findColumns(
  header: readonly string[],
  chosen: CsvColumns,
): { columns: ColumnIndex; problems: Problem[] } {
  const columns: Partial<Record<CsvField, number>> = {};
  const problems: Problem[] = [];
  const plain = header.map(plainHeader);
  const taken = new Set<number>();
  for (const field of CSV_FIELDS) {
    const name = chosen[field];
    if (name === undefined || name === "") continue;
    const index = columnNamed(name, header);
    if (index < 0) {
      const chosen = { column: name, field };
      problems.push(problem("csv.no_column", "line 1", { found: someNames(header), chosen }));
      continue;
    }
    columns[field] = index;
    taken.add(index);
  }
  for (const field of CSV_FIELDS) {
    if (chosen[field] !== undefined) continue;
    const index = (SYNONYMS.get(field) ?? [])
      .map((name) => plain.findIndex((cell, at) => cell === name && !taken.has(at)))
      .find((at) => at >= 0);
    if (index === undefined) continue;
    columns[field] = index;
    taken.add(index);
  }
  return { columns, problems };
}

/** By its words, else by its number ("#3"), else by its words without case, accents and signs; -1: there is none. */
export function columnNamed(name: string, header: readonly string[]): number {
  const exact = header.findIndex((cell) => cell.trim() === name.trim());
  if (exact >= 0) return exact;
  const number = /^#(\d{1,4})$/.exec(name.trim())?.[1];
  if (number !== undefined) return Number(number) <= header.length ? Number(number) - 1 : -1;
  return header.map(plainHeader).indexOf(plainHeader(name));
}

/** Does this line look like the header of a seat list at all? */
export function looksLikeSeatList(header: readonly string[]): boolean {
  const { columns } = findColumns(header, {});
  const known = Object.keys(columns).length;
  return (
    known >= 2 &&
    (columns.seat !== undefined || columns.seats !== undefined || columns.capacity !== undefined)
  );
}

/** Titles, dates and the like that people write above a table. */
const LINES_ABOVE_MAX = 10;

/**
 * Which of the first lines is the header: the one with the chosen names, or that looks like one; else the first with more
 * than one word in it, because a title stands alone.
 */
export function headerLine(
  records: readonly { readonly cells: readonly string[] }[],
  chosen: CsvColumns = {},
): number {
  const names = Object.values(chosen).filter((name) => name !== "" && !name.startsWith("#"));
  const isHeader = (cells: readonly string[]): boolean =>
    names.length > 0 ? names.every((name) => columnNamed(name, cells) >= 0) : looksLikeSeatList(cells);
  const first = records.slice(0, LINES_ABOVE_MAX);
  const found = first.findIndex(({ cells }) => isHeader(cells));
  if (found >= 0) return found;
  const filled = first.findIndex(({ cells }) => cells.filter((cell) => cell.trim() !== "").length > 1);
  return Math.max(0, filled);
}
