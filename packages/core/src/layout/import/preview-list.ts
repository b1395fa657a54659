import { parseCsv } from "../../shared/csv.ts";
import { type ColumnIndex, findColumns, headerLine } from "./csv-columns.ts";
import type { ImportOptions } from "./import-result.ts";
import { delimiterOption } from "./seat-list.ts";

/** The head of a table as an import would read it, to choose columns by. */
export type ListPreview = {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly columns: ColumnIndex;
};

const ROWS_SHOWN = 5;
/** Enough for the header, what stands above it, and a few lines of any real list. */
const SAMPLE_CHARACTERS = 50_000;

/** null when the text is no table: JSON, a drawing, or lines of one word. */
export function previewList(text: string, options: ImportOptions = {}): ListPreview | null {
  if (/^\s*[{[<]/.test(text)) return null;
  const { records } = parseCsv(text.slice(0, SAMPLE_CHARACTERS), delimiterOption(options));
  const above = headerLine(records, options.csvColumns);
  const [header, ...rows] = records.slice(above);
  if (header === undefined || header.cells.length < 2) return null;
  const { columns } = findColumns(header.cells, options.csvColumns ?? {});
  return { header: header.cells, rows: rows.slice(0, ROWS_SHOWN).map(({ cells }) => cells), columns };
}
