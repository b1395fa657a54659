import { type CsvRecord, parseCsv, unguardCell } from "../../shared/csv.ts";
import { labelIdentity } from "../../shared/label.ts";
import { problem } from "../../shared/problem.ts";
import { shortName, someNames } from "../../shared/some-names.ts";
import { compareLabels } from "../layout-key.ts";
import { arrangeDraft, categoriesFrom, categoryKeyOf } from "./arrange-draft.ts";
import { LAYOUT_SEATS_MAX } from "../layout.ts";
import { tooManyParts, tooManySeats } from "./count-first.ts";
import { type ColumnIndex, findColumns, headerLine } from "./csv-columns.ts";
import { type Draft, emptyDraft, type UnplacedRow, type UnplacedSection } from "./draft.ts";
import type { CsvField, ImportOptions } from "./import-result.ts";
import { asNumber } from "./read-json.ts";
import { parseSeatRanges } from "./seat-ranges.ts";
import { type AreaLine, isCompanion, placeSeatLines, sectionKeyOf, type SeatLine } from "./seat-lines.ts";

/** Lists without section, row or category columns still have one of each. */
const ONLY_SECTION = "Main";
const ONLY_ROW = "1";
const ONLY_CATEGORY = "Standard";

/**
 * A list with one seat per line (or one row per line, with a `seats` column of ranges), columns found by their headers.
 * With x and y columns the seats stand where the file says; without, they are laid out (see arrange/).
 */
export function readSeatList(text: string, options: ImportOptions): Draft {
  const draft = emptyDraft("");
  const csv = parseCsv(text, delimiterOption(options));
  if (csv.unclosedQuoteLine !== null) {
    draft.problems.push(problem("csv.unclosed_quote", `line ${csv.unclosedQuoteLine}`));
  }
  const above = headerLine(csv.records, options.csvColumns);
  const [header, ...records] = csv.records.slice(above);
  if (header === undefined) {
    draft.problems.push(problem("file.empty", "line 1"));
    return draft;
  }
  const { columns, problems } = findColumns(header.cells, options.csvColumns ?? {});
  draft.problems.push(...problems);
  if (columns.seat === undefined && columns.seats === undefined && columns.capacity === undefined) {
    draft.problems.push(problem("csv.no_column", "line 1", { found: someNames(header.cells) }));
    return draft;
  }
  noteLeftOut(draft, { header, above, columns });
  const seats: SeatLine[] = [];
  const areas: AreaLine[] = [];
  for (const record of records) {
    readLine(draft, { columns, seats, areas }, record);
    // Ranges make many seats of one line.
    if (seats.length <= LAYOUT_SEATS_MAX) continue;
    draft.problems.push({ ...tooManySeats(seats.length), path: `line ${record.line}` });
    return draft;
  }
  const names = [...seats, ...areas].flatMap((line) => line.category ?? []);
  const lines = new Map([...seats, ...areas].toReversed().map((line) => [line.category, line.line]));
  for (const category of categoriesFrom(names, (name) => `line ${lines.get(name) ?? 1}`))
    draft.categories.push(category);
  if (columns.x !== undefined && columns.y !== undefined) placeSeatLines(draft, seats);
  else if (!arrangeLines(draft, groupLines(draft, seats))) return draft;
  for (const { line, section, floor, category, capacity } of areas) {
    const key = category === undefined ? undefined : categoryKeyOf(category);
    draft.sections.push({
      label: section,
      floor,
      category: key,
      capacity,
      runs: [],
      source: `line ${line}`,
    });
  }
  return draft;
}

/** False: there are too many of something, which is said, and nothing is arranged. */
function arrangeLines(draft: Draft, sections: readonly UnplacedSection[]): boolean {
  const tooMuch = tooManyParts(sections);
  draft.problems.push(...tooMuch);
  if (tooMuch.length === 0) arrangeDraft(draft, sections);
  return tooMuch.length === 0;
}

export function delimiterOption({ delimiter }: ImportOptions): { delimiter?: string } {
  return delimiter === undefined ? {} : { delimiter };
}

/** Lines above the header and columns without a meaning here are not read, and that is said. */
function noteLeftOut(draft: Draft, at: { header: CsvRecord; above: number; columns: ColumnIndex }): void {
  const path = `line ${at.header.line}`;
  if (at.above > 0) draft.notes.push(problem("csv.lines_above_header", path));
  const used = new Set(Object.values(at.columns));
  const unused = at.header.cells.filter((cell, index) => !used.has(index) && cell.trim() !== "");
  if (unused.length === 0) return;
  draft.notes.push(problem("csv.columns_left_out", path, { columns: someNames(unused) }));
}

