import { parseCsv, unguardCell } from "../../shared/csv.ts";
import { compareLabels } from "../layout-key.ts";
import { arrangeDraft, categoriesFrom, type UnplacedRow, type UnplacedSection } from "./arrange-draft.ts";
import { type ColumnIndex, findColumns } from "./csv-columns.ts";
import { type Draft, emptyDraft } from "./draft.ts";
import type { CsvField, ImportOptions } from "./import-result.ts";
import { asNumber } from "./read-json.ts";
import { parseSeatRanges } from "./seat-ranges.ts";
import { type AreaLine, isCompanion, placeSeatLines, type SeatLine } from "./seat-lines.ts";

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
  const csv = parseCsv(text, options.delimiter === undefined ? {} : { delimiter: options.delimiter });
  if (csv.unclosedQuoteLine !== null) {
    const path = `line ${csv.unclosedQuoteLine}`;
    draft.problems.push({
      code: "csv.unclosed_quote",
      path,
      message: `${path}: a quote is opened and never closed.`,
    });
  }
  const [header, ...records] = csv.records;
  if (header === undefined) {
    draft.problems.push({ code: "file.empty", path: "line 1", message: "The file has no lines." });
    return draft;
  }
  const { columns, problems } = findColumns(header.cells, options.csvColumns ?? {});
  draft.problems.push(...problems);
  if (columns.seat === undefined && columns.seats === undefined && columns.capacity === undefined) {
    const found = header.cells.map((cell) => `"${cell.trim()}"`).join(", ");
    const message = `No column with seat numbers (seat, number, seats) among ${found}; name it, e.g. seat=Number.`;
    draft.problems.push({ code: "csv.no_column", path: "line 1", message: message.slice(0, 500) });
    return draft;
  }
  const seats: SeatLine[] = [];
  const areas: AreaLine[] = [];
  for (const record of records) readLine(draft, { columns, seats, areas }, record);
  const names = [...seats, ...areas].flatMap((line) => line.category ?? []);
  const lines = new Map([...seats, ...areas].toReversed().map((line) => [line.category, line.line]));
  draft.categories.push(...categoriesFrom(names, (name) => `line ${lines.get(name) ?? 1}`));
  if (columns.x !== undefined && columns.y !== undefined) placeSeatLines(draft, seats);
  else arrangeDraft(draft, groupLines(draft, seats));
  for (const { line, section, floor, category, capacity } of areas) {
    draft.sections.push({ label: section, floor, category, capacity, runs: [], source: `line ${line}` });
  }
  return draft;
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
    else
      draft.problems.push({
        code: "csv.bad_number",
        path,
        message: `${path}: capacity "${cell("capacity")}" is no whole number.`,
      });
    return;
  }
  const rowLabel = columns.row === undefined ? ONLY_ROW : cell("row");
  const ranges = cell("seat") === "" && columns.seats !== undefined ? parseSeatRanges(cell("seats")) : null;
  if (ranges !== null && !ranges.ok) {
    draft.problems.push({ code: "row.bad_seats", path, message: `${path}: seats: ${ranges.why}.` });
    return;
  }
  const placed = columns.x !== undefined && columns.y !== undefined;
  const [x, y] = placed ? [asNumber(cell("x")), asNumber(cell("y"))] : [0, 0];
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

function isYes(text: string): boolean {
  return /^(1|x|y|yes|true|ja|j|oui|si|s[ií]|wahr)$/i.test(text);
}

/** Sections and rows in the order of a person: rows and seats that are numbered go by their numbers. */
function groupLines(draft: Draft, seats: readonly SeatLine[]): UnplacedSection[] {
  if (seats.some((seat) => isCompanion(seat.companionOf))) {
    const message = "Companion seats are paired with the nearest accessible seat of their row.";
    draft.notes.push({ code: "csv.companions_paired", path: "line 1", message });
  }
  const sections = new Map<string, Map<string, SeatLine[]>>();
  for (const line of seats) {
    const key = `${line.floor ?? ""}\n${line.section}`;
    const rows = sections.get(key) ?? new Map<string, SeatLine[]>();
    sections.set(key, rows);
    const inRow = rows.get(line.run.label);
    if (inRow === undefined) rows.set(line.run.label, [line]);
    else inRow.push(line);
  }
  return [...sections.values()].flatMap((rows) => {
    const first = rows.values().next().value?.[0];
    if (first === undefined) return [];
    const ordered = [...rows.entries()]
      .toSorted(([a], [b]) => compareLabels(a, b))
      .map(([label, lines]) => groupRow(label, lines));
    return [
      {
        label: first.section,
        group: first.category ?? "",
        floor: first.floor,
        rows: ordered,
        source: `line ${first.line}`,
      },
    ];
  });
}

function groupRow(label: string, lines: readonly SeatLine[]): UnplacedRow {
  const ordered = lines.toSorted((a, b) => compareLabels(a.seat, b.seat) || a.line - b.line);
  return {
    label,
    source: `line ${lines[0]?.line ?? 1}`,
    seats: ordered.map(({ seat, category, traits, companionOf, line }) => ({
      label: seat,
      category,
      ...traits,
      ...(isCompanion(companionOf) ? { companion: true } : {}),
      source: `line ${line}`,
    })),
  };
}