type Reading = { readonly columns: ColumnIndex; readonly seats: SeatLine[]; readonly areas: AreaLine[] };

function readLine(
  draft: Draft,
  { columns, seats, areas }: Reading,
  record: { line: number; cells: readonly string[] },
): void {
  const { line } = record;
  const path = `line ${line}`;
  const cell = (field: CsvField): string => {
    const index = columns[field];
    return index === undefined ? "" : unguardCell((record.cells[index] ?? "").trim());
  };
  const section = columns.section === undefined ? ONLY_SECTION : cell("section");
  const floor = cell("floor") || undefined;
  const category = columns.category === undefined ? ONLY_CATEGORY : cell("category") || undefined;
  const table = cell("table");
  if (cell("capacity") !== "" && cell("seat") === "" && cell("row") === "" && table === "") {
    const capacity = asNumber(cell("capacity"));
    if (Number.isInteger(capacity) && capacity >= 0) areas.push({ line, section, floor, category, capacity });
    else draft.problems.push(problem("csv.bad_number", path, { text: shortName(cell("capacity"), 40) }));
    return;
  }
  const rowLabel = columns.row === undefined ? ONLY_ROW : cell("row");
  const ranges = cell("seat") === "" && columns.seats !== undefined ? parseSeatRanges(cell("seats")) : null;
  if (ranges !== null && !ranges.ok) {
    draft.problems.push(problem("row.bad_seats", path, ranges.fault));
    return;
  }
  const placed = columns.x !== undefined && columns.y !== undefined;
  const [x, y] = placed ? [numberOf(cell("x")), numberOf(cell("y"))] : [0, 0];
  const common = {
    line,
    section,
    floor,
    run: table === "" ? { kind: "row" as const, label: rowLabel } : { kind: "table" as const, label: table },
    category,
    x,
    y,
    traits: {
      ...(isYes(cell("accessible")) ? { accessible: true } : {}),
      ...(isYes(cell("restrictedView")) ? { restrictedView: true } : {}),
      ...(isYes(cell("house")) ? { house: true } : {}),
    },
    companionOf: cell("companionOf"),
    id: cell("id"),
  };
  for (const seat of ranges === null ? [cell("seat")] : ranges.labels) seats.push({ ...common, seat });
}

/** "12,5" too: a comma between digits is a decimal comma, because thousands of units are not set apart in a plan. */
function numberOf(text: string): number {
  return asNumber(/^-?\d+,\d+$/.test(text) ? text.replace(",", ".") : text);
}

function isYes(text: string): boolean {
  return /^(1|x|✓|✔|y|yes|true|ja|j|oui|vrai|si|s[ií]|sim|wahr|tak|ano|evet|да|はい|是)$/iu.test(text);
}

/** Sections and rows in the order of a person: rows and seats that are numbered go by their numbers. */
function groupLines(draft: Draft, seats: readonly SeatLine[]): UnplacedSection[] {
  if (seats.some((seat) => isCompanion(seat.companionOf))) {
    draft.notes.push(problem("csv.companions_paired", "line 1"));
  }
  const sections = new Map<string, Map<string, SeatLine[]>>();
  for (const line of seats) {
    const key = sectionKeyOf(line);
    const runs = sections.get(key) ?? new Map<string, SeatLine[]>();
    sections.set(key, runs);
    const runKey = `${line.run.kind} ${labelIdentity(line.run.label)}`;
    const inRun = runs.get(runKey);
    if (inRun === undefined) runs.set(runKey, [line]);
    else inRun.push(line);
  }
  return [...sections.values()].flatMap((runs) => {
    const first = runs.values().next().value?.[0];
    if (first === undefined) return [];
    const rows = [...runs.values()].flatMap((lines) => groupRow(lines) ?? []);
    return [
      {
        label: first.section,
        group: first.category ?? "",
        floor: first.floor,
        rows: rows.toSorted((a, b) => compareLabels(a.label, b.label)),
        source: `line ${first.line}`,
      },
    ];
  });
}

function groupRow(lines: readonly SeatLine[]): UnplacedRow | null {
  const [first] = lines;
  if (first === undefined) return null;
  const ordered = lines.toSorted(
    (a, b) => compareLabels(labelIdentity(a.seat), labelIdentity(b.seat)) || a.line - b.line,
  );
  return {
    ...first.run,
    source: `line ${first.line}`,
    seats: ordered.map(({ seat, category, traits, companionOf, line }) => ({
      label: seat,
      category: category === undefined ? undefined : categoryKeyOf(category),
      ...traits,
      ...(isCompanion(companionOf) ? { companion: true } : {}),
      source: `line ${line}`,
    })),
  };
}
